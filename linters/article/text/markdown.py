"""Markdown events with exact ranges; the one module that knows the parser (pyromark)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from typing import Any, NamedTuple

import pyromark

_OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
    | pyromark.Options.ENABLE_FOOTNOTES
)


class Event(NamedTuple):
    """One event of the Markdown parser.

    ``kind`` is ``start``, ``end``, ``text``, ``code``, ``html`` (block), ``inline-html``,
    ``soft-break``, ``hard-break``, ``rule``, ``footnote-reference`` or ``task-marker``;
    ``tag`` names what starts or ends (``Heading``, ``Link``, ``CodeBlock`` …); ``value``
    is the text, or the tag's attributes. Offsets are code points.
    """

    kind: str
    tag: str
    start: int
    end: int
    value: Any


_KINDS = {
    "Text": "text",
    "Code": "code",
    "Html": "html",
    "InlineHtml": "inline-html",
    "SoftBreak": "soft-break",
    "HardBreak": "hard-break",
    "Rule": "rule",
    "FootnoteReference": "footnote-reference",
    "TaskListMarker": "task-marker",
}
# Characters of one width in UTF-8.
_WIDE = re.compile("([\x80-\u07ff]+)|([\u0800-\uffff]+)|[\U00010000-\U0010ffff]+")


def parse(text: str, shift: int = 0) -> tuple[Event, ...]:
    """The events of a Markdown text without front matter (CommonMark, GFM tables).

    ``shift`` is added to all offsets. The parser ends a text at each character that might
    be markup; such texts are joined again where nothing but themselves is between them.
    """
    convert = _converter(text, shift)
    new = tuple.__new__
    events: list[Event] = []
    add = events.append
    opened: list[Event] = []
    first = last = -1  # of the texts that are being joined
    for raw, extent in pyromark.events_with_range(text, options=_OPTIONS):
        event: Any = raw
        pair: tuple[str, Any] = (event, None) if type(event) is str else next(iter(event.items()))
        name, value = pair
        if name == "End":
            if last >= 0:
                add(new(Event, ("text", "", first, last, text[first - shift : last - shift])))
                last = -1
            begun = opened.pop()
            add(new(Event, ("end", begun.tag, begun.start, begun.end, begun.value)))
            continue
        start, end = extent["start"], extent["end"]
        if convert is None:
            start += shift
            end += shift
        else:
            start, end = convert(start), convert(end)
        if last >= 0:
            if name == "Text" and start == last and len(value) == end - start:
                last = end
                continue
            add(new(Event, ("text", "", first, last, text[first - shift : last - shift])))
            last = -1
        if name == "Text" and len(value) == end - start:
            first, last = start, end
        elif name == "Start":
            tag, attributes = (value, None) if type(value) is str else next(iter(value.items()))
            begun = new(Event, ("start", tag, start, end, attributes))
            opened.append(begun)
            add(begun)
        else:
            add(new(Event, (_KINDS.get(name, name), "", start, end, value)))
    return tuple(events)


def _converter(text: str, shift: int) -> Callable[[int], int] | None:
    """From UTF-8 byte offsets to code point offsets; None where both are the same."""
    if text.isascii():
        return None
    bytes_before: list[int] = []  # by run of wide characters: where it begins, in bytes
    starts: list[int] = []  # … in code points
    widths: list[int] = []
    ends: list[int] = []  # … where it ends, in bytes
    after: list[int] = []  # … what to subtract from a byte offset after it
    extra = 0
    for run in _WIDE.finditer(text):
        start, end = run.span()
        width = (run.lastindex or 3) + 1
        bytes_before.append(start + extra)
        starts.append(start)
        widths.append(width)
        extra += (end - start) * (width - 1)
        ends.append(end + extra)
        after.append(extra)

    def convert(byte: int) -> int:
        run = bisect_right(bytes_before, byte) - 1
        if run < 0:
            return byte + shift
        if byte >= ends[run]:
            return byte - after[run] + shift
        return starts[run] + (byte - bytes_before[run]) // widths[run] + shift

    return convert
