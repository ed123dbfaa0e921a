"""The checker as a whole, on its rules and on real articles."""

from __future__ import annotations

import os
import random
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from linters.article.article import Article
from linters.checker import Context
from linters.localization.checker import LocalizationChecker
from linters.model.finding import Severity
from linters.model.settings import Settings
from tests.localization.sxs import HEADER, pair

CHECKER = LocalizationChecker()
CONTEXT = Context(settings=Settings(), now=datetime(2026, 1, 15, tzinfo=UTC))


def test_codes_and_names_are_unique() -> None:
    assert not [code for code, n in Counter(r.code for r in CHECKER.rules).items() if n > 1]
    assert not [name for name, n in Counter(r.name for r in CHECKER.rules).items() if n > 1]


def test_findings_carry_segment_target_and_source() -> None:
    text = f"{HEADER}\n{pair('0a1b2-101', 'Se [](a.md).', 'See [it](a.md).')}\n"
    (finding,) = CHECKER.check(Article("a.md", text), CONTEXT)
    assert finding.data == {
        "segment": "0a1b2-101",
        "target": "Se [](a.md).",
        "source": "See [it](a.md).",
    }
    assert finding.message.endswith("(segment 0a1b2-101)")


def test_damaged_segments_are_not_judged_as_translations() -> None:
    segment = pair("0a1b2-101", "Se [](a.md).", "See [it](a.md).")
    text = f"{HEADER}\n{segment.replace('</span></span>', '</span>')}\n"
    assert [finding.rule.name for finding in CHECKER.check(Article("a.md", text), CONTEXT)] == [
        "span-unbalanced"
    ]


def corpus() -> list[Article]:
    root = os.environ.get("ARTICLELINT_CORPUS")
    if not root:
        pytest.skip("no corpus")
    paths = sorted(Path(root).glob("*/live-sxs/**/*.md"))
    return [Article.from_bytes(path.name, path.read_bytes()) for path in paths]


def test_real_articles_have_no_error_but_lost_link_texts() -> None:
    found = Counter(
        finding.rule.name
        for article in corpus()
        for finding in CHECKER.check(article, CONTEXT)
        if finding.rule.severity is Severity.ERROR
    )
    assert set(found) <= {"link-text-empty"}


def test_nothing_a_file_may_hold_raises() -> None:
    generator = random.Random(7)
    parts = [
        '<span data-ttu-id="0a1b2-101">', '<span class="sxs-lookup">', "</span>", "`", "```\n",
        '<span data-stu-id="0a1b2-101">', "](", "[", "**", "\n\n", "# ", "---\n", "<!--", ":::",
        "&quot;", "%temp%", "{0}", "xref:", "[!NOTE]", "http: //", " ", "å", '<a name="x"></a>',
        "<span", "|", "\\", "a b",
    ]  # fmt: skip
    for _ in range(300):
        text = "".join(generator.choices(parts, k=40))
        article = Article("a.md", text)
        for finding in CHECKER.check(article, CONTEXT):
            assert finding.range.start <= finding.range.end
            for edit in finding.fix.edits if finding.fix else ():
                assert article.lines.offset(edit.start) <= article.lines.offset(edit.end)
