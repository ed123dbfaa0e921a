"""The text a reader gets: targets kept, markers and source sides dropped."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from linters.finding import Extent
from linters.localization.segments import Segment


class PublishedText:
    """The published text of an article and the way back to the article's offsets.

    Articles without segments are published as they are.
    """

    def __init__(self, text: str, segments: Sequence[Segment]) -> None:
        kept: list[Extent] = []
        position = 0
        for segment in segments:
            kept.append(Extent(position, segment.opener.start))
            kept.append(segment.target)
            position = segment.closer.end
        kept.append(Extent(position, len(text)))
        kept = [extent for extent in kept if extent.end > extent.start] or [Extent(0, 0)]
        self.text = "".join(text[start:end] for start, end in kept) if segments else text
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
        """The published offset of an article's offset; dropped text maps to where it was."""
        piece = max(bisect_right(self._originals, offset) - 1, 0)
        length = (
            self._starts[piece + 1] if piece + 1 < len(self._starts) else len(self.text)
        ) - self._starts[piece]
        return self._starts[piece] + min(max(offset - self._originals[piece], 0), length)
