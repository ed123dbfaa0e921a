"""Finds the differences between two sequences of words.

A patience diff: runs of words that are unique on both sides are anchors, and the regions between
anchors are compared separately. The work is bounded by a multiple of the length. ``difflib``
alone takes time quadratic in the length, and the package patiencediff is under the GPL.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

_SIZES = (8, 3, 1)
_SMALL = 10_000
_PASSES = 64


class Difference(NamedTuple):
    """``words[start:end]`` corresponds to ``others[other_start:other_end]``."""

    start: int
    end: int
    other_start: int
    other_end: int


class _Region(NamedTuple):
    difference: Difference
    size: int


def differences(words: Sequence[str], others: Sequence[str]) -> list[Difference]:
    """The differences, in order; empty if the sequences are equal.

    Deleted or inserted words are placed as late as possible: after the full stop of the
    preceding sentence, so that the difference is a sentence with its own full stop.
    """
    return _slid(words, others, _differences(words, others))


def _differences(words: Sequence[str], others: Sequence[str]) -> list[Difference]:
    found: list[Difference] = []
    budget = _PASSES * (len(words) + len(others))
    waiting = [_Region(Difference(0, len(words), 0, len(others)), 0)]
    while waiting:
        region = waiting.pop()
        difference = _trim(words, others, region.difference)
        start, end, other_start, other_end = difference
        if start == end and other_start == other_end:
            continue
        if start == end or other_start == other_end or budget <= 0:
            found.append(difference)
            continue
        budget -= end - start + other_end - other_start
        if region.size == len(_SIZES):
            found += _small(words, others, difference)
            continue
        parts = list(_between(words, others, difference, _SIZES[region.size]))
        size = region.size + 1 if len(parts) == 1 else region.size
        waiting += [_Region(part, size) for part in reversed(parts)]
    return found


def _slid(
    words: Sequence[str], others: Sequence[str], found: Sequence[Difference]
) -> list[Difference]:
    limit, stop = len(words), len(others)
    slid: list[Difference] = []
    for start, end, other_start, other_end in reversed(found):
        if start == end:
            while other_end < stop and end < limit and others[other_start] == others[other_end]:
                start, end, other_start, other_end = (
                    start + 1,
                    end + 1,
                    other_start + 1,
                    other_end + 1,
                )
        elif other_start == other_end:
            while other_end < stop and end < limit and words[start] == words[end]:
                start, end, other_start, other_end = (
                    start + 1,
                    end + 1,
                    other_start + 1,
                    other_end + 1,
                )
        slid.append(Difference(start, end, other_start, other_end))
        limit, stop = start, other_start
    return slid[::-1]


def _trim(words: Sequence[str], others: Sequence[str], difference: Difference) -> Difference:
    start, end, other_start, other_end = difference
    while start < end and other_start < other_end and words[start] == others[other_start]:
        start, other_start = start + 1, other_start + 1
    while start < end and other_start < other_end and words[end - 1] == others[other_end - 1]:
        end, other_end = end - 1, other_end - 1
    return Difference(start, end, other_start, other_end)


def _between(
    words: Sequence[str], others: Sequence[str], difference: Difference, size: int
) -> Iterator[Difference]:
    """The regions between the anchors of a region; the region itself without anchors."""
    start, other_start = difference.start, difference.other_start
    for here, there in _anchors(words, others, difference, size):
        if here >= start and there >= other_start:
            yield Difference(start, here, other_start, there)
            start, other_start = here + size, there + size
    yield Difference(start, difference.end, other_start, difference.other_end)


def _anchors(
    words: Sequence[str], others: Sequence[str], difference: Difference, size: int
) -> list[tuple[int, int]]:
    """The longest increasing chain of runs of words that are unique on both sides."""
    here = _unique(words, difference.start, difference.end, size)
    there = _unique(others, difference.other_start, difference.other_end, size)
    pairs = [(place, there[run]) for run, place in here.items() if run in there]
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [place]
        last[length : length + 1] = [index]
    chain: list[tuple[int, int]] = []
    index = last[-1] if last else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]


def _unique(words: Sequence[str], start: int, end: int, size: int) -> dict[tuple[str, ...], int]:
    places: dict[tuple[str, ...], int] = {}
    repeated: set[tuple[str, ...]] = set()
    for place in range(start, end - size + 1):
        run = tuple(words[place : place + size])
        if run in places:
            repeated.add(run)
        places[run] = place
    return {run: place for run, place in places.items() if run not in repeated}


def _small(
    words: Sequence[str], others: Sequence[str], difference: Difference
) -> Iterator[Difference]:
    """The differences of a region without anchors; the whole region if it is large."""
    start, end, other_start, other_end = difference
    if (end - start) * (other_end - other_start) > _SMALL:
        yield difference
        return
    matcher = SequenceMatcher(None, words[start:end], others[other_start:other_end], autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            yield Difference(start + a, start + b, other_start + c, other_start + d)
