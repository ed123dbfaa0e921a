"""An article in one locale, with its segments by number.

A segment's id ends in the number of the source sentence; the prefix is arbitrary. Articles with
the same ``ms.sourcegitcommit`` have the same number for the same sentence. An id with ``p`` merges
several sentences: it covers all numbers up to the next id.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from linters.article.article import Article
from linters.links.extraction import extract
from linters.model.finding import Position, Range
from linters.repository.url_locale import without_locale

_ID = re.compile(r"[^-]*-(p?)([0-9]{1,9})")


@dataclass(frozen=True, slots=True)
class NumberedSegment:
    """One segment and its number (None for merged sentences).

    ``links`` are pairs of the URL for comparison and the URL as written.
    """

    id: str
    number: int | None
    range: Range
    source: str
    target: str
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class LocalizedArticle:
    """One article in one locale; ``tree`` is the index of its tree, ``label`` its locale.

    ``path`` is relative to its root, ``shown`` is its path in the report. ``merged`` are the
    open intervals of numbers that merged segments cover.
    """

    tree: int
    path: str
    label: str
    commit: str
    segments: tuple[NumberedSegment, ...]
    merged: tuple[tuple[int, int], ...]
    end: Position
    shown: str

    def by_number(self) -> Mapping[int, NumberedSegment]:
        """Number to segment; the first of repeated numbers counts."""
        found: dict[int, NumberedSegment] = {}
        for segment in self.segments:
            if segment.number is not None:
                found.setdefault(segment.number, segment)
        return found

    def covers(self, number: int) -> bool:
        """Whether a merged segment covers a number."""
        return any(low < number < high for low, high in self.merged)


def read_localized(
    article: Article, tree: int, label: str, commit: str, shown: str
) -> LocalizedArticle:
    """Read the numbered segments of an article."""
    links = _links_by_segment(article)
    segments = []
    for index, segment in enumerate(article.segments):
        known = _ID.fullmatch(segment.id)
        if known is None:
            continue
        segments.append(
            NumberedSegment(
                id=segment.id,
                number=None if known[1] else int(known[2]),
                range=article.range(segment.extent),
                source=article.text[segment.source.start : segment.source.end],
                target=article.text[segment.target.start : segment.target.end],
                links=tuple(links.get(index, ())),
            )
        )
    return LocalizedArticle(
        tree=tree,
        path=article.path,
        label=label,
        commit=commit,
        segments=tuple(segments),
        merged=tuple(_merged(segments)),
        end=article.lines.position(len(article.text)),
        shown=shown,
    )


def _links_by_segment(article: Article) -> Mapping[int, list[tuple[str, str]]]:
    """The links of each segment: those in it, and those between it and the next segment.

    A link whose whole text is a segment has its destination after the segment.
    """
    starts = [segment.opener.start for segment in article.segments]
    found: dict[int, list[tuple[str, str]]] = {}
    for link in extract(article).links:
        offset = article.lines.offset(link.range.start)
        index = bisect_right(starts, offset) - 1
        url = comparable(link.url)
        if index >= 0 and url:
            found.setdefault(index, []).append((url, link.url))
    return found


def comparable(url: str) -> str:
    """A URL for comparison: without locale, fragment, scheme and trailing slash.

    Fragments are left out because they name headings, which may be translated.
    """
    parts = urlsplit(url)
    path = without_locale(parts.path) if parts.netloc or parts.path.startswith("/") else parts.path
    query = f"?{parts.query}" if parts.query else ""
    host = f"//{parts.netloc}" if parts.netloc else ""
    return f"{host}{path.rstrip('/')}{query}".casefold()


def _merged(segments: Sequence[NumberedSegment]) -> Iterator[tuple[int, int]]:
    """The numbers between the neighbours of each merged segment."""
    low = 0
    waiting = False
    for segment in segments:
        if segment.number is None:
            waiting = True
            continue
        if waiting:
            yield low, segment.number
            waiting = False
        low = segment.number
    if waiting:
        yield low, sys.maxsize
