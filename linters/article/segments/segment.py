"""The values of side-by-side segments: what the tokenizer gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from linters.model.finding import Extent


class Segment(NamedTuple):
    """One sentence, target and source; extents are code point offsets in the article.

    ``bounds`` are where opener, target, lookup, source and closer begin, each of which ends
    where the next begins, and where the closer ends.
    """

    id: str
    source_id: str
    bounds: tuple[int, int, int, int, int, int]

    @property
    def opener(self) -> Extent:
        """``<span data-ttu-id="ID">``."""
        return Extent(self.bounds[0], self.bounds[1])

    @property
    def target(self) -> Extent:
        """The translated text."""
        return Extent(self.bounds[1], self.bounds[2])

    @property
    def lookup(self) -> Extent:
        """All that stands between target and source."""
        return Extent(self.bounds[2], self.bounds[3])

    @property
    def source(self) -> Extent:
        """The original text."""
        return Extent(self.bounds[3], self.bounds[4])

    @property
    def closer(self) -> Extent:
        """``</span></span>``."""
        return Extent(self.bounds[4], self.bounds[5])

    @property
    def extent(self) -> Extent:
        """The whole segment, markers included."""
        return Extent(self.bounds[0], self.bounds[5])


@dataclass(frozen=True, slots=True)
class Damage:
    """What breaks the grammar at one place; ``rule`` is the name of the rule it offends.

    ``extent`` is the marker that is wrong, or the opener of the segment that lacks one.
    ``edits`` mend it where only one answer is possible: extents and their new text.
    """

    rule: str
    extent: Extent
    id: str = ""
    edits: tuple[tuple[Extent, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Tokens:
    """What the tokenizer found.

    ``segments`` are whole, in order and never overlap. ``dropped`` is all that readers do
    not get: markers and source sides, those of damaged segments as far as they can be told.
    """

    segments: tuple[Segment, ...] = ()
    damages: tuple[Damage, ...] = ()
    dropped: tuple[Extent, ...] = ()
