"""Sets of extents of a text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from linters.model.finding import Extent


class Extents:
    """A set of extents of a text."""

    def __init__(self, extents: Iterable[Extent | tuple[int, int]] = ()) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(extents):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def cover(self, offset: int) -> bool:
        """Whether the code point at an offset is in one of the extents."""
        index = bisect_right(self._starts, offset) - 1
        return index >= 0 and offset < self._ends[index]

    def next_start(self, offset: int, limit: int) -> int:
        """The start of the first extent at or after an offset; at most ``limit``."""
        index = bisect_left(self._starts, offset)
        return min(self._starts[index], limit) if index < len(self._starts) else limit

    def gaps(self, start: int, end: int) -> Iterable[Extent]:
        """The extents between ``start`` and ``end`` outside of this set."""
        position = start
        for first, last in zip(self._starts, self._ends, strict=True):
            if first > position:
                yield Extent(position, min(first, end))
            position = max(position, last)
            if position >= end:
                return
        if position < end:
            yield Extent(position, end)
