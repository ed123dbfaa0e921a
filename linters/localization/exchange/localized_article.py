"""One article in one locale, by the numbers of its segments.

A segment's id ends in the number of the source sentence; the prefix is arbitrary. The same
number stands for the same sentence wherever ``ms.sourcegitcommit`` is the same. An id with
``p`` has several sentences merged into one segment: it stands for all numbers up to the
next id.
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
class Sentence:
    """One segment: its number (None where merged), where it stands, and what it holds.

    ``links`` are URLs in comparable form, each with how it is written.
    """

    id: str
    number: int | None
    range: Range
    source: str
    target: str
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """One article in one locale; ``label`` names it, ``tree`` is the index of its tree.

    ``path`` is relative to its root, ``shown`` is how the report names it.

    ``merged`` are the open intervals of numbers that merged segments stand for.
    """

    tree: int
    path: str
    label: str
    commit: str
    sentences: tuple[Sentence, ...]
    merged: tuple[tuple[int, int], ...]
    end: Position
    shown: str

    def by_number(self) -> Mapping[int, Sentence]:
        """Number to segment; of a damaged article's repeated numbers the first counts."""
        found: dict[int, Sentence] = {}
        for sentence in self.sentences:
            if sentence.number is not None:
                found.setdefault(sentence.number, sentence)
        return found

    def covers(self, number: int) -> bool:
        """Whether a merged segment stands for a number."""
        return any(low < number < high for low, high in self.merged)


def read_edition(article: Article, tree: int, label: str, commit: str, shown: str) -> Edition:
    """The edition that an article is."""
    links = _links_by_segment(article)
    sentences = []
    for index, segment in enumerate(article.segments):
        known = _ID.fullmatch(segment.id)
        if known is None:
            continue
        sentences.append(
            Sentence(
                id=segment.id,
                number=None if known[1] else int(known[2]),
                range=article.range(segment.extent),
                source=article.text[segment.source.start : segment.source.end],
                target=article.text[segment.target.start : segment.target.end],
                links=tuple(links.get(index, ())),
            )
        )
    return Edition(
        tree=tree,
        path=article.path,
        label=label,
        commit=commit,
        sentences=tuple(sentences),
        merged=tuple(_merged(sentences)),
        end=article.lines.position(len(article.text)),
        shown=shown,
    )


def _links_by_segment(article: Article) -> Mapping[int, list[tuple[str, str]]]:
    """The links of each segment: those in it, and those between it and the next one.

    A link whose whole text is a segment has its destination behind it.
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
    """A URL without locale, fragment and the differences that make none.

    Fragments are left out: they name headings, which are translated or not.
    """
    parts = urlsplit(url)
    path = without_locale(parts.path) if parts.netloc or parts.path.startswith("/") else parts.path
    query = f"?{parts.query}" if parts.query else ""
    host = f"//{parts.netloc}" if parts.netloc else ""
    return f"{host}{path.rstrip('/')}{query}".casefold()


def _merged(sentences: Sequence[Sentence]) -> Iterator[tuple[int, int]]:
    """The numbers between the neighbours of each merged segment."""
    low = 0
    waiting = False
    for sentence in sentences:
        if sentence.number is None:
            waiting = True
            continue
        if waiting:
            yield low, sentence.number
            waiting = False
        low = sentence.number
    if waiting:
        yield low, sys.maxsize
