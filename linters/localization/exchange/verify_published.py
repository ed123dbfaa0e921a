"""Compares stripped articles with the published ones."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from linters.article.article import Article
from linters.checker import Resolution, ResolveContext
from linters.localization.exchange.comparison_checker import ComparisonChecker
from linters.localization.exchange.comparison_state import ComparisonState, readable
from linters.localization.exchange.escapes import first_difference
from linters.localization.exchange.tree_lookup import ArticleTree
from linters.localization.header_fields import localization_values
from linters.localization.rules import RULE
from linters.model.finding import Finding, Related, Rule
from linters.util.shorten import shorten

_BEFORE = 20
_EXCERPT = 40


class PublishedChecker(ComparisonChecker):
    """Finds the first difference between a stripped article and the published one.

    After ``resolve``, ``states`` contains the outcome of every article.
    """

    name = "published"
    rules: tuple[Rule, ...] = (RULE["published-mismatch"],)

    def __init__(self, tree: ArticleTree) -> None:
        self._tree = tree
        self.states: dict[str, ComparisonState] = {}

    async def resolve(self, facts: Mapping[str, Any], run: ResolveContext) -> Resolution:
        """The first difference of each article that has a counterpart."""
        findings: list[Finding] = []
        for path, article in readable(run, self.states):
            self.states[path], finding = self._compare(article, run.repository.root / path)
            if finding is not None:
                findings.append(finding)
        return Resolution(tuple(findings))

    def _compare(self, article: Article, file: Path) -> tuple[ComparisonState, Finding | None]:
        digest = localization_values(article).get("ms.openlocfilehash")
        if not digest:
            return ComparisonState.NO_HASH, None
        first: Finding | None = None
        compared = False
        for path in self._tree.published(article.path, digest):
            published = None if self._tree.is_same(path, file) else self._tree.read(path)
            if published is None or published.segments:
                continue
            compared = True
            finding = difference(article, published, self._tree.shown(path))
            if finding is None:
                return ComparisonState.COMPARED, None
            first = first or finding
        return (ComparisonState.COMPARED if compared else ComparisonState.NO_PUBLISHED), first


def difference(article: Article, published: Article, shown: str) -> Finding | None:
    """The first difference between the stripped article and the published one."""
    stripped = article.published
    starts = [segment.target.start for segment in article.segments]

    def in_target(offset: int) -> bool:
        place = stripped.original(offset)
        index = bisect_right(starts, place) - 1
        return index >= 0 and place < article.segments[index].target.end

    places = first_difference(stripped.text, published.text, in_target)
    if places is None:
        return None
    here, there = places
    line, column = published.lines.position(there)
    found = _excerpt(stripped.text, here)
    expected = _excerpt(published.text, there)
    end = min(here + 1, len(stripped.text))
    return Finding(
        rule=RULE["published-mismatch"],
        path=article.path,
        range=article.range(stripped.original_extent(here, end)),
        message=f"{found}, expected {expected} as published ({shown}:{line}:{column})",
        data={"published": shown, "line": line, "column": column},
        related=(Related(shown, line, column, "the published article"),),
    )


def _excerpt(text: str, offset: int) -> str:
    """The line around an offset, shortened, with line ends as escapes."""
    start = max(text.rfind("\n", 0, offset) + 1, offset - _BEFORE)
    if start >= len(text):
        return "the end of the file"
    line = text[start : offset + _EXCERPT + 1].splitlines(keepends=True)[0]
    shown = shorten(line, offset - start + _EXCERPT)
    return '"' + shown.replace("\r", "\\r").replace("\n", "\\n") + '"'
