"""Comparing locales finds what is not everywhere, and takes nothing for lost that is not."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from linters.cli import main
from linters.localization.exchange.localized_article import comparable
from tests.localization.exchange.texts import header, pair

SENTENCES = {
    102: ("Cats", "Katter", "猫"),
    103: ("They sleep.", "De sover.", "眠る。"),
    104: (
        "See [more](https://example.com/en-us/more).",
        "Se [mer](https://example.com/nb-no/more).",
        "[詳細](https://example.com/ja-jp/more)を参照。",
    ),
    105: ("The end.", "Slutt.", "終わり。"),
}


def article(prefix: str, locale: str, column: int, without: tuple[int, ...] = ()) -> str:
    body = "\n\n".join(
        pair(f"{prefix}-{number}", texts[column], texts[0])
        for number, texts in SENTENCES.items()
        if number not in without
    )
    return header(locale=locale) + body + "\n"


def put(tree: Path, text: str, name: str = "docs/a.md") -> Path:
    file = tree / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return tree


def compare(capsys: pytest.CaptureFixture[str], *trees: Path) -> tuple[int, Any, str]:
    command = ["localization", "compare", *map(str, trees), "--output-format", "json"]
    status = main(command)
    captured = capsys.readouterr()
    return status, json.loads(captured.out)["findings"] if captured.out else None, captured.err


def test_equal_editions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    norwegian = put(tmp_path / "x.nb-NO" / "live-sxs", article("0a1b2", "nb-NO", 1))
    japanese = put(tmp_path / "x.ja-JP" / "live-sxs", article("fffff", "ja-JP", 2))
    status, findings, notes = compare(capsys, norwegian, japanese)
    assert (status, findings) == (0, [])
    assert "1 articles compared" in notes


@pytest.mark.parametrize("lost", list(SENTENCES))
def test_a_lost_segment(tmp_path: Path, capsys: pytest.CaptureFixture[str], lost: int) -> None:
    norwegian = put(tmp_path / "x.nb-NO" / "live-sxs", article("0a1b2", "nb-NO", 1, (lost,)))
    japanese = put(tmp_path / "x.ja-JP" / "live-sxs", article("fffff", "ja-JP", 2))
    status, findings, _ = compare(capsys, norwegian, japanese)
    assert status == 1
    (finding,) = findings
    assert finding["name"] == "locale-segment-missing"
    assert finding["path"] == "x.nb-NO/live-sxs/docs/a.md"
    assert finding["related"][0]["path"] == "x.ja-JP/live-sxs/docs/a.md"
    assert finding["data"] == {
        "segment": lost,
        "locale": "nb-NO",
        "locales": ["ja-JP"],
        "source": SENTENCES[lost][0],
    }


def test_a_merged_segment_covers_the_numbers_up_to_the_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    merged = article("0a1b2", "nb-NO", 1, (103, 104)).replace(
        pair("0a1b2-105", "Slutt.", "The end."),
        pair("0a1b2-p101", "De sover. Se [mer](https://example.com/more).", "They sleep. See.")
        + pair("0a1b2-105", "Slutt.", "The end."),
    )
    norwegian = put(tmp_path / "nb", merged)
    japanese = put(tmp_path / "ja", article("fffff", "ja-JP", 2))
    assert compare(capsys, norwegian, japanese)[:2] == (0, [])


def test_a_renumbered_segment_is_not_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = article("0a1b2", "nb-NO", 1).replace("0a1b2-105", "0a1b2-106")
    norwegian = put(tmp_path / "nb", text)
    japanese = put(tmp_path / "ja", article("fffff", "ja-JP", 2))
    assert compare(capsys, norwegian, japanese)[:2] == (0, [])


def test_a_link_that_one_locale_lost(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = article("0a1b2", "nb-NO", 1).replace("[mer](https://example.com/nb-no/more)", "mer")
    norwegian = put(tmp_path / "nb", text)
    japanese = put(tmp_path / "ja", article("fffff", "ja-JP", 2))
    status, findings, _ = compare(capsys, norwegian, japanese)
    assert status == 0
    (finding,) = findings
    assert (finding["name"], finding["severity"]) == ("locale-link-mismatch", "warning")
    assert finding["path"] == "nb/docs/a.md"
    assert finding["data"]["segment"] == "0a1b2-104"
    assert finding["data"]["lost"] == ["https://example.com/ja-jp/more"]
    assert finding["data"]["added"] == []


def test_another_commit_is_said_and_not_compared(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    norwegian = put(tmp_path / "nb", article("0a1b2", "nb-NO", 1, (103,)))
    japanese = put(tmp_path / "ja", article("fffff", "ja-JP", 2).replace("c" * 40, "d" * 40))
    status, findings, notes = compare(capsys, norwegian, japanese)
    assert (status, findings) == (2, [])
    assert "1 of differing ms.sourcegitcommit (docs/a.md)" in notes
    assert "nothing could be compared" in notes


def test_trees_of_one_repository(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "articlelint.toml").touch()
    trees = [
        put(tmp_path / "nb", article("0a1b2", "nb-NO", 1, (103,))),
        put(tmp_path / "ja", article("fffff", "ja-JP", 2)),
    ]
    _, findings, _ = compare(capsys, *trees)
    assert [finding["path"] for finding in findings] == ["nb/docs/a.md"]
    assert findings[0]["related"][0]["path"] == "ja/docs/a.md"


def test_bad_input_is_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tree = put(tmp_path / "nb", article("0a1b2", "nb-NO", 1))
    for trees, message in (
        ([tree], "at least two"),
        ([tree, tree], "at least two"),
        ([tree, tmp_path / "gone"], "no such file or folder"),
        ([tree, tree / "docs" / "a.md"], "not a folder"),
    ):
        status, _, printed = compare(capsys, *trees)
        assert status == 2
        assert message in printed


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("https://example.com/nb-no/a/", "https://EXAMPLE.com/a"),
        ("/nb-no/azure/a#x", "/azure/a"),
        ("../a.md#the-end", "../a.md"),
        ("http://example.com", "https://example.com"),
    ],
)
def test_urls_that_count_as_the_same(first: str, second: str) -> None:
    assert comparable(first) == comparable(second)


def test_urls_that_are_not_the_same() -> None:
    urls = ["https://example.com/a", "https://example.com/b", "a.md", "../a.md", "/a", "/a?x=1"]
    assert len({comparable(url) for url in urls}) == len(urls)


CORPUS = os.environ.get("ARTICLELINT_CORPUS")


@pytest.mark.skipif(CORPUS is None, reason="needs the corpus")
def test_nothing_is_lost_in_the_corpus(capsys: pytest.CaptureFixture[str]) -> None:
    trees = [
        Path(str(CORPUS)) / f"alchemy.{locale}" / "live-sxs"
        for locale in ("nb-NO", "ja-JP", "ar-SA")
    ]
    status, findings, notes = compare(capsys, *trees)
    assert (status, findings) == (0, [])
    assert "71 articles compared" in notes
