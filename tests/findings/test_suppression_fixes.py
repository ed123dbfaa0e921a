"""Unused suppressions are taken out without a change to what the article says."""

from __future__ import annotations

from pathlib import Path

import pytest

from linters.fixes.apply import fix_bytes
from tests.running import check

LINE = "<!-- articlelint-disable-next-line {} -->\n"


def fixed(tmp_path: Path, text: str, name: str = "a.md") -> str:
    """The text after the fixes of unused suppressions."""
    report = check(tmp_path, {name: text})
    unused = [found for found in report.findings if found.rule.name == "unused-suppression"]
    assert unused
    return fix_bytes(text.encode(), unused, unsafe=False)[0].decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (LINE.format("TOY001") + "good\n", "good\n"),
        ("one\n\n" + LINE.format("TOY001") + "good\n", "one\n\ngood\n"),
        ("one\n" + LINE.format("TOY001") + "good\n", "one\n\ngood\n"),
        ("good\n\n" + LINE.format("TOY001"), "good\n\n"),
        ("good <!-- articlelint-disable TOY001 -->\n", "good\n"),
        ("good <!-- articlelint-disable TOY001 --> end\n", "good  end\n"),
        (LINE.format("TOY001, TOY002 -- both") + "bad\n", LINE.format("TOY001 -- both") + "bad\n"),
        ("one\r\n\r\n<!-- articlelint-enable TOY001 -->\r\ngood\r\n", "one\r\n\r\ngood\r\n"),
        (
            "---\ntitle: a # articlelint-disable-line TOY001 -- old\n---\n",
            "---\ntitle: a\n---\n",
        ),
        (
            "---\n# articlelint-disable-line TOY001\ntitle: a\n---\n",
            "---\ntitle: a\n---\n",
        ),
        (
            "---\ntitle: bad # articlelint-disable-line TOY001 TOY002\n---\n",
            "---\ntitle: bad # articlelint-disable-line TOY001\n---\n",
        ),
    ],
)
def test_the_comment_goes_and_nothing_else(tmp_path: Path, before: str, after: str) -> None:
    assert fixed(tmp_path, before) == after


def test_a_line_that_is_html_for_the_comment_stays(tmp_path: Path) -> None:
    text = "<!-- articlelint-disable TOY001 --> *good*\n"
    assert fixed(tmp_path, text) == text


def test_a_misspelt_directive_has_no_fix(tmp_path: Path) -> None:
    text = LINE.format("TOY999") + "good\n"
    assert fixed(tmp_path, text) == text
