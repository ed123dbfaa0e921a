"""The raw HTML of a Markdown text: its links, its ids, and the text that it hides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from linters.article.includes import literal_extents
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
    raw = RawHtml(dead=list(literal_extents(events)))
    pieces: list[Extent] = []
    opened: list[tuple[str, int]] = []
    for event in events:
        kind = event.kind
        if kind == "text" or kind == "start":
            continue
        if kind == "end":
            if event.tag == "HtmlBlock":
                _scan(raw, text, pieces)
                pieces = []
            if opened and event.tag in _BLOCKS:
                opened.clear()
        elif kind == "html":
            pieces.append(Extent(event.start, event.end))
        elif kind == "inline-html":
            _read_inline(raw, text, Extent(event.start, event.end), opened)
    return raw


def _read_inline(raw: RawHtml, text: str, extent: Extent, opened: list[tuple[str, int]]) -> None:
    """Read a piece of inline HTML; ``opened`` are the elements that it may close."""
    for name, opens in _scan(raw, text, [extent]):
        if name in _SILENT and opens:
            opened.append((name, extent.start))
        elif opened and opened[-1][0] == name:
            raw.silent.append(Extent(opened.pop()[1], extent.end))


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
