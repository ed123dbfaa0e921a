"""Verifying finds what differs from the published and the English articles, and only that."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from linters.cli import main
from linters.localization.exchange.tree_lookup import ArticleTree
from tests.localization.exchange.texts import header, pair

BODY = (
    f'# <a name="cats"></a>{pair("0a1b2-102", "Katter", "Cats")}\r\n\r\n'
    f"{pair('0a1b2-103', 'De sover.', 'They sleep.')} {pair('0a1b2-104', 'Alltid.', 'Always.')}\r\n"
)
PUBLISHED = '# <a name="cats"></a>Katter\r\n\r\nDe sover. Alltid.\r\n'
ENGLISH = "# Cats\n\nThey sleep.\nAlways.\n"


def put(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
    return path


def verify(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, Any, str]:
    command = ["localization", "verify", *map(str, arguments), "--output-format", "json"]
    status = main(command)
    captured = capsys.readouterr()
    return status, json.loads(captured.out)["findings"] if captured.out else None, captured.err


def test_what_was_published_is_equal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(tmp_path / "sxs" / "deep" / "a.md", header() + BODY)
    put(tmp_path / "live" / "deep" / "a.md", header() + PUBLISHED)
    status, findings, notes = verify(capsys, tmp_path / "sxs", tmp_path / "live")
    assert (status, findings) == (0, [])
    assert "1 of 1 articles compared" in notes


def test_the_first_difference_has_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(tmp_path / "sxs" / "a.md", header() + BODY)
    changed = PUBLISHED.replace("De sover", "Dei søv").replace("Alltid", "Alltids")
    put(tmp_path / "live" / "moved" / "b.md", header() + changed)
    status, findings, _ = verify(capsys, tmp_path / "sxs", tmp_path / "live")
    assert status == 1
    (finding,) = findings
    assert finding["name"] == "published-mismatch"
    assert (finding["path"], finding["line"], finding["column"]) == ("a.md", 12, 33)
    assert finding["data"]["line"] == 12
    assert finding["data"]["column"] == 3
    assert finding["data"]["published"].endswith("live/moved/b.md")


def test_articles_without_a_counterpart_are_counted_and_none_at_all_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(tmp_path / "sxs" / "a.md", header() + BODY)
    put(tmp_path / "sxs" / "b.md", BODY)
    put(tmp_path / "live" / "a.md", header("b" * 40) + PUBLISHED)
    status, findings, notes = verify(capsys, tmp_path / "sxs", tmp_path / "live")
    assert (status, findings) == (2, [])
    assert "1 without a published article" in notes
    assert "1 without ms.openlocfilehash" in notes
    assert "nothing could be compared" in notes


def test_the_article_itself_is_not_what_was_published(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(tmp_path / "sxs" / "a.md", header() + BODY)
    put(tmp_path / "sxs" / "b.md", header("b" * 40) + PUBLISHED)
    status, _, notes = verify(capsys, tmp_path / "sxs", tmp_path / "sxs")
    assert status == 2
    assert "nothing could be compared" in notes


def test_one_file_against_one_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sxs = put(tmp_path / "sxs.md", header() + BODY)
    live = put(tmp_path / "live.md", header() + PUBLISHED)
    english = put(tmp_path / "english.md", ENGLISH)
    assert verify(capsys, sxs, live)[:2] == (0, [])
    assert verify(capsys, sxs, "--source", english)[:2] == (0, [])
    assert verify(capsys, sxs, live, "--source", english)[:2] == (0, [])


def test_drifted_segments_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(tmp_path / "sxs" / "a.md", header() + BODY)
    put(tmp_path / "english" / "a.md", ENGLISH.replace("Always", "Often"))
    status, findings, _ = verify(capsys, tmp_path / "sxs", "--source", tmp_path / "english")
    assert status == 1
    (finding,) = findings
    assert finding["name"] == "source-drift"
    assert finding["data"] == {
        "segment": "0a1b2-104",
        "target": "Alltid.",
        "source": "Always.",
        "english": "Often.",
    }
    assert (finding["line"], finding["column"]) == (
        12,
        1 + len(BODY.splitlines()[2].split(" <")[0]) + 1,
    )


@pytest.mark.parametrize(
    "english",
    [
        "# Cats\n\nThey sleep. Always.\n",
        "\ufeff---\ntitle: Cats\n---\n\n# <a id='cats'></a>Cats\n\nThey\nsleep\\.\n\u200bAlways.",
    ],
)
def test_what_does_not_count(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], english: str
) -> None:
    put(tmp_path / "sxs" / "a.md", header() + BODY)
    put(tmp_path / "english" / "a.md", english)
    assert verify(capsys, tmp_path / "sxs", "--source", tmp_path / "english")[:2] == (0, [])


def test_suppressions_and_selection_are_those_of_check(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    directive = "<!-- articlelint-disable {} -->\n\n"
    for rule, count in (("published-mismatch", 0), ("META003", 1)):
        sxs = put(tmp_path / "sxs" / "a.md", header() + directive.format(rule) + BODY)
        live = put(tmp_path / "live.md", header() + directive.format(rule) + "# Hunder\n")
        status, findings, _ = verify(capsys, sxs, live)
        assert (status, len(findings)) == (count, count)
    for flags, expected in (
        (["--select", "META"], (0, 0)),
        (["--exit-zero"], (0, 1)),
        (["--ignore", "SPAN201"], (0, 0)),
        (["--isolated"], (1, 1)),
    ):
        status, findings, _ = verify(capsys, sxs, live, *flags)
        assert (status, len(findings)) == expected
    assert verify(capsys, sxs, live, "--select", "no-such-rule")[0] == 2


def test_bad_input_is_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sxs = put(tmp_path / "sxs" / "a.md", header() + BODY)
    assert verify(capsys, sxs)[0] == 2
    status, _, message = verify(capsys, sxs, tmp_path / "gone")
    assert status == 2
    assert "no such file or folder" in message
    put(tmp_path / "live" / "a.md", header() + PUBLISHED).write_bytes(b"\xff")
    status, _, message = verify(capsys, tmp_path / "sxs", tmp_path / "live")
    assert status == 2
    assert "nothing could be compared" in message


def test_a_bare_name_is_not_enough_for_the_english_counterpart(tmp_path: Path) -> None:
    for path in ("index.md", "docs/deep/index.md"):
        put(tmp_path / path, "")
    tree = ArticleTree(tmp_path, "english")
    assert tree.english("articles/docs/deep/index.md", "docs/deep/index.md") == "docs/deep/index.md"
    assert tree.english("other/index.md", "other/index.md") is None
    assert tree.english("index.md", "index.md") == "index.md"


CORPUS = os.environ.get("ARTICLELINT_CORPUS")


@pytest.mark.skipif(CORPUS is None, reason="needs the corpus")
def test_all_of_the_corpus_is_what_was_published(capsys: pytest.CaptureFixture[str]) -> None:
    norwegian = Path(str(CORPUS)) / "alchemy.nb-NO"
    status, findings, notes = verify(capsys, norwegian / "live-sxs", norwegian / "live")
    assert (status, findings) == (0, [])
    assert "43 of 358 articles compared" in notes
