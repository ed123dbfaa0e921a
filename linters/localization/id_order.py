"""Finds which numbers of a sequence are out of order, in time linear in its length."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

_MAX_RUNS = 20


def displaced(numbers: Sequence[int]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """For each block of unique numbers out of order: the index to report, and related indexes."""
    for start, end in _sortable_blocks(numbers):
        block = numbers[start:end]
        wrong = [
            index
            for index, pair in enumerate(zip(block, sorted(block), strict=True))
            if pair[0] != pair[1]
        ]
        if len(wrong) == 2:
            first, second = wrong
            if second == first + 1 and _leaps(numbers, start + first):
                yield start + first, ()
            else:
                yield start + second, (start + first,)
            continue
        kept = longest_increasing(block)
        moved = runs([index for index in range(len(block)) if index not in kept])
        reported: set[int] = set()
        for position, run in enumerate(moved):
            if position in reported:
                continue
            partner = _partner(block, moved, position, kept)
            if partner is None:
                yield start + run[0], ()
            else:
                reported.add(partner)
                yield start + moved[partner][0], (start + run[0],)


def _leaps(numbers: Sequence[int], index: int) -> bool:
    """Whether a number exceeds the next one by too much to be swapped with a neighbour."""
    rest = [*numbers[:index], *numbers[index + 1 :]]
    widest = max((after - before for before, after in pairwise(rest)), default=1)
    return numbers[index] - numbers[index + 1] > max(3 * widest, 20)


def _sortable_blocks(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The smallest slices that, once sorted, make all numbers sorted."""
    lowest_after = list(accumulate(reversed(numbers), min))[::-1]
    start, highest = 0, -1
    for index, number in enumerate(numbers):
        highest = max(highest, number)
        if index + 1 == len(numbers) or highest < lowest_after[index + 1]:
            if index > start:
                yield start, index + 1
            start = index + 1


def runs(indexes: Sequence[int]) -> list[list[int]]:
    """Groups of consecutive indexes."""
    groups: list[list[int]] = []
    for index in indexes:
        if groups and groups[-1][-1] == index - 1:
            groups[-1].append(index)
        else:
            groups.append([index])
    return groups


def _partner(
    numbers: Sequence[int], moved: Sequence[Sequence[int]], position: int, kept: set[int]
) -> int | None:
    """The later run that was swapped with this one; None with more than ``_MAX_RUNS`` runs."""
    if len(moved) > _MAX_RUNS:
        return None
    for other in range(position + 1, len(moved)):
        if _would_fit(numbers, moved[position], moved[other], kept) and _would_fit(
            numbers, moved[other], moved[position], kept
        ):
            return other
    return None


def _would_fit(
    numbers: Sequence[int], run: Sequence[int], place: Sequence[int], kept: set[int]
) -> bool:
    before = next((numbers[at] for at in range(place[0] - 1, -1, -1) if at in kept), -1)
    after = next((numbers[at] for at in range(place[-1] + 1, len(numbers)) if at in kept), None)
    values = [numbers[at] for at in run]
    return before < min(values) and (after is None or max(values) < after)


def longest_increasing(numbers: Sequence[int]) -> set[int]:
    """The indexes of a longest strictly increasing subsequence.

    Of equal numbers, and of two neighbours in the wrong order, the first is kept: the later
    number is the one to report.
    """
    tails: list[int] = []
    tail_values: list[int] = []
    previous: dict[int, int] = {}
    for index in range(len(numbers) - 1, -1, -1):
        value = -numbers[index]
        length = bisect_left(tail_values, value)
        if length:
            previous[index] = tails[length - 1]
        tails[length : length + 1] = [index]
        tail_values[length : length + 1] = [value]
    kept: set[int] = set()
    index_or_none = tails[-1] if tails else None
    while index_or_none is not None:
        kept.add(index_or_none)
        index_or_none = previous.get(index_or_none)
    return kept
