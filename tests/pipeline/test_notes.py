"""Notes: what the run ignored reaches the report, and never the exit status."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from linters.checker import Note, Resolution, ResolveContext
from linters.cli import main
from linters.findings.directives import MAX_DIRECTIVES
from linters.findings.merge_reports import merge
from linters.model.report import Report
from tests.running import check, write
from tests.toy import ToyChecker


class NotingChecker(ToyChecker):
    """Notes something about the repository, and the same again."""

    async def resolve(self, facts: Mapping[str, Any], run: ResolveContext) -> Resolution:
        """Two notes, one of them twice."""
        file = Note("not valid JSON", "redirections.json", 3)
        return Resolution(notes=(file, Note("no docfx.json"), file))


def test_notes_of_checkers_are_sorted_and_distinct(tmp_path: Path) -> None:
    report = check(tmp_path, {"a.md": "good\n"}, checkers=[NotingChecker()])
    assert [str(note) for note in report.notes] == [
        "no docfx.json",
        "redirections.json:3: not valid JSON",
    ]


def test_directives_over_the_limit_are_noted(tmp_path: Path) -> None:
    lines = "<!-- articlelint-disable-line TOY -->\nbad\n\n" * (MAX_DIRECTIVES + 2)
    report = check(tmp_path, {"a.md": lines})
    (note,) = report.notes
    assert note == Note("more than 1,000 directives: 2 ignored", "a.md", 3 * MAX_DIRECTIVES + 1)


def test_notes_of_several_roots_get_the_root_in_front() -> None:
    note = Note("damaged", "b.json", 1)
    reports = [(name, Report(0, (), (), notes=(note, Note("x")))) for name in ("one/", "two/")]
    assert [str(note) for note in merge(reports, ()).notes] == [
        "x",
        "one/b.json:1: damaged",
        "two/b.json:1: damaged",
    ]


def test_notes_go_to_standard_error_and_into_the_json_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, {"a.md": "# A\n", "picture.png": b"", "articlelint.toml": "ignore = ['ALL']"})
    words = ["check", "--offline", "--no-cache", "--output-format", "json"]
    assert main([*words, str(tmp_path / "a.md"), str(tmp_path / "picture.png")]) == 0
    output, error = capsys.readouterr()
    assert json.loads(output)["notes"] == [
        {"message": "not an article, skipped", "path": "picture.png", "line": None}
    ]
    assert "articlelint: note: picture.png: not an article, skipped" in error
