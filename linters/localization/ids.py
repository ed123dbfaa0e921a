"""The ids of an article's segments: ``PREFIX-NUMBER``, or ``PREFIX-pNUMBER`` if merged.

One prefix for the article, every id once, and numbers that increase, those with ``p`` on
a counter of their own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby, pairwise

from linters.article.segments.segment import Segment
from linters.localization.problem import Problem
from linters.model.finding import Extent

_ID = re.compile(r"([0-9a-f]{5})-(p?)([0-9]{1,15})")
_NEIGHBOURS = 50
_RUNS = 20


def id_problems(text: str, segments: Sequence[Segment]) -> Iterator[Problem]:
    """What is wrong with the ids of whole segments, in the order of the text."""
    valid = [one for one in segments if _ID.fullmatch(one.id) and _ID.fullmatch(one.source_id)]
    yield from _invalid(text, segments)
    matching = [segment for segment in valid if segment.id == segment.source_id]
    yield from _mismatched(text, valid, matching)
    prefix = _majority(matching)
    yield from _foreign(matching, prefix)
    counters: dict[tuple[str, str], list[Segment]] = defaultdict(list)
    for segment in matching:
        number = parse_id(segment.id)
        counters[number[:2]].append(segment)
    for (_, counter), members in sorted(counters.items()):
        yield from _disorder(members, counter)


def parse_id(identifier: str) -> tuple[str, str, int]:
    """Prefix, ``p`` or nothing, and number of a valid id; ValueError otherwise."""
    match = _ID.fullmatch(identifier)
    if match is None:
        raise ValueError(f"no id of a segment: {identifier!r}")
    return match[1], match[2], int(match[3])


def source_tag(text: str, segment: Segment) -> Extent:
    """Where the opener of a segment's source stands."""
    start = text.rfind("<", segment.lookup.start, segment.lookup.end)
    return Extent(start if start >= 0 else segment.lookup.start, segment.lookup.end)


def _majority(segments: Iterable[Segment]) -> str:
    counts = Counter(segment.id.partition("-")[0] for segment in segments)
    return counts.most_common(1)[0][0] if counts else ""


def _invalid(text: str, segments: Sequence[Segment]) -> Iterator[Problem]:
    """One problem for each run of segments whose ids are wrong in the same way."""

    def kind(segment: Segment) -> tuple[bool, bool, str]:
        target = _ID.fullmatch(segment.id) is not None
        source = _ID.fullmatch(segment.source_id) is not None
        wrong = segment.source_id if target else segment.id
        return target, source, "" if target and source else wrong.rpartition("-")[0]

    for (target, source, _), group in groupby(segments, kind):
        if target and source:
            continue
        segment = next(group)
        wrong = segment.source_id if target else segment.id
        extent = source_tag(text, segment) if target else segment.opener
        edits: tuple[tuple[Extent, str], ...] = ()
        if target or source:
            edits = _renamed(text, extent, wrong, segment.id if target else segment.source_id)
        yield Problem(
            rule="span-id-invalid",
            extent=extent,
            segment=segment,
            message=f"the id {wrong!r} is not five hex digits, a hyphen and a number",
            edits=edits,
        )


def _renamed(text: str, tag: Extent, wrong: str, right: str) -> tuple[tuple[Extent, str], ...]:
    start = text.rfind(wrong, tag.start, tag.end) if wrong else -1
    return ((Extent(start, start + len(wrong)), right),) if start >= 0 else ()


def _mismatched(
    text: str, valid: Sequence[Segment], matching: Sequence[Segment]
) -> Iterator[Problem]:
    """One problem for each set of segments that have mixed up their ids."""
    used = {segment.id for segment in matching}
    prefix = _majority(matching)
    wrong = [segment for segment in valid if segment.id != segment.source_id]
    told: set[str] = set()
    for segment in wrong:
        known = segment.id in told or segment.source_id in told
        told |= {segment.id, segment.source_id}
        if known:
            continue
        fits_target = _fits(segment, segment.id, matching, used, prefix)
        fits_source = _fits(segment, segment.source_id, matching, used, prefix)
        at_target = fits_source and not fits_target
        extent = segment.opener if at_target else source_tag(text, segment)
        edits: tuple[tuple[Extent, str], ...] = ()
        if fits_source != fits_target:
            bad, good = (segment.id, segment.source_id)[:: 1 if at_target else -1]
            edits = _renamed(text, extent, bad, good)
        yield Problem(
            rule="span-id-mismatch",
            extent=extent,
            segment=segment,
            message=f"the target's id is {segment.id}, the source's {segment.source_id}",
            edits=edits,
        )


def _fits(
    segment: Segment, identifier: str, matching: Sequence[Segment], used: set[str], common: str
) -> bool:
    """Whether an id could be this segment's, from those of its neighbours."""
    if identifier in used:
        return False
    prefix, counter, number = parse_id(identifier)
    if common and prefix != common:
        return False
    index = bisect_left(matching, segment.bounds[0], key=lambda one: one.bounds[0])
    before = _nearest(matching, range(index - 1, -1, -1), prefix, counter)
    after = _nearest(matching, range(index, len(matching)), prefix, counter)
    return (before is None or before < number) and (after is None or number < after)


def _nearest(
    segments: Sequence[Segment], indexes: Sequence[int], prefix: str, counter: str
) -> int | None:
    """The first number of the same counter, looking no further than some neighbours."""
    for index in indexes[:_NEIGHBOURS]:
        found = parse_id(segments[index].id)
        if found[:2] == (prefix, counter):
            return found[2]
    return None


def _foreign(segments: Sequence[Segment], prefix: str) -> Iterator[Problem]:
    """One problem for each run of segments with one other prefix."""
    for other, group in groupby(segments, lambda one: one.id.partition("-")[0]):
        if other == prefix:
            continue
        segment = next(group)
        yield Problem(
            rule="span-prefix-mismatch",
            extent=segment.opener,
            segment=segment,
            message=f"the id {segment.id} has the prefix {other}, the article's is {prefix}",
        )


def _disorder(segments: Sequence[Segment], counter: str) -> Iterator[Problem]:
    """Ids that come twice, and one problem for each block that is out of order."""
    numbers = [parse_id(segment.id)[2] for segment in segments]
    if all(one < other for one, other in pairwise(numbers)):
        return
    kept = _longest_increasing(numbers)
    times = Counter(numbers)
    double = {
        index for index in range(len(numbers)) if index not in kept and times[numbers[index]] > 1
    }
    firsts = {number: index for index, number in reversed(list(enumerate(numbers)))}
    lasts = {number: index for index, number in enumerate(numbers)}
    for run in _runs(sorted(double)):
        index = run[0]
        other = firsts[numbers[index]]
        other = lasts[numbers[index]] if other == index else other
        yield Problem(
            rule="span-id-duplicate",
            extent=segments[index].opener,
            segment=segments[index],
            message=f"the id {segments[index].id} is used twice",
            related=((segments[other].opener, f"{segments[index].id} is used here as well"),),
        )
    rest = [index for index in range(len(numbers)) if index not in double]
    what = "numbers with p" if counter else "numbers"
    for place, also in _displaced([numbers[index] for index in rest]):
        segment = segments[rest[place]]
        yield Problem(
            rule="span-id-order",
            extent=segment.opener,
            segment=segment,
            message=f"the id {segment.id} is out of order: {what} increase",
            related=tuple((segments[rest[one]].opener, "out of order as well") for one in also),
        )


def _displaced(numbers: Sequence[int]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """For each block of different numbers out of order: where it shows, and where else."""
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
        kept = _longest_increasing(block)
        runs = _runs([index for index in range(len(block)) if index not in kept])
        told: set[int] = set()
        for position, run in enumerate(runs):
            if position in told:
                continue
            partner = _partner(block, runs, position, kept)
            if partner is None:
                yield start + run[0], ()
            else:
                told.add(partner)
                yield start + runs[partner][0], (start + run[0],)


def _leaps(numbers: Sequence[int], index: int) -> bool:
    """Whether a number is so far above the next one that nobody took it from a neighbour."""
    rest = [*numbers[:index], *numbers[index + 1 :]]
    widest = max((after - before for before, after in pairwise(rest)), default=1)
    return numbers[index] - numbers[index + 1] > max(3 * widest, 20)


def _sortable_blocks(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The smallest slices that have to be sorted for all to be sorted."""
    lowest_after = list(accumulate(reversed(numbers), min))[::-1]
    start, highest = 0, -1
    for index, number in enumerate(numbers):
        highest = max(highest, number)
        if index + 1 == len(numbers) or highest < lowest_after[index + 1]:
            if index > start:
                yield start, index + 1
            start = index + 1


def _runs(indexes: Sequence[int]) -> list[list[int]]:
    """Indexes that follow one another, together."""
    runs: list[list[int]] = []
    for index in indexes:
        if runs and runs[-1][-1] == index - 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


def _partner(
    numbers: Sequence[int], runs: Sequence[Sequence[int]], position: int, kept: set[int]
) -> int | None:
    """The later run that has changed places with this one; not looked for in a jumble."""
    if len(runs) > _RUNS:
        return None
    for other in range(position + 1, len(runs)):
        if _would_fit(numbers, runs[position], runs[other], kept) and _would_fit(
            numbers, runs[other], runs[position], kept
        ):
            return other
    return None


def _would_fit(
    numbers: Sequence[int], run: Sequence[int], place: Sequence[int], kept: set[int]
) -> bool:
    before = next((numbers[one] for one in range(place[0] - 1, -1, -1) if one in kept), -1)
    after = next((numbers[one] for one in range(place[-1] + 1, len(numbers)) if one in kept), None)
    values = [numbers[one] for one in run]
    return before < min(values) and (after is None or max(values) < after)


def _longest_increasing(numbers: Sequence[int]) -> set[int]:
    """The indexes of a longest strictly increasing subsequence.

    Of equal numbers the first is kept, of two neighbours in wrong order the first as well:
    what comes too late is what is out of order.
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
