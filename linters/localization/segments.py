"""The side-by-side segments of a localized article.

A raw-text tokenizer: ``<span data-ttu-id="ID">TARGET</span><span class="sxs-lookup">
<span data-stu-id="ID">SOURCE</span></span>``. No HTML or Markdown parser keeps every pair
and its offsets.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from linters.finding import Extent

_OPENER = re.compile(r'<span data-ttu-id="([^"<>]*)">')
_LOOKUP = re.compile(r'</span><span class="sxs-lookup"><span data-stu-id="([^"<>]*)">')
_SPAN_TAG = re.compile(r"<(/?)span\b[^<>]*>")


@dataclass(frozen=True, slots=True)
class Segment:
    """One sentence, target and source; extents are code point offsets in the article."""

    id: str
    source_id: str
    opener: Extent
    target: Extent
    lookup: Extent
    source: Extent
    closer: Extent

    @property
    def extent(self) -> Extent:
        """The whole segment, markers included."""
        return Extent(self.opener.start, self.closer.end)


def find_segments(text: str) -> tuple[Segment, ...]:
    """All whole segments of a text, in order; damaged ones are passed over."""
    segments: list[Segment] = []
    openers = list(_OPENER.finditer(text))
    for index, opener in enumerate(openers):
        limit = openers[index + 1].start() if index + 1 < len(openers) else len(text)
        lookup = _LOOKUP.search(text, opener.end(), limit)
        if lookup is None:
            continue
        closer = _source_end(text, lookup.end(), limit)
        if closer is None:
            continue
        segments.append(
            Segment(
                id=opener[1],
                source_id=lookup[1],
                opener=Extent(opener.start(), opener.end()),
                target=Extent(opener.end(), lookup.start()),
                lookup=Extent(lookup.start(), lookup.end()),
                source=Extent(lookup.end(), closer),
                closer=Extent(closer, closer + len("</span></span>")),
            )
        )
    return tuple(segments)


def _source_end(text: str, start: int, limit: int) -> int | None:
    """Where the source's closing ``</span></span>`` begins: by depth, else the first one."""
    depth = 0
    for tag in _SPAN_TAG.finditer(text, start, limit):
        if tag[1]:
            if depth == 0:
                if text.startswith("</span>", tag.end(), limit):
                    return tag.start()
                break
            depth -= 1
        else:
            depth += 1
    first = text.find("</span></span>", start, limit)
    return first if first >= 0 else None
