"""One pass over the markers of an article: whole segments, damages, what is dropped.

A segment is ``TARGET … CLOSE LOOKUP SOURCE … CLOSE CLOSE``. Whatever lacks a marker
becomes one damage, and everything of it that readers do not get is dropped all the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from linters.article.segments.marker_list import LINE_END, MarkerList
from linters.article.segments.markers import Kind, Marker
from linters.article.segments.segment import Damage, Segment, Tokens
from linters.model.finding import Extent

_LOOKUP_TAG = '<span class="sxs-lookup">'
_CLOSE_TAG = "</span>"


class Parsing:
    """The state of one pass; ``run`` gives the tokens."""

    def __init__(self, text: str, markers: Sequence[Marker]) -> None:
        self._text = text
        self._markers = markers
        self._segments: list[Segment] = []
        self._damages: list[Damage] = []
        self._dropped: list[Extent] = []
        self._strays: list[Marker] = []
        self._depth = 0
        self._around = MarkerList(text, markers)

    def run(self, *, drop_strays: bool = True) -> Tokens:
        """All tokens of the text; closers that close nothing may be kept."""
        index = 0
        while index < len(self._markers):
            kind = self._markers[index].kind
            if kind is Kind.TARGET:
                index = self._segment(index)
            elif kind in (Kind.LOOKUP, Kind.SOURCE):
                index = self._orphan(index)
            else:
                self._foreign(index)
                index += 1
        self._tell_strays(drop=drop_strays)
        self._damages.sort(key=lambda damage: damage.extent)
        return Tokens(tuple(self._segments), tuple(self._damages), _merged(self._dropped))

    def _segment(self, index: int) -> int:
        """Read the segment that a target opener begins; the index behind it."""
        opener = self._markers[index]
        limit = self._around.next_target[index]
        lookup = self._around.next_own[index]
        if lookup >= limit:
            return self._sourceless(index, limit)
        natural, _ = self._around.closer(index + 1, lookup)
        close = self._around.closing_before(lookup)
        source = self._around.source_of(lookup)
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
        """Read on from a target whose lookup or source has been found."""
        opener, wrapper, original = (self._markers[one] for one in (index, lookup, source))
        bare = wrapper.kind is Kind.SOURCE
        end, closers, following = self._source_end(source, 1 if bare else 2)
        closing = wrapper if close is None else self._markers[close]
        target_end = closing.start
        nested = self._around.nested_in_source(source, closers)
        self._drop(opener.start, opener.end)
        if closing is not wrapper:
            touching = self._around.touching(closing.end, wrapper.start)
            self._drop(closing.start, wrapper.start if touching else closing.end)
        if nested is not None:
            first = self._around.next_own[source]
            return self._tell_nested(first, nested, wrapper.start, closers=2)
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
                    (opener.start, opener.end, target_end, original.end, end, last),
                )
            )
        return following

    def _sourceless(self, index: int, limit: int) -> int:
        """Read a target that no lookup follows before the next target."""
        opener = self._markers[index]
        close, depth = self._around.closer(index + 1, limit)
        if close is not None:
            torn = close + 1 < limit and self._markers[close + 1].kind is Kind.CUT
            return self._without_source(index, close, torn=torn)
        nested = self._around.nested_in_target(index, limit)
        self._drop(opener.start, opener.end)
        if nested is not None:
            following = self._tell_nested(limit, nested, None, closers=0)
            return self._behind_nested(following)
        self._damages.append(Damage("span-unbalanced", opener.extent, opener.id))
        self._depth += max(depth, 0)
        if index + 1 < limit and self._markers[limit - 1].kind is Kind.CUT:
            self._drop(*self._markers[limit - 1].extent)
        return limit

    def _without_source(self, index: int, close: int, *, torn: bool = False) -> int:
        """A target that is closed, and whose lookup is gone."""
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
            if marker.kind is not Kind.CLOSE or LINE_END.search(gap):
                break
            left.append(marker)
            following += 1
        if left and not (following < len(self._markers) and self._around.begins_orphan(following)):
            self._drop(closing.end if len(left) == 2 else left[0].start, left[-1].end)
        elif left:
            following -= 1
        return following

    def _sourceless_lookup(self, index: int, close: int | None, lookup: int) -> int:
        """A target and its wrapper, and no source opener in it."""
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
        """A lookup or a source that no target opener precedes."""
        first = self._markers[index]
        source = self._around.source_of(index)
        inner = index if source is None else source
        end, closers, following = self._source_end(inner, 2)
        if self._strays and self._around.touching(self._strays[-1].end, first.start):
            self._drop(*self._strays.pop().extent)
        self._drop(first.start, closers[-1].end if closers else end)
        identifier = self._markers[inner].id
        self._damages.append(Damage("span-target-missing", first.extent, identifier))
        return following

    def _foreign(self, index: int) -> None:
        """A span that is no marker of ours."""
        marker = self._markers[index]
        if marker.kind is Kind.OPEN:
            self._depth += 1
        elif marker.kind is Kind.CUT:
            self._drop(marker.start, marker.end)
            self._damages.append(Damage("span-unbalanced", marker.extent))
        elif self._depth:
            self._depth -= 1
        else:
            self._strays.append(marker)

    def _tell_strays(self, *, drop: bool) -> None:
        """One damage for each run of closers that close nothing."""
        previous: Marker | None = None
        for marker in self._strays:
            if drop:
                self._drop(marker.start, marker.end)
            if previous is None or not self._around.touching(previous.end, marker.start):
                edits = ((marker.extent, ""),)
                self._damages.append(Damage("span-unbalanced", marker.extent, "", edits))
            previous = marker

    def _count_inner(self, start: int, limit: int) -> None:
        """Count the foreign spans that a target leaves open, or closes."""
        for index in range(start, limit):
            kind = self._markers[index].kind
            self._depth += (kind is Kind.OPEN) - (kind is Kind.CLOSE)
        self._depth = max(self._depth, 0)

    def _source_end(self, index: int, wanted: int) -> tuple[int, tuple[Marker, ...], int]:
        """The end of a source whose opener stands at an index.

        Its offset, the closers there (two, one or none) and the index behind them. By
        depth; where that meets no pair, the first pair before the next segment.
        """
        limit = self._around.next_own[index]
        close, _ = self._around.closer(index + 1, limit)
        if close is None or not self._around.is_pair(close, limit):
            pair = next(
                (one for one in range(index + 1, limit - 1) if self._around.is_pair(one, limit)),
                None,
            )
            if wanted == 2 or close is None:
                close = pair if pair is not None else close
        if close is not None:
            first = self._markers[close]
            if self._around.is_pair(close, limit):
                return first.start, (first, self._markers[close + 1]), close + 2
            following = close + 1
            if following < limit and self._markers[following].kind is Kind.CUT:
                self._drop(*self._markers[following].extent)
                following += 1
            return first.start, (first,), following
        return self._around.guessed_end(index, limit), (), limit

    def _tell_nested(self, first: int, behind: int, start: int | None, *, closers: int) -> int:
        """Read the segments nested in another one; the index behind them and its closers."""
        opener = self._markers[first]
        self._damages.append(Damage("span-unbalanced", opener.extent, opener.id))
        if start is not None:
            self._drop(start, opener.start)
        index = first
        while index < behind:
            index = self._segment(index)
        if closers:
            self._drop(self._segments[-1].closer.end, self._markers[behind + closers - 1].end)
        return behind + closers

    def _behind_nested(self, index: int) -> int:
        """Drop the closer, lookup and source of a segment that held others."""
        closer, lookup = self._markers[index : index + 2]
        self._drop(closer.start, closer.end)
        end, closers, following = self._source_end(index + 2, 2)
        self._drop(lookup.start, closers[-1].end if closers else end)
        return following

    def _drop(self, start: int, end: int) -> None:
        if end > start:
            self._dropped.append(Extent(start, end))


def _merged(extents: list[Extent]) -> tuple[Extent, ...]:
    """Extents in order, those that overlap made one."""
    merged: list[Extent] = []
    for extent in sorted(extents):
        if merged and extent.start < merged[-1].end:
            merged[-1] = Extent(merged[-1].start, max(merged[-1].end, extent.end))
        else:
            merged.append(extent)
    return tuple(merged)
