"""One pass over the markers of an article: segments, damages, and unpublished extents.

A segment is ``TARGET … CLOSE LOOKUP SOURCE … CLOSE CLOSE``. A segment that lacks a marker
becomes one damage; its remaining markers and its source are still dropped.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from linters.article.segments.marker_list import LINE_END, MarkerList
from linters.article.segments.markers import Marker, MarkerKind
from linters.article.segments.segment import Damage, Segment, Tokens
from linters.model.finding import Extent

_LOOKUP_TAG = '<span class="sxs-lookup">'
_CLOSE_TAG = "</span>"


class _SourceEnd(NamedTuple):
    """Where a source ends: the offset, its closers (two, one or none), the index after them."""

    offset: int
    closers: tuple[Marker, ...]
    following: int


class Parsing:
    """The state of one pass; ``run`` returns the tokens."""

    def __init__(self, text: str, markers: Sequence[Marker]) -> None:
        self._text = text
        self._markers = markers
        self._segments: list[Segment] = []
        self._damages: list[Damage] = []
        self._dropped: list[Extent] = []
        self._strays: list[Marker] = []
        self._depth = 0
        self._list = MarkerList(text, markers)

    def run(self, *, drop_strays: bool = True) -> Tokens:
        """Tokenize the text; ``drop_strays`` also drops closers without an opener."""
        index = 0
        while index < len(self._markers):
            kind = self._markers[index].kind
            if kind is MarkerKind.TARGET:
                index = self._segment(index)
            elif kind in (MarkerKind.LOOKUP, MarkerKind.SOURCE):
                index = self._orphan(index)
            else:
                self._foreign(index)
                index += 1
        self._report_strays(drop=drop_strays)
        self._damages.sort(key=lambda damage: damage.extent)
        return Tokens(tuple(self._segments), tuple(self._damages), _merged(self._dropped))

    def _segment(self, index: int) -> int:
        """Read the segment that starts with a target opener; returns the index after it."""
        opener = self._markers[index]
        limit = self._list.next_target[index]
        lookup = self._list.next_segment_tag[index]
        if lookup >= limit:
            return self._sourceless(index, limit)
        natural, _ = self._list.closer(index + 1, lookup)
        close = self._list.closing_before(lookup)
        source = self._list.source_of(lookup)
        if natural is not None and source is not None and opener.id != self._markers[source].id:
            before = lookup - 1 if close is not None else lookup
            if natural < before:
                return self._without_source(index, natural)
        close = close if close is not None and close > index else natural
        self._count_inner(index + 1, lookup if close is None else close)
        if source is None:
            return self._sourceless_lookup(index, close, lookup)
        return self._whole(index, close, lookup, source)

    def _whole(self, index: int, close: int | None, lookup: int, source: int) -> int:
        """Read the rest of a target whose lookup or source is known; returns the index after it."""
        opener, wrapper, original = (self._markers[at] for at in (index, lookup, source))
        bare = wrapper.kind is MarkerKind.SOURCE
        end, closers, following = self._source_end(source, 1 if bare else 2)
        closing = wrapper if close is None else self._markers[close]
        target_end = closing.start
        nested = self._list.nested_in_source(source, closers)
        self._drop(opener.start, opener.end)
        if closing is not wrapper:
            touching = self._list.touching(closing.end, wrapper.start)
            self._drop(closing.start, wrapper.start if touching else closing.end)
        if nested is not None:
            first = self._list.next_segment_tag[source]
            return self._nested(first, nested, wrapper.start, closers=2)
        self._drop(wrapper.start, end)
        last = end if not closers else closers[-1].end
        if closers:
            self._drop(closers[0].start, last)
        edits: list[tuple[Extent, str]] = []
        rule = ""
        if close is None:
            rule = "span-unbalanced"
            edits.append((Extent(wrapper.start, wrapper.start), _CLOSE_TAG))
        if bare:
            rule = rule or "span-lookup-missing"
            edits.append((Extent(wrapper.start, wrapper.start), _LOOKUP_TAG))
        if len(closers) < 2:
            if not bare or not closers:
                rule = rule or "span-unbalanced"
            if closers:
                edits.append((Extent(last, last), _CLOSE_TAG))
            else:
                edits = []
        if rule:
            self._damages.append(Damage(rule, opener.extent, opener.id, tuple(edits)))
        else:
            self._segments.append(
                Segment(
                    opener.id,
                    original.id,
                    opener.start,
                    opener.end,
                    target_end,
                    original.end,
                    end,
                    last,
                )
            )
        return following

    def _sourceless(self, index: int, limit: int) -> int:
        """Read a target without a lookup before the next target."""
        opener = self._markers[index]
        close, depth = self._list.closer(index + 1, limit)
        if close is not None:
            torn = close + 1 < limit and self._markers[close + 1].kind is MarkerKind.CUT
            return self._without_source(index, close, torn=torn)
        nested = self._list.nested_in_target(index, limit)
        self._drop(opener.start, opener.end)
        if nested is not None:
            following = self._nested(limit, nested, None, closers=0)
            return self._drop_outer_source(following)
        self._damages.append(Damage("span-unbalanced", opener.extent, opener.id))
        self._depth += max(depth, 0)
        if index + 1 < limit and self._markers[limit - 1].kind is MarkerKind.CUT:
            self._drop(*self._markers[limit - 1].extent)
        return limit

    def _without_source(self, index: int, close: int, *, torn: bool = False) -> int:
        """Read a closed target whose lookup and source are missing."""
        opener, closing = self._markers[index], self._markers[close]
        rule = "span-unbalanced" if torn else "span-source-missing"
        self._damages.append(Damage(rule, opener.extent, opener.id))
        self._drop(opener.start, opener.end)
        self._drop(closing.start, closing.end)
        following = close + 1
        if torn:
            self._drop(*self._markers[following].extent)
            return following + 1
        if self._depth:
            return following
        left: list[Marker] = []
        while following < len(self._markers) and len(left) < 2:
            marker = self._markers[following]
            gap = self._text[closing.end : marker.start]
            if marker.kind is not MarkerKind.CLOSE or LINE_END.search(gap):
                break
            left.append(marker)
            following += 1
        if left and not (following < len(self._markers) and self._list.begins_orphan(following)):
            self._drop(closing.end if len(left) == 2 else left[0].start, left[-1].end)
        elif left:
            following -= 1
        return following

    def _sourceless_lookup(self, index: int, close: int | None, lookup: int) -> int:
        """Read a target and its lookup, in which the source opener is missing."""
        opener, wrapper = self._markers[index], self._markers[lookup]
        self._drop(opener.start, opener.end)
        if close is not None:
            self._drop(*self._markers[close].extent)
        end, closers, following = self._source_end(lookup, 2)
        self._drop(wrapper.start, closers[-1].end if closers else end)
        rule = "span-source-missing" if closers else "span-unbalanced"
        self._damages.append(Damage(rule, opener.extent, opener.id))
        return following

    def _orphan(self, index: int) -> int:
        """Read a lookup or source without a target."""
        first = self._markers[index]
        source = self._list.source_of(index)
        inner = index if source is None else source
        end, closers, following = self._source_end(inner, 2)
        if self._strays and self._list.touching(self._strays[-1].end, first.start):
            self._drop(*self._strays.pop().extent)
        self._drop(first.start, closers[-1].end if closers else end)
        identifier = self._markers[inner].id
        self._damages.append(Damage("span-target-missing", first.extent, identifier))
        return following

    def _foreign(self, index: int) -> None:
        """Count a span that belongs to no segment."""
        marker = self._markers[index]
        if marker.kind is MarkerKind.OPEN:
            self._depth += 1
        elif marker.kind is MarkerKind.CUT:
            self._drop(marker.start, marker.end)
            self._damages.append(Damage("span-unbalanced", marker.extent))
        elif self._depth:
            self._depth -= 1
        else:
            self._strays.append(marker)

    def _report_strays(self, *, drop: bool) -> None:
        """Add one damage for each run of closers without an opener."""
        previous: Marker | None = None
        for marker in self._strays:
            if drop:
                self._drop(marker.start, marker.end)
            if previous is None or not self._list.touching(previous.end, marker.start):
                edits = ((marker.extent, ""),)
                self._damages.append(Damage("span-unbalanced", marker.extent, "", edits))
            previous = marker

    def _count_inner(self, start: int, limit: int) -> None:
        """Count the other spans that a target leaves open or closes."""
        for index in range(start, limit):
            kind = self._markers[index].kind
            self._depth += (kind is MarkerKind.OPEN) - (kind is MarkerKind.CLOSE)
        self._depth = max(self._depth, 0)

    def _source_end(self, index: int, wanted: int) -> _SourceEnd:
        """The end of the source whose opener is at an index.

        The end is the pair of closers at depth 0, else the first pair before the next
        segment.
        """
        limit = self._list.next_segment_tag[index]
        close, _ = self._list.closer(index + 1, limit)
        if close is None or not self._list.is_pair(close, limit):
            pair = next(
                (at for at in range(index + 1, limit - 1) if self._list.is_pair(at, limit)),
                None,
            )
            if wanted == 2 or close is None:
                close = pair if pair is not None else close
        if close is not None:
            first = self._markers[close]
            if self._list.is_pair(close, limit):
                return _SourceEnd(first.start, (first, self._markers[close + 1]), close + 2)
            following = close + 1
            if following < limit and self._markers[following].kind is MarkerKind.CUT:
                self._drop(*self._markers[following].extent)
                following += 1
            return _SourceEnd(first.start, (first,), following)
        return _SourceEnd(self._list.guessed_end(index, limit), (), limit)

    def _nested(self, first: int, after: int, start: int | None, *, closers: int) -> int:
        """Read the segments nested in another one; returns the index after them and its closers."""
        opener = self._markers[first]
        self._damages.append(Damage("span-unbalanced", opener.extent, opener.id))
        if start is not None:
            self._drop(start, opener.start)
        index = first
        while index < after:
            index = self._segment(index)
        if closers:
            self._drop(self._segments[-1].closer.end, self._markers[after + closers - 1].end)
        return after + closers

    def _drop_outer_source(self, index: int) -> int:
        """Drop the closer, lookup and source of a segment that contains others."""
        closer, lookup = self._markers[index : index + 2]
        self._drop(closer.start, closer.end)
        end, closers, following = self._source_end(index + 2, 2)
        self._drop(lookup.start, closers[-1].end if closers else end)
        return following

    def _drop(self, start: int, end: int) -> None:
        if end > start:
            self._dropped.append(Extent(start, end))


def _merged(extents: list[Extent]) -> tuple[Extent, ...]:
    """The extents in order; overlapping ones are joined."""
    merged: list[Extent] = []
    for extent in sorted(extents):
        if merged and extent.start < merged[-1].end:
            merged[-1] = Extent(merged[-1].start, max(merged[-1].end, extent.end))
        else:
            merged.append(extent)
    return tuple(merged)
