"""What a rule found, at offsets; and the way to findings, with lines and columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from linters.article.article import Article
from linters.model.finding import Edit, Extent, Finding, Fix, Range, Related, Rule, Severity
from linters.repository.inheritance import Inherited


@dataclass(frozen=True, slots=True)
class Replacement:
    """Replace an extent of the article's text."""

    extent: Extent
    text: str


@dataclass(frozen=True, slots=True)
class Repair:
    """A fix at offsets; see ``linters.model.finding.Fix``. ``key`` is one that it gives a value."""

    safe: bool
    changes: tuple[Replacement, ...]
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A finding at an extent of the article, or at an inherited value's own place."""

    rule: Rule
    extent: Extent
    message: str
    severity: Severity | None = None
    help: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    related: tuple[tuple[Extent, str], ...] = ()
    repair: Repair | None = None
    inherited: Inherited | None = None
    by_change: bool = False


def to_finding(found: Found, article: Article) -> Finding:
    """The finding with its place in lines and columns."""
    path, place = article.path, article.range(found.extent)
    if found.inherited is not None:
        path, place = found.inherited.path, found.inherited.range
    return Finding(
        rule=found.rule,
        path=path,
        range=place,
        message=found.message,
        severity=found.severity,
        help=found.help,
        data=found.data,
        related=tuple(
            Related(article.path, *_start(article.range(extent)), message)
            for extent, message in found.related
        ),
        fix=_fix(found.repair, article) if found.inherited is None else None,
        by_change=found.by_change,
    )


def _start(place: Range) -> tuple[int, int]:
    return place.start.line, place.start.column


def _fix(repair: Repair | None, article: Article) -> Fix | None:
    if repair is None:
        return None
    edits = (
        Edit(*article.range(change.extent), change.text)
        for change in sorted(repair.changes, key=lambda change: change.extent)
    )
    return Fix(repair.safe, tuple(edits))
