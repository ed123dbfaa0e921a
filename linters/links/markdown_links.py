"""The links and anchors in the Markdown events of one text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from linters.article.text.markdown import Event
from linters.links.bare import BareUrls, unescape_entities
from linters.links.docfx_markdown import directives
from linters.links.facts import Anchor, AnchorKind, Use
from linters.links.headings import HeadingText
from linters.links.markdown_destination import (
    Definition,
    definitions,
    inline_destination,
    normalize_label,
)
from linters.links.raw_html import read_raw_html
from linters.links.scanned_link import Extents, Found
from linters.model.finding import Extent
from linters.model.link import Syntax

_CONTAINERS = frozenset({"BlockQuote", "List", "Item", "FootnoteDefinition"})
_TAB = "#tab/"
_SPACED = re.compile(r"\[[^\[\]\r\n]*+\]\(([^\s()<>\"']+(?:[ \t]+[^\s()<>\"']+)+)[ \t]*\)")


class Contents(NamedTuple):
    """The links and anchors of a text, in reading order."""

    links: list[Found]
    anchors: list[Anchor]


def read_markdown(text: str, start: int, events: Sequence[Event]) -> Contents:
    """The links and anchors of a Markdown text whose body begins at ``start``."""
    raw = read_raw_html(text, events)
    comments = Extents(raw.comments)
    constructs = [
        one
        for one in directives(text, start, Extents(raw.dead))
        if not comments.cover(one.extent.start)
    ]
    taken = Extents([*(one.extent for one in constructs), *raw.comments])
    walk = _Walk(text, _definitions(text, start, events), taken)
    for event in events:
        walk.see(event)
    silent = Extents([*raw.silent, *raw.comments, *(one.extent for one in constructs)])
    dead = Extents([*raw.dead, *(one.extent for one in constructs)])
    links = [
        *raw.links,
        *(link for one in constructs for link in one.links),
        *walk.links,
        *_bare(text, walk.texts, silent, dead),
        *_spaced(text, walk.texts, silent, dead),
    ]
    links.sort(key=lambda link: (link.start, link.end))
    anchors = [
        *walk.anchors,
        *((offset, Anchor(AnchorKind.ID, (name,))) for offset, name in raw.ids),
        *(
            (link.start, Anchor(AnchorKind.INCLUDE, (link.url,)))
            for link in links
            if link.use is Use.INCLUDE
        ),
    ]
    anchors.sort(key=lambda one: one[0])
    return Contents(links, [anchor for _, anchor in anchors])


def _definitions(text: str, start: int, events: Iterable[Event]) -> Mapping[str, Definition]:
    """The link reference definitions by label; the first of a label counts."""
    found: dict[str, Definition] = {}
    if "]:" not in text:
        return found
    covered = Extents(
        (event.start, event.end)
        for event in events
        if event.kind not in ("start", "end") or event.tag not in _CONTAINERS
    )
    for one in definitions(text, covered.gaps(start, len(text))):
        found.setdefault(one.label, one)
    return found


def _bare(
    text: str, texts: Iterable[tuple[int, int, int]], silent: Extents, dead: Extents
) -> Iterator[Found]:
    position = 0
    urls = BareUrls(text)
    for start, end, limit in texts:
        first = max(start, position)
        if first >= end or silent.cover(start):
            continue
        for one in urls.between(first, end, dead.next_start(end, limit)):
            if not silent.cover(one.start):
                yield Found(one.url, one.start, one.end, Syntax.BARE, Use.LINK)
                position = max(position, one.end)


def _spaced(
    text: str, texts: Iterable[tuple[int, int, int]], silent: Extents, dead: Extents
) -> Iterator[Found]:
    """What looks like an inline link, but has a space in its destination."""
    starts = {start for start, _, _ in texts}
    for match in _SPACED.finditer(text):
        if match.start() in starts and not silent.cover(match.start()):
            start, end = match.span(1)
            if dead.next_start(match.start(), end) == end:
                yield Found(match[1], start, end, Syntax.INLINE, Use.SPACED)


@dataclass(slots=True)
class _Open:
    """A link or image whose end is not reached; ``child`` is where its text ends so far."""

    start: Event
    child: int


class _Walk:
    """Sees each event once, in order."""

    def __init__(self, text: str, definitions: Mapping[str, Definition], taken: Extents) -> None:
        self.links: list[Found] = []
        self.anchors: list[tuple[int, Anchor]] = []
        self.texts: list[tuple[int, int, int]] = []
        self._text = text
        self._definitions = definitions
        self._used: set[int] = set()
        self._taken = taken
        self._open: list[_Open] = []
        self._heading: HeadingText | None = None
        self._code = False
        self._cell: int | None = None

    def see(self, event: Event) -> None:
        """Take the next event."""
        if self._open and self._open[-1].start.start < event.start:
            self._open[-1].child = max(self._open[-1].child, event.end)
        if event.kind == "start":
            self._start(event)
        elif event.kind == "end":
            self._end(event)
        elif event.kind == "text" and not self._open and not self._code:
            limit = len(self._text) if self._cell is None else self._cell
            self.texts.append((event.start, event.end, limit))
        if self._heading is not None:
            self._heading.see(event)

    def _start(self, event: Event) -> None:
        if event.tag in ("Link", "Image"):
            child = event.start + (2 if event.tag == "Image" else 1)
            self._open.append(_Open(event, child))
        elif event.tag == "CodeBlock":
            self._code = True
        elif event.tag == "TableCell":
            self._cell = event.end
        elif event.tag == "Heading":
            self._heading = HeadingText()

    def _end(self, event: Event) -> None:
        if event.tag in ("Link", "Image"):
            opened = self._open.pop()
            if not any(one.start.tag == "Image" for one in self._open):
                self._link(opened)
        elif event.tag == "CodeBlock":
            self._code = False
        elif event.tag == "TableCell":
            self._cell = None
        elif event.tag == "Heading" and self._heading is not None:
            names = self._heading.slugs()
            if names:
                self.anchors.append((event.start, Anchor(AnchorKind.HEADING, names)))
            self._heading = None

    def _link(self, opened: _Open) -> None:
        event = opened.start
        if self._taken.cover(event.start):
            return
        url, link_type = event.value["dest_url"], event.value["link_type"]
        image = event.tag == "Image"
        use = Use.RESOURCE if image else Use.LINK
        if link_type in ("Autolink", "Email"):
            extent = Extent(event.start + 1, event.end - 1)
            self._add(unescape_entities(url), extent, Syntax.AUTOLINK, use)
        elif link_type == "Inline":
            place = inline_destination(self._text, opened.child, event.end, url)
            if self._heading is not None and url.lower().startswith(_TAB):
                self._heading.tab = True
                use = Use.TAB
            syntax = Syntax.IMAGE if image else Syntax.INLINE
            self._add(url, place or Extent(event.start, event.end), syntax, use)
        else:
            definition = self._definitions.get(normalize_label(event.value["id"]))
            if definition is None or definition.url != url:
                self._add(url, Extent(event.start, event.end), Syntax.REFERENCE, use)
            elif definition.extent.start not in self._used:
                self._used.add(definition.extent.start)
                self._add(url, definition.extent, Syntax.REFERENCE, use)

    def _add(self, url: str, extent: Extent, syntax: Syntax, use: Use) -> None:
        self.links.append(Found(url, extent.start, extent.end, syntax, use))
