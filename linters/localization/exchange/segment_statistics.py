"""Counts the segments, words and findings of side-by-side articles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from linters.article.article import Article
from linters.localization.header_fields import localization_values
from linters.model.finding import Finding, Severity

# Scripts without spaces between words: each character counts, as in word processors.
_WORD = re.compile(
    r"[\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
    r"|[^\W_\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+"
    r"(?:['’._-][^\W_]+)*"
)
STATES = ("MT", "HT")
NO_STATE = "none"
SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.INFO)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleStatistics:
    """The counts of one article; ``state`` is ``ms.translationtype`` or ``none``."""

    path: str
    locale: str | None
    state: str
    segments: int
    source_words: int
    target_words: int
    findings: Mapping[Severity, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The sums over several articles."""

    articles: int
    segments: int
    source_words: int
    target_words: int
    findings: Mapping[Severity, int]


def count_words(text: str) -> int:
    """The number of words of a text, code and URLs included."""
    return sum(1 for _ in _WORD.finditer(text))


def article_statistics(
    article: Article, path: str, locale: str | None, findings: Iterable[Finding]
) -> ArticleStatistics:
    """Count an article; ``path`` is its name in the output."""
    state = localization_values(article).get("ms.translationtype", "")
    text = article.text
    severities = [finding.severity or finding.rule.severity for finding in findings]
    return ArticleStatistics(
        path=path,
        locale=locale,
        state=state if state in STATES else NO_STATE,
        segments=len(article.segments),
        source_words=sum(
            count_words(text[segment.source_start : segment.source_end])
            for segment in article.segments
        ),
        target_words=sum(
            count_words(text[segment.target_start : segment.target_end])
            for segment in article.segments
        ),
        findings={severity: severities.count(severity) for severity in SEVERITIES},
    )


def totals(articles: Iterable[ArticleStatistics]) -> Totals:
    """The sums over articles."""
    rows = list(articles)
    return Totals(
        articles=len(rows),
        segments=sum(row.segments for row in rows),
        source_words=sum(row.source_words for row in rows),
        target_words=sum(row.target_words for row in rows),
        findings={
            severity: sum(row.findings.get(severity, 0) for row in rows) for severity in SEVERITIES
        },
    )
