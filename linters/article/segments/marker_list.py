"""Queries on the sequence of an article's markers; ``parsing`` uses them and changes nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from linters.article.segments.markers import Marker, MarkerKind

LINE_END = re.compile(r"[\r\n]")
_LINE_BOUND = 4096
_NESTED_LIMIT = 50


class Closing(NamedTuple):
    """The index of a closer; None where there is none, with the depth of spans at the end."""

    closer: int | None
    depth: int


class MarkerList:
    """The markers of a text, in order; positions are indexes of markers.

    ``next_target`` maps each index to the first later target opener, ``next_segment_tag`` to
    the first later target, lookup or source opener; the number of markers if there is none.
    """

    def __init__(self, text: str, markers: Sequence[Marker]) -> None:
        self._text = text
        self._markers = markers
        self.next_target = self._next_of(MarkerKind.TARGET)
        self.next_segment_tag = self._next_of(
            MarkerKind.TARGET, MarkerKind.LOOKUP, MarkerKind.SOURCE
        )

    def _next_of(self, *kinds: MarkerKind) -> list[int]:
        """For each index, the first later marker of these kinds, else the number of markers."""
        following = len(self._markers)
        result = [following] * len(self._markers)
        for index in range(len(self._markers) - 1, -1, -1):
            result[index] = following
            if self._markers[index].kind in kinds:
                following = index
        return result

    def closer(self, start: int, limit: int) -> Closing:
        """The first closer at depth 0 among the markers from ``start`` up to ``limit``."""
        depth = 0
        for index in range(start, min(limit, len(self._markers))):
            kind = self._markers[index].kind
            if kind is MarkerKind.OPEN:
                depth += 1
            elif kind is MarkerKind.CLOSE:
                if not depth:
                    return Closing(index, 0)
                depth -= 1
        return Closing(None, depth)

    def closing_before(self, index: int) -> int | None:
        """The index of the closer that directly precedes the marker at an index."""
        before = self._markers[index - 1]
        if before.kind is MarkerKind.CLOSE and self.touching(
            before.end, self._markers[index].start
        ):
            return index - 1
        return None

    def source_of(self, index: int) -> int | None:
        """The source opener at an index, or directly after the lookup there."""
        if self._markers[index].kind is MarkerKind.SOURCE:
            return index
        following = index + 1
        if (
            following < len(self._markers)
            and self._markers[following].kind is MarkerKind.SOURCE
            and self.touching(self._markers[index].end, self._markers[following].start)
        ):
            return following
        return None

    def begins_orphan(self, index: int) -> bool:
        """Whether the marker at an index begins a lookup or source."""
        return self._markers[index].kind in (MarkerKind.LOOKUP, MarkerKind.SOURCE)

    def is_pair(self, index: int, limit: int) -> bool:
        """Whether two adjacent closers start at an index, before the index ``limit``."""
        return (
            index + 1 < limit
            and self._markers[index].kind is MarkerKind.CLOSE
            and self._markers[index + 1].kind is MarkerKind.CLOSE
            and self.touching(self._markers[index].end, self._markers[index + 1].start)
        )

    def touching(self, end: int, start: int) -> bool:
        """Whether only white space separates two offsets of the text."""
        return end == start or not self._text[end:start].strip()

    def guessed_end(self, index: int, limit: int) -> int:
        """The likely end of a source without closers: of its line, table cell or link text."""
        text, start = self._text, self._markers[index].end
        limit_offset = self._markers[limit].start if limit < len(self._markers) else len(text)
        source = LINE_END.split(text[start:limit_offset], maxsplit=1)[0]
        if text.startswith("](", start + len(source)):
            return start + len(source)
        bound = max(0, start - _LINE_BOUND)
        line_start = max(text.rfind("\n", bound, start), text.rfind("\r", bound, start)) + 1
        before = reversed(self._markers[max(0, index - 3) : index + 1])
        opener = next((marker for marker in before if marker.kind is MarkerKind.TARGET), None)
        if text.startswith("|", line_start) and "|" in source:
            source = source[: source.index("|")]
        elif opener is not None and text.endswith("[", 0, opener.start) and "](" in source:
            source = source[: source.rindex("](")]
        return start + len(source.rstrip())

    def nested_in_target(self, index: int, limit: int) -> int | None:
        """The index of a target's own closer, after the segments nested in the target."""
        after = self._after_segments(limit)
        if after is None or after + 2 >= len(self._markers):
            return None
        closer, lookup, source = self._markers[after : after + 3]
        whole = (
            closer.kind is MarkerKind.CLOSE
            and lookup.kind is MarkerKind.LOOKUP
            and source.kind is MarkerKind.SOURCE
            and source.id == self._markers[index].id
        )
        return after if whole else None

    def nested_in_source(self, source: int, closers: Sequence[Marker]) -> int | None:
        """The index of a source's own closers, after the segments nested in the source."""
        following = self.next_segment_tag[source]
        if closers or following >= len(self._markers):
            return None
        after = self._after_segments(following)
        if after is None or not self.is_pair(after, len(self._markers)):
            return None
        return after

    def _after_segments(self, index: int) -> int | None:
        """The index after a run of complete segments; None if none starts at ``index``."""
        count = 0
        while count < _NESTED_LIMIT:
            after = self._after_segment(index)
            if after is None:
                break
            index = after
            count += 1
        return index if count else None

    def _after_segment(self, index: int) -> int | None:
        """The index after a complete segment; None if none starts at ``index``."""
        markers = self._markers
        if index >= len(markers) or markers[index].kind is not MarkerKind.TARGET:
            return None
        lookup = self.next_segment_tag[index]
        close, _ = self.closer(index + 1, lookup)
        source = lookup + 1
        if close != lookup - 1 or source >= len(markers):
            return None
        if (markers[lookup].kind, markers[source].kind) != (MarkerKind.LOOKUP, MarkerKind.SOURCE):
            return None
        limit = self.next_segment_tag[source]
        end, _ = self.closer(source + 1, limit)
        return end + 2 if end is not None and self.is_pair(end, limit) else None
