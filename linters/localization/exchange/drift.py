"""Finds the segments whose source differs from the English article."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from linters.localization.exchange.english_words import SourceWords, Words
from linters.localization.exchange.word_diff import Difference, differences
from linters.model.finding import Extent


@dataclass(frozen=True, slots=True)
class Drift:
    """One segment that differs; ``segment`` is its index in the article.

    ``english`` is the extent of the corresponding English text, empty if there is none.
    ``inside`` is false if the source is unchanged and only the text after it differs.
    """

    segment: int
    english: Extent
    inside: bool


def drifts(sources: SourceWords, english: Words) -> list[Drift]:
    """The segments that differ, in order."""
    if sources.words.words == english.words:
        return []
    found = differences(sources.words.words, english.words)
    inside: set[int] = set()
    after: dict[int, Difference] = {}
    for difference in found:
        touched = set(sources.touched(difference.start, difference.end))
        inside |= touched
        before = sources.before(difference.start)
        if not touched and before is not None:
            after.setdefault(before, difference)
    ranges = sources.ranges()
    result = [
        Drift(segment, _extent(english, *_mapped(found, *ranges[segment])), inside=True)
        for segment in inside
    ]
    result += [
        Drift(segment, _extent(english, difference.other_start, difference.other_end), inside=False)
        for segment, difference in after.items()
        if segment not in inside
    ]
    return sorted(result, key=lambda drift: drift.segment)


def _mapped(found: Sequence[Difference], start: int, end: int) -> tuple[int, int]:
    """The range of English words that corresponds to a range of source words."""
    index = bisect_right(found, start, key=lambda difference: difference.start) - 1
    first = start
    if index >= 0:
        difference = found[index]
        first = (
            difference.other_start
            if difference.end > start
            else start - difference.end + difference.other_end
        )
    index = bisect_left(found, end, key=lambda difference: difference.start) - 1
    last = end
    if index >= 0:
        difference = found[index]
        last = (
            difference.other_end
            if difference.end >= end
            else end - difference.end + difference.other_end
        )
    return first, last


def _extent(words: Words, start: int, end: int) -> Extent:
    """From the first to the last of a range of words; empty where the range is."""
    if start < end:
        return Extent(words.extents[start].start, words.extents[end - 1].end)
    place = words.extents[start].start if start < len(words.extents) else len(words.text)
    return Extent(place, place)
