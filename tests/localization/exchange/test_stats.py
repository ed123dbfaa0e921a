"""Segments, words, states and findings are counted per article and in all, in three formats."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from linters.cli import main
from linters.localization.exchange.segment_statistics import count_words
from tests.localization.exchange.texts import header, pair


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("Cats don't sleep.", 3),
        ("a-b c_d **e** 1.5", 4),
        ("猫は寝る", 4),
        ("카트가 잔다", 2),
    ],
)
def test_words(text: str, words: int) -> None:
    assert count_words(text) == words


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    good = pair("0a1b2-101", "Katter sover nå.", "Cats sleep.")
    bad = pair("0a1b2-101", "Se [](a.md).", "See [it](a.md).")
    (tmp_path / "a.md").write_text(header(state="HT") + good + "\n", encoding="utf-8")
    (tmp_path / "b.md").write_text(header() + bad + "\n", encoding="utf-8")
    (tmp_path / "c.md").write_text("# Plain\n", encoding="utf-8")
    return tmp_path


def test_json(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["localization", "stats", str(tree), "--output-format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    counts = {"source_words": 2, "target_words": 3, "error": 0, "warning": 0, "info": 0}
    assert document["articles"][0] == {
        "path": "a.md", "locale": "nb-NO", "state": "HT", "segments": 1, **counts
    }  # fmt: skip
    assert document["articles"][1]["error"] == 1
    assert document["totals"]["HT"] == {"articles": 1, "segments": 1, **counts}
    assert document["totals"]["MT"]["articles"] == 1
    assert document["totals"]["total"]["segments"] == 2
    assert document["totals"]["total"]["error"] == 1


def test_csv(tree: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["localization", "stats", str(tree), "--output-format", "csv"]) == 0
    rows = list(csv.DictReader(capfdbinary.readouterr().out.decode().splitlines()))
    assert [(row["path"], row["state"], row["segments"], row["error"]) for row in rows] == [
        ("a.md", "HT", "1", "0"),
        ("b.md", "MT", "1", "1"),
    ]


def test_text(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["localization", "stats", str(tree)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[1:3]] == ["a.md", "b.md"]
    assert lines[-1].split() == ["total", "2", "2", "5", "5", "1", "0", "0"]


def test_a_narrow_output(
    tree: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    assert main(["localization", "stats", str(tree)]) == 0
    wide = capsys.readouterr().out
    narrow = max(map(len, wide.splitlines())) - 2
    monkeypatch.setenv("COLUMNS", str(narrow))
    assert main(["localization", "stats", str(tree)]) == 0
    shown = capsys.readouterr().out
    assert max(map(len, shown.splitlines())) <= narrow
    assert shown.split() == wide.split()


def test_nothing_to_count(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "c.md").write_text("# Plain\n", encoding="utf-8")
    assert main(["localization", "stats", str(tmp_path)]) == 2
    assert "no segments to count" in capsys.readouterr().err
