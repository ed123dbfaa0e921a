"""Checks the ids of an article's segments: ``PREFIX-NUMBER``, or ``PREFIX-pNUMBER`` if merged.

An article has one prefix; ids are unique, and the numbers increase. Numbers with ``p`` have
their own counter.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from linters.article.article import Article
from linters.article.segments.segment import Segment
from linters.localization.id_order import displaced, longest_increasing, runs
from linters.localization.segment_finding import segment_finding
from linters.model.finding import Extent, Finding

_ID = re.compile(r"([0-9a-f]{5})-(p?)([0-9]{1,15})")
_NEIGHBOURS = 50


def id_findings(article: Article, segments: Sequence[Segment]) -> Iterator[Finding]:
    """The findings about the ids of complete segments."""
    if _are_in_order(segments):
        return
    valid = [
        segment
        for segment in segments
        if _ID.fullmatch(segment.id) and _ID.fullmatch(segment.source_id)
    ]
    yield from _invalid(article, segments)
    matching = [segment for segment in valid if segment.id == segment.source_id]
    yield from _mismatched(article, valid, matching)
    prefix = _majority(matching)
    yield from _other_prefixes(article, matching, prefix)
    counters: dict[tuple[str, str], list[Segment]] = defaultdict(list)
    for segment in matching:
        number = parse_id(segment.id)
        counters[number[:2]].append(segment)
    for (_, counter), members in sorted(counters.items()):
        yield from _order(article, members, counter)


def _are_in_order(segments: Iterable[Segment]) -> bool:
    """Whether all ids are valid and equal, have one prefix, and increase: the usual case."""
    last = {"": -1, "p": -1}
    common = None
    for segment in segments:
        match = _ID.fullmatch(segment.id)
        if match is None or segment.id != segment.source_id:
            return False
        prefix, counter, digits = match.groups()
        number = int(digits)
        if prefix != (common or prefix) or number <= last[counter]:
            return False
        common = prefix
        last[counter] = number
    return True


class SegmentId(NamedTuple):
    """The parts of a segment's id; ``counter`` is ``p`` for merged sentences, else empty."""

    prefix: str
    counter: str
    number: int


def parse_id(identifier: str) -> SegmentId:
    """The parts of an id; ValueError if it is not valid."""
    match = _ID.fullmatch(identifier)
    if match is None:
        raise ValueError(f"invalid segment id: {identifier!r}")
    return SegmentId(match[1], match[2], int(match[3]))


def source_tag(text: str, segment: Segment) -> Extent:
    """The extent of the opener of a segment's source."""
    start = text.rfind("<", segment.lookup.start, segment.lookup.end)
    return Extent(start if start >= 0 else segment.lookup.start, segment.lookup.end)


def _majority(segments: Iterable[Segment]) -> str:
    counts = Counter(segment.id.partition("-")[0] for segment in segments)
    return counts.most_common(1)[0][0] if counts else ""


def _invalid(article: Article, segments: Sequence[Segment]) -> Iterator[Finding]:
    """One finding for each run of segments whose ids are invalid in the same way."""

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
        extent = source_tag(article.text, segment) if target else segment.opener
        edits: tuple[tuple[Extent, str], ...] = ()
        if target or source:
            edits = _renamed(
                article.text, extent, wrong, segment.id if target else segment.source_id
            )
        yield segment_finding(
            article,
            "span-id-invalid",
            extent,
            f"invalid segment id {wrong!r}, expected five hex digits, a hyphen and a number",
            segment=segment,
            edits=edits,
        )


def _renamed(text: str, tag: Extent, wrong: str, right: str) -> tuple[tuple[Extent, str], ...]:
    start = text.rfind(wrong, tag.start, tag.end) if wrong else -1
    return ((Extent(start, start + len(wrong)), right),) if start >= 0 else ()


def _mismatched(
    article: Article, valid: Sequence[Segment], matching: Sequence[Segment]
) -> Iterator[Finding]:
    """One finding for each set of segments that have exchanged their ids."""
    used = {segment.id for segment in matching}
    prefix = _majority(matching)
    wrong = [segment for segment in valid if segment.id != segment.source_id]
    reported: set[str] = set()
    for segment in wrong:
        known = segment.id in reported or segment.source_id in reported
        reported |= {segment.id, segment.source_id}
        if known:
            continue
        fits_target = _fits(segment, segment.id, matching, used, prefix)
        fits_source = _fits(segment, segment.source_id, matching, used, prefix)
        at_target = fits_source and not fits_target
        extent = segment.opener if at_target else source_tag(article.text, segment)
        edits: tuple[tuple[Extent, str], ...] = ()
        if fits_source != fits_target:
            bad, good = (segment.id, segment.source_id)[:: 1 if at_target else -1]
            edits = _renamed(article.text, extent, bad, good)
        yield segment_finding(
            article,
            "span-id-mismatch",
            extent,
            f"target id is {segment.id}, source id is {segment.source_id}",
            segment=segment,
            edits=edits,
        )


def _fits(
    segment: Segment, identifier: str, matching: Sequence[Segment], used: set[str], common: str
) -> bool:
    """Whether an id fits at this segment's place, judged by the ids of its neighbours."""
    if identifier in used:
        return False
    prefix, counter, number = parse_id(identifier)
    if common and prefix != common:
        return False
    index = bisect_left(matching, segment.start, key=lambda other: other.start)
    before = _nearest(matching, range(index - 1, -1, -1), prefix, counter)
    after = _nearest(matching, range(index, len(matching)), prefix, counter)
    return (before is None or before < number) and (after is None or number < after)


def _nearest(
    segments: Sequence[Segment], indexes: Sequence[int], prefix: str, counter: str
) -> int | None:
    """The first number of the same counter among the next ``_NEIGHBOURS`` segments."""
    for index in indexes[:_NEIGHBOURS]:
        found = parse_id(segments[index].id)
        if found[:2] == (prefix, counter):
            return found.number
    return None


def _other_prefixes(
    article: Article, segments: Sequence[Segment], prefix: str
) -> Iterator[Finding]:
    """One finding for each run of segments with the same other prefix."""
    for other, group in groupby(segments, lambda segment: segment.id.partition("-")[0]):
        if other == prefix:
            continue
        segment = next(group)
        yield segment_finding(
            article,
            "span-prefix-mismatch",
            segment.opener,
            f"segment id {segment.id} has the prefix {other}, expected {prefix}",
            segment=segment,
        )


def _order(article: Article, segments: Sequence[Segment], counter: str) -> Iterator[Finding]:
    """The findings about repeated ids, and one for each block of ids out of order."""
    numbers = [parse_id(segment.id).number for segment in segments]
    if all(before < after for before, after in pairwise(numbers)):
        return
    kept = longest_increasing(numbers)
    times = Counter(numbers)
    repeated = {
        index for index in range(len(numbers)) if index not in kept and times[numbers[index]] > 1
    }
    firsts = {number: index for index, number in reversed(list(enumerate(numbers)))}
    lasts = {number: index for index, number in enumerate(numbers)}
    for run in runs(sorted(repeated)):
        index = run[0]
        other = firsts[numbers[index]]
        other = lasts[numbers[index]] if other == index else other
        yield segment_finding(
            article,
            "span-id-duplicate",
            segments[index].opener,
            f"segment id {segments[index].id} is used more than once",
            segment=segments[index],
            related=((segments[other].opener, f"also the id {segments[index].id}"),),
        )
    rest = [index for index in range(len(numbers)) if index not in repeated]
    what = "numbers with p" if counter else "numbers"
    for place, also in displaced([numbers[index] for index in rest]):
        segment = segments[rest[place]]
        yield segment_finding(
            article,
            "span-id-order",
            segment.opener,
            f"segment id {segment.id} is out of order: {what} must increase",
            segment=segment,
            related=tuple((segments[rest[at]].opener, "also out of order") for at in also),
        )
