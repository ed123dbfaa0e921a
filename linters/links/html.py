"""Links and ids in raw HTML: a tolerant scanner of tags and attributes.

It reads attributes as browsers do: quoted and unquoted values, over several lines, character
references decoded; nothing in comments, scripts and styles (HTML Living Standard 13.2.5).
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from html.entities import html5
from itertools import accumulate
from typing import NamedTuple

from linters.links.facts import Use
from linters.links.scanned_link import ScannedLink
from linters.model.finding import Extent
from linters.model.link import Syntax

_TAG = re.compile(
    r"<!--(?:>|->|.*?(?:--!?>|\Z))|<[!?][^>]*(?:>|\Z)|"
    r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9:-]*)"
    r"(?P<attributes>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*+)>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(
    r"(?P<name>[^\s\"'<>/=]+)(?:\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'"
    r"|(?P<bare>[^\s\"'][^\s>]*)))?"
)
_REFERENCE = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);?")
_CANDIDATE = re.compile(r"([^\s,]\S*)(?:\s+[^,]*)?")
_RAW = ("script", "style")
_LINKS: dict[str, frozenset[str] | None] = {
    "href": None,
    "src": None,
    "poster": frozenset({"video"}),
    "data": frozenset({"object"}),
    "action": frozenset({"form"}),
    "formaction": frozenset({"button", "input"}),
    "cite": frozenset({"blockquote", "q", "del", "ins"}),
    "longdesc": frozenset({"img", "iframe", "frame"}),
    "background": frozenset({"body", "table", "td", "th"}),
}
_USES = {"a": Use.LINK, "area": Use.LINK, "xref": Use.UID}


class Pieces:
    """The text of several extents of a source, joined, and the way back to the source."""

    def __init__(self, source: str, extents: Sequence[Extent]) -> None:
        self.text = "".join(source[start:end] for start, end in extents)
        self._extents = extents
        self._starts = [0, *accumulate(end - start for start, end in extents)][:-1]

    def extent(self, start: int, end: int) -> Extent:
        """The source's extent of an extent of the joined text."""
        first = self.offset(start)
        return Extent(first, self.offset(end - 1) + 1 if end > start else first)

    def offset(self, position: int) -> int:
        """The source's offset of a position in the joined text."""
        piece = bisect_right(self._starts, position) - 1
        return self._extents[piece].start + position - self._starts[piece]


class Scan(NamedTuple):
    """The contents of a piece of HTML.

    ``ids`` are pairs of offset and id, ``tags`` pairs of an element's name and whether the
    tag opens it. ``open_comment`` says that a comment is not closed.
    """

    links: tuple[ScannedLink, ...]
    ids: tuple[tuple[int, str], ...]
    tags: tuple[tuple[str, bool], ...]
    open_comment: bool


def scan(text: str) -> Scan:
    """The links, ids and tags of a piece of HTML; offsets are those of ``text``."""
    links: list[ScannedLink] = []
    ids: list[tuple[int, str]] = []
    tags: list[tuple[str, bool]] = []
    open_comment = False
    position = 0
    while tag := _TAG.search(text, position):
        position = tag.end()
        if tag["name"] is None:
            open_comment = tag[0].startswith("<!--") and not tag[0].endswith(">")
            continue
        name = tag["name"].lower()
        tags.append((name, not tag["close"]))
        if tag["close"]:
            continue
        attributes = list(_attributes(text, tag))
        named = any(attribute in ("id", "name") for attribute, *_ in attributes)
        for attribute, value, start, end in attributes:
            if attribute == "id" or (attribute == "name" and name == "a"):
                ids.append((start, value))
            elif value.strip() or not (named and attribute in ("href", "src")):
                links += _links(text, name, attribute, value, start, end)
        if name in _RAW:
            closer = re.compile(rf"</{name}\b", re.IGNORECASE).search(text, position)
            position = closer.start() if closer else len(text)
    return Scan(tuple(links), tuple(ids), tuple(tags), open_comment)


def _attributes(text: str, tag: re.Match[str]) -> Iterator[tuple[str, str, int, int]]:
    """Each attribute with a value: lower-case name, decoded value, extent; the first wins."""
    seen: set[str] = set()
    for match in _ATTRIBUTE.finditer(text, *tag.span("attributes")):
        name = match["name"].lower()
        if match.lastgroup == "name" or name in seen:
            continue
        seen.add(name)
        group = str(match.lastgroup)
        start, end = match.span(group)
        yield name, decode(match[group]), start, end


def _links(
    text: str, element: str, attribute: str, value: str, start: int, end: int
) -> Iterable[ScannedLink]:
    if attribute == "srcset":
        for candidate in _CANDIDATE.finditer(text, start, end):
            first, last = candidate.span(1)
            while last > first and text[last - 1] == ",":
                last -= 1
            yield ScannedLink(decode(text[first:last]), first, last, Syntax.HTML, Use.RESOURCE)
        return
    if attribute not in _LINKS:
        return
    elements = _LINKS[attribute]
    if elements is not None and element not in elements:
        return
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    use = _USES.get(element, Use.RESOURCE)
    yield ScannedLink(value.strip(), start, end, Syntax.HTML, use)


def decode(value: str) -> str:
    """An attribute's value with its character references decoded (13.2.5.73)."""
    if "&" not in value:
        return value
    return _REFERENCE.sub(_decode_one, value)


def _decode_one(match: re.Match[str]) -> str:
    written = match[0]
    if written.endswith(";") or written[1] == "#":
        return html.unescape(written)
    following = match.string[match.end() : match.end() + 1]
    if written[1:] in html5 and following != "=":
        return html.unescape(written)
    return written
