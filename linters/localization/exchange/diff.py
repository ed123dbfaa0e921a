"""Where two sequences of words differ.

A patience diff: runs of words that stand once on either side are anchors, and what lies
between two anchors is compared by itself. Work is bounded by a multiple of the length.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

_SIZES = (8, 3, 1)
_SMALL = 10_000
_PASSES = 64


class Hunk(NamedTuple):
    """``one[start:end]`` stands where the other side has ``other[from_:to]``."""

    start: int
    end: int
    from_: int
    to: int


class _Region(NamedTuple):
    hunk: Hunk
    size: int


def hunks(one: Sequence[str], other: Sequence[str]) -> list[Hunk]:
    """The differences, in order; empty where both are the same.

    What was taken out or put in stands as far back as it can: behind the full stop of the
    sentence before, not before that of its own.
    """
    return _slid(one, other, _differences(one, other))


def _differences(one: Sequence[str], other: Sequence[str]) -> list[Hunk]:
    found: list[Hunk] = []
    budget = _PASSES * (len(one) + len(other))
    waiting = [_Region(Hunk(0, len(one), 0, len(other)), 0)]
    while waiting:
        region = waiting.pop()
        hunk = _trim(one, other, region.hunk)
        start, end, from_, to = hunk
        if start == end and from_ == to:
            continue
        if start == end or from_ == to or budget <= 0:
            found.append(hunk)
            continue
        budget -= end - start + to - from_
        if region.size == len(_SIZES):
            found += _small(one, other, hunk)
            continue
        parts = list(_between(one, other, hunk, _SIZES[region.size]))
        size = region.size + 1 if len(parts) == 1 else region.size
        waiting += [_Region(part, size) for part in reversed(parts)]
    return found


def _slid(one: Sequence[str], other: Sequence[str], found: Sequence[Hunk]) -> list[Hunk]:
    limit, stop = len(one), len(other)
    slid: list[Hunk] = []
    for start, end, from_, to in reversed(found):
        if start == end:
            while to < stop and end < limit and other[from_] == other[to]:
                start, end, from_, to = start + 1, end + 1, from_ + 1, to + 1
        elif from_ == to:
            while to < stop and end < limit and one[start] == one[end]:
                start, end, from_, to = start + 1, end + 1, from_ + 1, to + 1
        slid.append(Hunk(start, end, from_, to))
        limit, stop = start, from_
    return slid[::-1]


def _trim(one: Sequence[str], other: Sequence[str], hunk: Hunk) -> Hunk:
    start, end, from_, to = hunk
    while start < end and from_ < to and one[start] == other[from_]:
        start, from_ = start + 1, from_ + 1
    while start < end and from_ < to and one[end - 1] == other[to - 1]:
        end, to = end - 1, to - 1
    return Hunk(start, end, from_, to)


def _between(one: Sequence[str], other: Sequence[str], hunk: Hunk, size: int) -> Iterator[Hunk]:
    """What lies between the anchors of a region; the region itself where there is none."""
    start, from_ = hunk.start, hunk.from_
    for here, there in _anchors(one, other, hunk, size):
        if here >= start and there >= from_:
            yield Hunk(start, here, from_, there)
            start, from_ = here + size, there + size
    yield Hunk(start, hunk.end, from_, hunk.to)


def _anchors(
    one: Sequence[str], other: Sequence[str], hunk: Hunk, size: int
) -> list[tuple[int, int]]:
    """The longest increasing chain of runs of words that are unique on both sides."""
    here = _unique(one, hunk.start, hunk.end, size)
    there = _unique(other, hunk.from_, hunk.to, size)
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


def _small(one: Sequence[str], other: Sequence[str], hunk: Hunk) -> Iterator[Hunk]:
    """The differences of a region without anchors; one if it is too large to look closer."""
    start, end, from_, to = hunk
    if (end - start) * (to - from_) > _SMALL:
        yield hunk
        return
    matcher = SequenceMatcher(None, one[start:end], other[from_:to], autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            yield Hunk(start + a, start + b, from_ + c, from_ + d)
