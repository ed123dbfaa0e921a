"""The links and anchors in the Markdown events of one text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter, itemgetter
from typing import NamedTuple

from linters.article.text.extents import Extents
from linters.article.text.markdown import Event
from linters.links.bare_urls import TextExtents, bare_urls, unescape_entities
from linters.links.docfx_markdown import directives
from linters.links.facts import Anchor, AnchorKind, Use
from linters.links.headings import HeadingText
from linters.links.markdown_destination import (
    definitions,
    inline_destination,
    normalize_label,
)
from linters.links.raw_html import read_raw_html
from linters.links.scanned_link import ScannedLink
from linters.model.finding import Extent
from linters.model.link import Syntax

_CONTAINERS = frozenset({"BlockQuote", "List", "Item", "FootnoteDefinition"})
_EMPHASIS = {"Emphasis": 1, "Strong": 2, "Strikethrough": 2}
_TAB = "#tab/"
_SPACED_DESTINATION = re.compile(r"\]\([^\s()<>\"']+[ \t]")
_SPACED = re.compile(r"\[[^\[\]\r\n]*+\]\(([^\s()<>\"']+(?:[ \t]+[^\s()<>\"']+)+)[ \t]*\)")


class MarkdownLinks(NamedTuple):
    """The links and anchors of a text, in reading order."""

    links: list[ScannedLink]
    anchors: list[Anchor]


def read_markdown(text: str, start: int, events: Sequence[Event]) -> MarkdownLinks:
    """The links and anchors of a Markdown text whose body begins at ``start``."""
    raw = read_raw_html(text, events)
    comments = Extents(raw.comments)
    constructs = [
        construct
        for construct in directives(text, start, Extents(raw.dead))
        if not comments.cover(construct.extent.start)
    ]
    extents = [construct.extent for construct in constructs]
    walk = _Walk(text, _definitions(text, start, events), Extents([*extents, *raw.comments]))
    walk.take(events)
    silent = Extents([*raw.silent, *raw.comments, *extents])
    dead = Extents([*raw.dead, *extents])
    links = [
        *raw.links,
        *(link for construct in constructs for link in construct.links),
        *walk.links,
        *bare_urls(text, walk.texts, silent, dead),
        *_spaced(text, walk.texts, silent, dead),
    ]
    links.sort(key=attrgetter("start", "end"))
    anchors = [
        *walk.anchors,
        *((offset, Anchor(AnchorKind.ID, (name,))) for offset, name in raw.ids),
        *(
            (link.start, Anchor(AnchorKind.INCLUDE, (link.url,)))
            for link in links
            if link.use is Use.INCLUDE
        ),
    ]
    anchors.sort(key=itemgetter(0))
    return MarkdownLinks(links, [anchor for _, anchor in anchors])


def _definitions(text: str, start: int, events: Iterable[Event]) -> Mapping[str, ScannedLink]:
    """The link reference definitions by label; the first of a label counts."""
    found: dict[str, ScannedLink] = {}
    if "]:" not in text:
        return found
    covered = Extents(
        (event.start, event.end)
        for event in events
        if event.kind not in ("start", "end") or event.tag not in _CONTAINERS
    )
    for label, link in definitions(text, covered.gaps(start, len(text))):
        found.setdefault(label, link)
    return found


def _spaced(text: str, texts: TextExtents, silent: Extents, dead: Extents) -> Iterator[ScannedLink]:
    """Text that looks like an inline link, but has a space in its destination."""
    if _SPACED_DESTINATION.search(text) is None:
        return
    for match in _SPACED.finditer(text):
        if texts.at(match.start()) is None or silent.cover(match.start()):
            continue
        start, end = match.span(1)
        if dead.next_start(match.start(), end) == end:
            yield ScannedLink(match[1], start, end, Syntax.INLINE, Use.SPACED)


class _Walk:
    """Takes all events once, in order."""

    def __init__(self, text: str, definitions: Mapping[str, ScannedLink], taken: Extents) -> None:
        self.links: list[ScannedLink] = []
        self.anchors: list[tuple[int, Anchor]] = []
        self.texts = TextExtents()
        self._text = text
        self._definitions = definitions
        self._used: set[int] = set()
        self._taken = taken
        self._heading: HeadingText | None = None
        self._opened: list[tuple[Event, int]] = []  # links, and where their texts end so far
        self._images = 0
        self._code = False
        self._limits = [len(text)]

    def take(self, events: Iterable[Event]) -> None:
        """Take the events of a text; texts are the most frequent."""
        add_text = self.texts.add
        for event in events:
            kind, _, start, end, _ = event
            if self._opened:
                begun, child = self._opened[-1]
                if end > child and start > begun.start:
                    self._opened[-1] = (begun, end)
            if kind == "text":
                if not self._opened and not self._code:
                    add_text(start, end, self._limits[-1])
            elif kind == "start":
                self._start(event)
            elif kind == "end":
                self._end(event)
            if self._heading is not None:
                self._heading.see(event)

    def _start(self, event: Event) -> None:
        tag = event.tag
        if tag in ("Link", "Image"):
            self._images += tag == "Image"
            self._opened.append((event, event.start + (2 if tag == "Image" else 1)))
        elif tag == "Heading":
            self._heading = HeadingText()
        elif tag == "CodeBlock":
            self._code = True
        elif tag == "TableCell":
            self._limits.append(event.end)
        elif tag in _EMPHASIS:
            self._limits.append(event.end - self._marker(event))

    def _end(self, event: Event) -> None:
        tag = event.tag
        if tag in ("Link", "Image"):
            begun, child = self._opened.pop()
            self._images -= tag == "Image"
            if not self._images:
                self._link(begun, child)
        elif tag == "Heading":
            self._end_heading(event.start)
        elif tag == "CodeBlock":
            self._code = False
        elif tag == "TableCell" or tag in _EMPHASIS:
            self._limits.pop()

    def _marker(self, event: Event) -> int:
        """The length of the marker that closes emphasis."""
        single = self._text[event.end - 2] != self._text[event.end - 1]
        return 1 if single else _EMPHASIS[event.tag]

    def _end_heading(self, start: int) -> None:
        heading, self._heading = self._heading, None
        if heading is None:
            return
        names, ends = heading.slugs(), heading.around_includes()
        if names:
            self.anchors.append((start, Anchor(AnchorKind.HEADING, names)))
        if ends is not None:
            self.anchors.append((start, Anchor(AnchorKind.OPEN_HEADING, ends)))

    def _link(self, event: Event, child: int) -> None:
        if self._taken.cover(event.start):
            return
        url, link_type = event.value["dest_url"], event.value["link_type"]
        image = event.tag == "Image"
        use = Use.RESOURCE if image else Use.LINK
        extent = Extent(event.start, event.end)
        if link_type in ("Autolink", "Email"):
            extent = Extent(event.start + 1, event.end - 1)
            self._add(unescape_entities(url), extent, Syntax.AUTOLINK, use)
        elif link_type == "Inline":
            if not url and child - event.start == 1 + image:
                return  # "[]()" in prose, such as a list of punctuation
            if self._heading is not None and url.lower().startswith(_TAB):
                self._heading.tab = True
                use = Use.TAB
            syntax = Syntax.IMAGE if image else Syntax.INLINE
            place = inline_destination(self._text, child, event.end, url)
            self._add(url, place or extent, syntax, use)
        else:
            definition = self._definitions.get(normalize_label(event.value["id"]))
            if definition is None or definition.url != url:
                self._add(url, extent, Syntax.REFERENCE, use)
            elif definition.start not in self._used:
                self._used.add(definition.start)
                self.links.append(definition._replace(use=use))

    def _add(self, url: str, extent: Extent, syntax: Syntax, use: Use) -> None:
        self.links.append(ScannedLink(url, extent.start, extent.end, syntax, use))
