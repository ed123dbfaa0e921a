"""Severities that depend on the file: unpublished files, and translations.

Translators cannot fix what they take over from the source: a URL, or the value of a header
key. Which rules that concerns is a property of each rule.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from linters.article.article import Article, UnreadableError
from linters.model.finding import Finding, Inheritance, Position, Severity
from linters.repository.decisions import Decisions

_ORDER = (Severity.ERROR, Severity.WARNING, Severity.INFO, Severity.OFF)
_TRANSLATED_KEYS = (
    *("title", "description", "ms.openlocfilehash", "ms.sourcegitcommit", "ms.translationtype"),
    *("ms.contentlocale", "ms.lasthandoff", "ms.locfileid"),
)
"""Header keys that translators or their pipeline write themselves."""


class ContextualSeverity:
    """Revises findings of one run by what their files are."""

    def __init__(self, decisions: Decisions) -> None:
        self._decisions = decisions
        self._article: Article | None = None

    def revise(self, finding: Finding) -> Finding:
        """The finding with the severity that it has in its file.

        A finding that the source of a translation has as well is an info with
        ``data.inherited``; a broken link only says so.
        """
        finding = self._capped(finding)
        inheritance = finding.rule.inheritance
        if inheritance is None or not self._decisions.is_translation(finding.path):
            return finding
        if not self._is_inherited(finding, inheritance):
            return finding
        severity = finding.severity
        if inheritance is not Inheritance.LINK:
            severity = _at_most(finding, Severity.INFO)
        return replace(finding, severity=severity, data={**finding.data, "inherited": True})

    def _capped(self, finding: Finding) -> Finding:
        cap = finding.rule.unpublished
        if cap is None:
            return finding
        severity = _at_most(finding, cap)
        if severity == finding.severity or self._is_published(finding.path):
            return finding
        return replace(finding, severity=severity)

    def _is_published(self, path: str) -> bool:
        """Whether a file is published; a configuration file counts as well."""
        return path not in self._articles or self._decisions.is_published(path)

    @cached_property
    def _articles(self) -> frozenset[str]:
        return frozenset(self._decisions.repository.articles)

    def _is_inherited(self, finding: Finding, inheritance: Inheritance) -> bool:
        if inheritance is Inheritance.VALUE:
            return not _is_translated(finding.data)
        article = self._read(finding.path)
        return article is None or _source_has(article, finding)

    def _read(self, path: str) -> Article | None:
        if self._article is None or self._article.path != path:
            try:
                self._article = self._decisions.repository.read(path)
            except UnreadableError:
                return None
        return self._article


def _at_most(finding: Finding, cap: Severity) -> Severity | None:
    """The finding's severity, or a lower one; None where the rule's own is low enough."""
    own = finding.severity or finding.rule.severity
    return cap if _ORDER.index(own) < _ORDER.index(cap) else finding.severity


def _is_translated(data: Mapping[str, Any]) -> bool:
    """Whether a finding is about a key whose value is not the source's."""
    key = data.get("attribute", data.get("key"))
    return isinstance(key, str) and any(
        key == name or key.startswith((f"{name}.", f"{name}[")) for name in _TRANSLATED_KEYS
    )


def _source_has(article: Article, finding: Finding) -> bool:
    """Whether a link is in text that is not translated, or in the source of its segment too."""
    start, end = (_offset(article, position) for position in finding.range)
    index = bisect_right(article.segments, start, key=lambda segment: segment.extent.start) - 1
    if index < 0 or start >= article.segments[index].extent.end:
        return True
    source = article.segments[index].source
    return article.text[start:end] in article.text[source.start : source.end]


def _offset(article: Article, position: Position) -> int:
    try:
        return article.lines.offset(position)
    except ValueError:
        return len(article.text)
