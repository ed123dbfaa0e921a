"""The code and comments of a published text, and whether its header is a localized one."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from operator import itemgetter
from typing import NamedTuple

from linters.article.segments.published import PublishedText
from linters.article.text.markdown import Event, parse
from linters.model.finding import Extent

_HEADER = re.compile(r"---[ \t]*(?:\r\n|\n|\r).*?^(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE)
_LOCALIZED = re.compile(
    r"^ms\.(?:openlocfilehash|translationtype|contentlocale|lasthandoff|locfileid)[ \t]*:",
    re.MULTILINE,
)
_START = itemgetter(0)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


class CodeRange(NamedTuple):
    """An extent of published text; ``kind`` is ``fence``, ``inline`` or ``comment``."""

    extent: Extent
    kind: str


def is_localized(text: str) -> bool:
    """Whether the front matter contains a key that localization writes."""
    header = _HEADER.match(text)
    return header is not None and _LOCALIZED.search(header[0]) is not None


def code_extents(published: str) -> tuple[CodeRange, ...]:
    """The fenced and inline code and the comments of a published text, in order.

    Indented code is left out: nested lists and HTML often look like it.
    """
    header = _HEADER.match(published)
    shift = header.end() if header else 0
    code = code_of_events(parse(published[shift:]), shift)
    extents = [block.extent for block in code]
    position = 0
    comments = []
    for comment in _COMMENT.finditer(published, shift):
        while position < len(extents) and extents[position].end <= comment.start():
            position += 1
        if position == len(extents) or comment.start() < extents[position].start:
            comments.append(CodeRange(Extent(*comment.span()), "comment"))
    return tuple(sorted((*code, *comments)))


class CodeOffsets:
    """Whether an offset of an article is inside code or a comment; computed on first use."""

    def __init__(self, published: PublishedText) -> None:
        self._published = published

    @cached_property
    def _extents(self) -> tuple[Extent, ...]:
        return tuple(code.extent for code in code_extents(self._published.text))

    def __contains__(self, offset: int) -> bool:
        published = self._published.published(offset)
        index = bisect_right(self._extents, published, key=_START) - 1
        return index >= 0 and published < self._extents[index].end


def code_of_events(events: Sequence[Event], shift: int = 0) -> tuple[CodeRange, ...]:
    """The fenced and inline code among Markdown events, moved by ``shift``."""
    ranges = []
    for event in events:
        if event.kind == "code":
            ranges.append(CodeRange(Extent(event.start + shift, event.end + shift), "inline"))
        elif event.kind == "start" and event.tag == "CodeBlock" and _is_fenced(event):
            ranges.append(CodeRange(Extent(event.start + shift, event.end + shift), "fence"))
    return tuple(ranges)


def _is_fenced(event: Event) -> bool:
    return isinstance(event.value, dict) and "Fenced" in event.value
