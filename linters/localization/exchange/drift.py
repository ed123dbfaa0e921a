"""Which segments the English article no longer has as their sources say."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from linters.localization.exchange.diff import Hunk, hunks
from linters.localization.exchange.english_words import Sources, Words
from linters.model.finding import Extent


@dataclass(frozen=True, slots=True)
class Drift:
    """One segment that has drifted; ``segment`` is its index in the article.

    ``english`` is where the English text has what it says instead; empty where it says
    nothing. ``inside`` is false where the source still stands, and only what follows it
    differs.
    """

    segment: int
    english: Extent
    inside: bool


def drifts(sources: Sources, english: Words) -> list[Drift]:
    """The drifted segments, in order."""
    if sources.words.words == english.words:
        return []
    found = hunks(sources.words.words, english.words)
    inside: set[int] = set()
    after: dict[int, Hunk] = {}
    for hunk in found:
        touched = set(sources.touched(hunk.start, hunk.end))
        inside |= touched
        before = sources.before(hunk.start)
        if not touched and before is not None:
            after.setdefault(before, hunk)
    ranges = sources.ranges()
    result = [
        Drift(segment, _extent(english, *_mapped(found, *ranges[segment])), inside=True)
        for segment in inside
    ]
    result += [
        Drift(segment, _extent(english, hunk.from_, hunk.to), inside=False)
        for segment, hunk in after.items()
        if segment not in inside
    ]
    return sorted(result, key=lambda drift: drift.segment)


def _mapped(found: Sequence[Hunk], start: int, end: int) -> tuple[int, int]:
    """The range of English words that stands for a range of source words."""
    index = bisect_right(found, start, key=lambda hunk: hunk.start) - 1
    first = start
    if index >= 0:
        hunk = found[index]
        first = hunk.from_ if hunk.end > start else start - hunk.end + hunk.to
    index = bisect_left(found, end, key=lambda hunk: hunk.start) - 1
    last = end
    if index >= 0:
        hunk = found[index]
        last = hunk.to if hunk.end >= end else end - hunk.end + hunk.to
    return first, last


def _extent(words: Words, start: int, end: int) -> Extent:
    """From the first to the last of a range of words; empty where the range is."""
    if start < end:
        return Extent(words.extents[start].start, words.extents[end - 1].end)
    place = words.extents[start].start if start < len(words.extents) else len(words.text)
    return Extent(place, place)


def shortened(text: str, most: int = 80) -> str:
    """A text on one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"
