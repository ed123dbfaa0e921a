"""The links and anchors in the Markdown events of one text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from linters.article.text.markdown import Event
from linters.links.bare_urls import BareUrls, unescape_entities
from linters.links.docfx_markdown import directives
from linters.links.facts import Anchor, AnchorKind, Use
from linters.links.headings import HeadingText
from linters.links.markdown_destination import (
    definitions,
    inline_destination,
    normalize_label,
)
from linters.links.raw_html import read_raw_html
from linters.links.scanned_link import Extents, ScannedLink
from linters.model.finding import Extent
from linters.model.link import Syntax

_CONTAINERS = frozenset({"BlockQuote", "List", "Item", "FootnoteDefinition"})
_EMPHASIS = {"Emphasis": 1, "Strong": 2, "Strikethrough": 2}
_TAB = "#tab/"
_SPACED = re.compile(r"\[[^\[\]\r\n]*+\]\(([^\s()<>\"']+(?:[ \t]+[^\s()<>\"']+)+)[ \t]*\)")


class MarkdownLinks(NamedTuple):
    """The links and anchors of a text, in reading order."""

    links: list[ScannedLink]
    anchors: list[Anchor]


class _Text(NamedTuple):
    """A text event; no bare URL in it reaches beyond ``limit``."""

    start: int
    end: int
    limit: int


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
    for event in events:
        walk.see(event)
    silent = Extents([*raw.silent, *raw.comments, *extents])
    dead = Extents([*raw.dead, *extents])
    links = [
        *raw.links,
        *(link for construct in constructs for link in construct.links),
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
    anchors.sort(key=lambda pair: pair[0])
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


def _bare(
    text: str, texts: Iterable[_Text], silent: Extents, dead: Extents
) -> Iterator[ScannedLink]:
    position = 0
    urls = BareUrls(text)
    for start, end, limit in texts:
        first = max(start, position)
        if first >= end or silent.cover(start):
            continue
        for link in urls.between(first, end, dead.next_start(end, limit)):
            if not silent.cover(link.start):
                yield link
                position = max(position, link.end)


def _spaced(
    text: str, texts: Iterable[_Text], silent: Extents, dead: Extents
) -> Iterator[ScannedLink]:
    """Text that looks like an inline link, but has a space in its destination."""
    starts = {start for start, _, _ in texts}
    for match in _SPACED.finditer(text):
        if match.start() in starts and not silent.cover(match.start()):
            start, end = match.span(1)
            if dead.next_start(match.start(), end) == end:
                yield ScannedLink(match[1], start, end, Syntax.INLINE, Use.SPACED)


@dataclass(slots=True)
class _Open:
    """A link or image whose end is not reached; ``child`` is the end of its text so far."""

    start: Event
    child: int


class _Walk:
    """Takes each event once, in order."""

    def __init__(self, text: str, definitions: Mapping[str, ScannedLink], taken: Extents) -> None:
        self.links: list[ScannedLink] = []
        self.anchors: list[tuple[int, Anchor]] = []
        self.texts: list[_Text] = []
        self._text = text
        self._definitions = definitions
        self._used: set[int] = set()
        self._taken = taken
        self._open: list[_Open] = []
        self._images = 0
        self._heading: HeadingText | None = None
        self._code = False
        self._limits = [len(text)]

    def see(self, event: Event) -> None:
        """Take the next event."""
        if self._open and self._open[-1].start.start < event.start:
            self._open[-1].child = max(self._open[-1].child, event.end)
        if event.kind == "start":
            self._start(event)
        elif event.kind == "end":
            self._end(event)
        elif event.kind == "text" and not self._open and not self._code:
            self.texts.append(_Text(event.start, event.end, self._limits[-1]))
        if self._heading is not None:
            self._heading.see(event)

    def _start(self, event: Event) -> None:
        if event.tag in ("Link", "Image"):
            image = event.tag == "Image"
            self._images += image
            self._open.append(_Open(event, event.start + (2 if image else 1)))
        elif event.tag == "CodeBlock":
            self._code = True
        elif event.tag == "TableCell":
            self._limits.append(event.end)
        elif event.tag in _EMPHASIS:
            self._limits.append(event.end - self._marker(event))
        elif event.tag == "Heading":
            self._heading = HeadingText()

    def _marker(self, event: Event) -> int:
        """The length of the marker that closes emphasis."""
        return 1 if self._text[event.end - 2] != self._text[event.end - 1] else _EMPHASIS[event.tag]

    def _end(self, event: Event) -> None:
        if event.tag in ("Link", "Image"):
            opened = self._open.pop()
            self._images -= event.tag == "Image"
            if not self._images:
                self._link(opened)
        elif event.tag == "CodeBlock":
            self._code = False
        elif event.tag == "TableCell" or event.tag in _EMPHASIS:
            self._limits.pop()
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
        extent = Extent(event.start, event.end)
        if link_type in ("Autolink", "Email"):
            extent = Extent(event.start + 1, event.end - 1)
            self._add(unescape_entities(url), extent, Syntax.AUTOLINK, use)
        elif link_type == "Inline":
            if not url and opened.child - event.start == 1 + image:
                return  # "[]()" in prose, such as a list of punctuation
            if self._heading is not None and url.lower().startswith(_TAB):
                self._heading.tab = True
                use = Use.TAB
            syntax = Syntax.IMAGE if image else Syntax.INLINE
            place = inline_destination(self._text, opened.child, event.end, url)
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
