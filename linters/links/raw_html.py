"""The raw HTML of a Markdown text: its links, its ids, and the text that it hides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from linters.article.text.markdown import Event
from linters.links.html import Pieces, scan
from linters.links.scanned_link import ScannedLink
from linters.model.finding import Extent

_SILENT = frozenset({"a", "code", "pre", "kbd", "samp"})
_BLOCKS = frozenset({"Paragraph", "Heading", "TableCell", "Item"})


@dataclass(frozen=True, slots=True)
class RawHtml:
    """Offsets are those of the Markdown text.

    ``dead`` are the extents of HTML and code, where no Markdown begins. ``comments`` are those
    after an unclosed comment. In ``silent`` ones (links and code written as inline HTML) a
    bare URL is not a link.
    """

    links: list[ScannedLink] = field(default_factory=list)
    ids: list[tuple[int, str]] = field(default_factory=list)
    dead: list[Extent] = field(default_factory=list)
    comments: list[Extent] = field(default_factory=list)
    silent: list[Extent] = field(default_factory=list)


def read_raw_html(text: str, events: Sequence[Event]) -> RawHtml:
    """The raw HTML, block and inline, among the events of a Markdown text."""
    raw = RawHtml()
    pieces: list[Extent] = []
    opened: list[tuple[str, int]] = []
    for event in events:
        extent = Extent(event.start, event.end)
        if event.kind == "html":
            pieces.append(extent)
        elif event.kind == "inline-html":
            raw.dead.append(extent)
            for name, opens in _scan(raw, text, [extent]):
                if name in _SILENT and opens:
                    opened.append((name, event.start))
                elif opened and opened[-1][0] == name:
                    raw.silent.append(Extent(opened.pop()[1], event.end))
        elif event.kind == "code":
            raw.dead.append(extent)
        elif event.kind == "end":
            if event.tag == "HtmlBlock":
                _scan(raw, text, pieces)
                pieces = []
            if event.tag in ("HtmlBlock", "CodeBlock"):
                raw.dead.append(extent)
            elif event.tag in _BLOCKS:
                opened.clear()
    return raw


def _scan(raw: RawHtml, text: str, extents: Sequence[Extent]) -> tuple[tuple[str, bool], ...]:
    hidden = raw.comments[-1].end if raw.comments else 0
    seen = [Extent(max(start, hidden), end) for start, end in extents if end > hidden]
    if not seen:
        return ()
    pieces = Pieces(text, seen)
    result = scan(pieces.text)
    for link in result.links:
        start, end = pieces.extent(link.start, link.end)
        raw.links.append(link._replace(start=start, end=end))
    raw.ids.extend((pieces.offset(offset), name) for offset, name in result.ids)
    if result.open_comment:
        end = text.find("-->", seen[-1].end)
        raw.comments.append(Extent(seen[-1].end, end + 3 if end >= 0 else len(text)))
    return result.tags
