"""The published text: targets kept, markers and source sides dropped."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from linters.model.finding import Extent


class PublishedText:
    """The published text of an article, and the mapping between its offsets and the article's.

    ``dropped`` are the extents that are not published, in order and without overlaps
    (``Tokens.dropped``); without any, the article is published as is.
    """

    def __init__(self, text: str, dropped: Iterable[Extent]) -> None:
        kept: list[Extent] = []
        position = 0
        for start, end in dropped:
            if start > position:
                kept.append(Extent(position, start))
            position = end
        if position < len(text) or not kept:
            kept.append(Extent(position, len(text)))
        self.text = text if position == 0 else "".join(text[start:end] for start, end in kept)
        self._originals = [extent.start for extent in kept]
        self._starts: list[int] = []
        total = 0
        for start, end in kept:
            self._starts.append(total)
            total += end - start

    def original(self, offset: int) -> int:
        """The article's offset of the code point at a published offset."""
        piece = bisect_right(self._starts, offset) - 1
        return self._originals[piece] + offset - self._starts[piece]

    def original_extent(self, start: int, end: int) -> Extent:
        """The article's extent from the first to the last code point of a published one."""
        if end <= start:
            offset = self.original(start)
            return Extent(offset, offset)
        return Extent(self.original(start), self.original(end - 1) + 1)

    def published(self, offset: int) -> int:
        """The published offset of an article's offset; dropped text maps to the next kept text."""
        piece = max(bisect_right(self._originals, offset) - 1, 0)
        length = (
            self._starts[piece + 1] if piece + 1 < len(self._starts) else len(self.text)
        ) - self._starts[piece]
        return self._starts[piece] + min(max(offset - self._originals[piece], 0), length)
