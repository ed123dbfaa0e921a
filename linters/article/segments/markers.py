"""Finds the tags of side-by-side segments, in whatever form they are written.

A clean marker is ``<span data-ttu-id="ID">``, ``<span class="sxs-lookup">``,
``<span data-stu-id="ID">`` or ``</span>``. Also recognized: other quotes, capitals, extra
spaces, the ``\\"`` of front matter, quotes replaced by entities, and truncated tags.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from linters.model.finding import Extent


class MarkerKind(StrEnum):
    """The role of a tag; ``OPEN`` is any other ``<span>``, ``CUT`` a tag cut off by the end."""

    TARGET = "target"
    LOOKUP = "lookup"
    SOURCE = "source"
    CLOSE = "close"
    OPEN = "open"
    CUT = "cut"


class Marker(NamedTuple):
    """One tag, from ``start`` to ``end`` (code points); ``id`` is empty without a readable one."""

    kind: MarkerKind
    start: int
    end: int
    id: str = ""
    corrupted: bool = False

    @property
    def extent(self) -> Extent:
        return Extent(self.start, self.end)


_QUOTE = r"""(?:\\?["'“”„]|\\?&(?:amp;)*(?:quot|apos|\#34|\#39|\#x22|\#x27);)"""
_TAG = re.compile(
    rf"""
    <\s*(?P<close>/)\s*span\s*>
    | <\s*span\b(?P<attributes>[^<>]*)>
    | (?:(?:<|&lt;)[^\S\r\n]?)?span\s+(?P<torn>
          data-[st]tu-id\s*=\s*{_QUOTE}?[0-9a-zA-Z-]*{_QUOTE}?
        | class\s*=\s*{_QUOTE}?sxs-lookup{_QUOTE}?
      )\s*(?:&gt;)?
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ID = re.compile(
    rf"""data-([st])tu-id\s*=\s*{_QUOTE}?([^"'“”„&\\<>\s]*)""", re.IGNORECASE | re.VERBOSE
)
_CLEAN = re.compile(
    r"""\s*(?:data-[st]tu-id|class)\s*=\s*(\\?["'])[^"'&\\]*\1[^&“”„]*""", re.IGNORECASE
)
_TORN_END = re.compile(
    r"""<(?:/(?:s(?:p(?:a(?:n)?)?)?)?|s(?:p(?:a(?:n\b[^<>]*)?)?)?)?\s*\Z""", re.IGNORECASE
)
_OPENINGS = (
    '<span data-ttu-id="',
    '<span data-stu-id="',
    '<span class="sxs-lookup"',
    "</span",
)


def find_markers(text: str) -> Iterator[Marker]:
    """All span tags of a text, damaged ones included, in order."""
    end = 0
    for match in _TAG.finditer(text):
        end = match.end()
        if match["close"]:
            yield Marker(MarkerKind.CLOSE, match.start(), end)
        else:
            yield _opening(match)
    torn = torn_end(text)
    if torn is not None and torn.start >= end:
        yield Marker(MarkerKind.CUT, *torn)


def torn_end(text: str) -> Extent | None:
    """The start of a marker that the end of the text cuts off; trailing white space is ignored."""
    start = text.rfind("<", max(0, len(text) - 120))
    if start < 0 or (match := _TORN_END.match(text, start)) is None:
        return None
    tail = match[0].rstrip()
    known = any(opening.startswith(tail) or tail.startswith(opening) for opening in _OPENINGS)
    return Extent(start, start + len(tail)) if known else None


def _opening(match: re.Match[str]) -> Marker:
    start, end = match.span()
    attributes = match["attributes"] if match["torn"] is None else match["torn"]
    lowered = attributes.lower()
    if "tu-id" in lowered and (found := _ID.search(attributes)):
        kind = MarkerKind.TARGET if found[1] in "tT" else MarkerKind.SOURCE
        identifier = found[2]
    elif "sxs-lookup" in lowered:
        kind, identifier = MarkerKind.LOOKUP, ""
    else:
        return Marker(MarkerKind.OPEN, start, end)
    if match["torn"] is None:
        corrupted = _CLEAN.fullmatch(attributes) is None
    else:
        corrupted = bool(match.string[end : end + 80].strip())
    return Marker(kind, start, end, identifier, corrupted)
