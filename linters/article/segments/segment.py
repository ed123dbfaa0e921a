"""The values that the segment tokenizer returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from linters.model.finding import Extent


class Segment(NamedTuple):
    """One sentence with its markers; all offsets are 0-based code points of the article.

    The parts follow one another without gaps: opener, target, lookup, source, closer. Each
    part ends where the next one starts.
    """

    id: str
    source_id: str
    start: int
    target_start: int
    target_end: int
    source_start: int
    source_end: int
    end: int

    @property
    def opener(self) -> Extent:
        """``<span data-ttu-id="ID">``."""
        return Extent(self.start, self.target_start)

    @property
    def target(self) -> Extent:
        """The translated text."""
        return Extent(self.target_start, self.target_end)

    @property
    def lookup(self) -> Extent:
        """``</span><span class="sxs-lookup"><span data-stu-id="ID">``."""
        return Extent(self.target_end, self.source_start)

    @property
    def source(self) -> Extent:
        """The original text."""
        return Extent(self.source_start, self.source_end)

    @property
    def closer(self) -> Extent:
        """``</span></span>``."""
        return Extent(self.source_end, self.end)

    @property
    def extent(self) -> Extent:
        """The whole segment, markers included."""
        return Extent(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Damage:
    """A violation of the segment grammar; ``rule`` is the name of the rule to report.

    ``extent`` is the wrong marker, or the opener of the segment that lacks one. ``edits``
    repair it (extents and their new text); empty where more than one repair is possible.
    A run of ``tags`` corrupted markers is one damage.
    """

    rule: str
    extent: Extent
    id: str = ""
    edits: tuple[tuple[Extent, str], ...] = ()
    tags: int = 1


@dataclass(frozen=True, slots=True)
class Tokens:
    """The result of tokenizing an article.

    ``segments`` are complete, in order, and never overlap. ``dropped`` is all that is not
    published: markers and source sides, including those of damaged segments where they can
    be recognized.
    """

    segments: tuple[Segment, ...] = ()
    damages: tuple[Damage, ...] = ()
    dropped: tuple[Extent, ...] = ()
