"""Compares the source sides of an article with the English article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from linters.article.article import Article
from linters.checker import Resolution, ResolveContext
from linters.localization.exchange.comparison_checker import ComparisonChecker
from linters.localization.exchange.comparison_state import ComparisonState, readable
from linters.localization.exchange.drift import drifts
from linters.localization.exchange.english_words import SourceWords, words_of
from linters.localization.exchange.tree_lookup import ArticleTree
from linters.localization.rules import RULE
from linters.model.finding import Finding, Related, Rule
from linters.util.shorten import shorten_line


class SourceChecker(ComparisonChecker):
    """Finds the segments whose source differs from the English article.

    ``named`` are the absolute paths of the command line. After ``resolve``, ``states`` contains
    the outcome of every article.
    """

    name = "source"
    rules: tuple[Rule, ...] = (RULE["source-drift"],)

    def __init__(self, tree: ArticleTree, named: Sequence[Path]) -> None:
        self._tree = tree
        self._named = tuple(named)
        self.states: dict[str, ComparisonState] = {}

    async def resolve(self, facts: Mapping[str, Any], run: ResolveContext) -> Resolution:
        """The findings of all articles with an English counterpart."""
        findings: list[Finding] = []
        for path, article in readable(run, self.states):
            if not article.segments:
                self.states[path] = ComparisonState.NO_SEGMENTS
                continue
            counterpart = self._tree.english(path, self._below(run.repository.root / path))
            english = self._tree.read(counterpart) if counterpart is not None else None
            if counterpart is None or english is None:
                self.states[path] = ComparisonState.NO_ENGLISH
                continue
            self.states[path] = ComparisonState.COMPARED
            findings += compare(article, english, self._tree.shown(counterpart))
        return Resolution(tuple(findings))

    def _below(self, path: Path) -> str:
        """The path relative to the named folder that contains it."""
        for folder in self._named:
            if path != folder and path.is_relative_to(folder):
                return path.relative_to(folder).as_posix()
        return path.name


def compare(article: Article, english: Article, shown: str) -> Iterator[Finding]:
    """One finding for each segment that differs from the English article."""
    text = english.text
    for drift in drifts(SourceWords(article), words_of(text, english.body)):
        segment = article.segments[drift.segment]
        source = article.text[segment.source.start : segment.source.end]
        now = text[drift.english.start : drift.english.end]
        line, column = english.lines.position(drift.english.start)
        yield Finding(
            rule=RULE["source-drift"],
            path=article.path,
            range=article.range(segment.extent),
            message=f"{_what(segment.id, now, inside=drift.inside)} ({shown}:{line}:{column})",
            data={
                "segment": segment.id,
                "target": article.text[segment.target.start : segment.target.end],
                "source": source,
                "english": now or None,
            },
            related=(Related(shown, line, column, "the English article"),),
        )


def _what(segment: str, now: str, *, inside: bool) -> str:
    subject = f"source of segment {segment}" if inside else f"text after segment {segment}"
    if not now:
        return f"{subject} is not in the English article"
    return f'{subject} differs from the English article: "{shorten_line(now)}"'
