"""Directives are written where they suppress, and change nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linters.article.article import Article
from linters.fixes.add_suppressions import add_suppressions
from tests.running import check, shown

NEXT = "<!-- articlelint-disable-next-line {} -->"


def suppressed(tmp_path: Path, text: str, name: str = "a.md", reason: str | None = None) -> str:
    """The text with directives for its findings."""
    report = check(tmp_path, {name: text})
    fixed = add_suppressions(report.findings, lambda _: text.encode(), reason)
    return fixed.files.get(name, text.encode()).decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a\n\nbad\n", f"a\n\n{NEXT.format('bad-word')}\nbad\n"),
        ("a\nbad odd\n", f"a {NEXT.format('bad-word, odd-word')}\nbad odd\n"),
        ("- a\n- bad\n", f"- a {NEXT.format('bad-word')}\n- bad\n"),
        ("- a\n\n  bad\n", f"- a\n\n  {NEXT.format('bad-word')}\n  bad\n"),
        ("bad\n", "<!-- articlelint-disable bad-word -->\nbad\n"),
        ("a\r\n\r\nbad\r\n", f"a\r\n\r\n{NEXT.format('bad-word')}\r\nbad\r\n"),
        ("```\nx\n```\nbad\n", f"```\nx\n```\n{NEXT.format('bad-word')}\nbad\n"),
        ("---\nt: bad\n---\n", "---\nt: bad # articlelint-disable-line bad-word\n---\n"),
        ("---\nt: |\n  bad\n---\n", "---\nt: |\n  bad\n---\n"),
        ("| a |\n|---|\n| bad |\n", "| a |\n|---|\n| bad |\n"),
    ],
)
def test_the_place_of_the_directive(tmp_path: Path, before: str, after: str) -> None:
    assert suppressed(tmp_path, before) == after
    report = check(tmp_path, {"a.md": after})
    assert (report.suppressed > 0) == (before != after)


def test_the_reason_is_written(tmp_path: Path) -> None:
    assert suppressed(tmp_path, "a\n\nbad\n", reason="known") == (
        "a\n\n<!-- articlelint-disable-next-line bad-word -- known -->\nbad\n"
    )


def test_yaml_files(tmp_path: Path) -> None:
    before = "- name: bad\n  href: a.md\n"
    assert suppressed(tmp_path, before, "TOC.yml") == (
        "- name: bad # articlelint-disable-line bad-word\n  href: a.md\n"
    )


TEXTS = st.lists(
    st.sampled_from(["bad", "odd", "a", "\n", "\n\n", "- ", "> ", "| ", "```\n", "# ", "  ", "`"]),
    max_size=25,
).map("".join)


@given(TEXTS)
def test_what_the_article_says_stays(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("r")
    after = suppressed(folder, text)
    kept = [line for line in after.split("\n") if "articlelint" not in line]
    assert [line for line in kept if line not in text.split("\n")] == []
    assert len(shown(check(folder, {"a.md": after}))) <= len(shown(check(folder, {"a.md": text})))
    assert _codes(text) == _codes(after)


def _codes(text: str) -> list[str]:
    """The code of an article: no comment may end up in it."""
    return [event.value for event in Article("a.md", text).markdown if event.kind == "code"]
