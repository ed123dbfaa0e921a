"""The markers of an article, and what stands where among them.

Only looks: what becomes of the markers is decided in ``linters.article.segments.parsing``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from linters.article.segments.markers import Kind, Marker

LINE_END = re.compile(r"[\r\n]")
_LINE_BOUND = 4096
_NESTED_LIMIT = 50


class MarkerList:
    """Markers in order and the text they are of; places are indexes of markers.

    ``next_target`` and ``next_own`` hold for each index the first later target opener, and
    the first later tag of ours that opens anything; the count where there is none.
    """

    def __init__(self, text: str, markers: Sequence[Marker]) -> None:
        self._text = text
        self._markers = markers
        self.next_target = self._following(Kind.TARGET)
        self.next_own = self._following(Kind.TARGET, Kind.LOOKUP, Kind.SOURCE)

    def _following(self, *kinds: Kind) -> list[int]:
        """For each index the first later one of these kinds; the count where there is none."""
        following = len(self._markers)
        result = [following] * len(self._markers)
        for index in range(len(self._markers) - 1, -1, -1):
            result[index] = following
            if self._markers[index].kind in kinds:
                following = index
        return result

    def closer(self, start: int, limit: int) -> tuple[int | None, int]:
        """The first closer at depth 0 among the markers, else how deep they end."""
        depth = 0
        for index in range(start, min(limit, len(self._markers))):
            kind = self._markers[index].kind
            if kind is Kind.OPEN:
                depth += 1
            elif kind is Kind.CLOSE:
                if not depth:
                    return index, 0
                depth -= 1
        return None, depth

    def closing_before(self, index: int) -> int | None:
        """The closer that stands right before a marker."""
        before = self._markers[index - 1]
        if before.kind is Kind.CLOSE and self.touching(before.end, self._markers[index].start):
            return index - 1
        return None

    def source_of(self, index: int) -> int | None:
        """The source opener at a marker, or right behind a lookup."""
        if self._markers[index].kind is Kind.SOURCE:
            return index
        following = index + 1
        if (
            following < len(self._markers)
            and self._markers[following].kind is Kind.SOURCE
            and self.touching(self._markers[index].end, self._markers[following].start)
        ):
            return following
        return None

    def begins_orphan(self, index: int) -> bool:
        """Whether a marker begins a lookup or source."""
        return self._markers[index].kind in (Kind.LOOKUP, Kind.SOURCE)

    def is_pair(self, index: int, limit: int) -> bool:
        """Whether two closers in a row stand at an index, before the index ``limit``."""
        return (
            index + 1 < limit
            and self._markers[index].kind is Kind.CLOSE
            and self._markers[index + 1].kind is Kind.CLOSE
            and self.touching(self._markers[index].end, self._markers[index + 1].start)
        )

    def touching(self, end: int, start: int) -> bool:
        """Whether there is nothing but white space between two offsets of the text."""
        return end == start or not self._text[end:start].strip()

    def guessed_end(self, index: int, limit: int) -> int:
        """Where a source without any closer may end: with its line, or its cell or link."""
        text, start = self._text, self._markers[index].end
        limit_offset = self._markers[limit].start if limit < len(self._markers) else len(text)
        source = LINE_END.split(text[start:limit_offset], maxsplit=1)[0]
        if text.startswith("](", start + len(source)):
            return start + len(source)
        bound = max(0, start - _LINE_BOUND)
        line_start = max(text.rfind("\n", bound, start), text.rfind("\r", bound, start)) + 1
        before = reversed(self._markers[max(0, index - 3) : index + 1])
        opener = next((one for one in before if one.kind is Kind.TARGET), None)
        if text.startswith("|", line_start) and "|" in source:
            source = source[: source.index("|")]
        elif opener is not None and text.endswith("[", 0, opener.start) and "](" in source:
            source = source[: source.rindex("](")]
        return start + len(source.rstrip())

    def nested_in_target(self, index: int, limit: int) -> int | None:
        """The index behind segments nested in a target, where its own closer stands."""
        behind = self._behind_segments(limit)
        if behind is None or behind + 2 >= len(self._markers):
            return None
        closer, lookup, source = self._markers[behind : behind + 3]
        whole = (
            closer.kind is Kind.CLOSE
            and lookup.kind is Kind.LOOKUP
            and source.kind is Kind.SOURCE
            and source.id == self._markers[index].id
        )
        return behind if whole else None

    def nested_in_source(self, source: int, closers: Sequence[Marker]) -> int | None:
        """The index behind segments nested in a source, where its own closers stand."""
        following = self.next_own[source]
        if closers or following >= len(self._markers):
            return None
        behind = self._behind_segments(following)
        if behind is None or not self.is_pair(behind, len(self._markers)):
            return None
        return behind

    def _behind_segments(self, index: int) -> int | None:
        """The index behind a run of whole segments; None where none begins."""
        count = 0
        while count < _NESTED_LIMIT:
            behind = self._behind_segment(index)
            if behind is None:
                break
            index = behind
            count += 1
        return index if count else None

    def _behind_segment(self, index: int) -> int | None:
        """The index behind a whole segment; None if none begins there."""
        markers = self._markers
        if index >= len(markers) or markers[index].kind is not Kind.TARGET:
            return None
        lookup = self.next_own[index]
        close, _ = self.closer(index + 1, lookup)
        source = lookup + 1
        if close != lookup - 1 or source >= len(markers):
            return None
        if (markers[lookup].kind, markers[source].kind) != (Kind.LOOKUP, Kind.SOURCE):
            return None
        limit = self.next_own[source]
        end, _ = self.closer(source + 1, limit)
        return end + 2 if end is not None and self.is_pair(end, limit) else None
