"""Markdown events with exact ranges; the one module that knows the parser (pyromark)."""

from __future__ import annotations

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
_PIECE = 64
"""Code points that are decoded at most to convert an offset."""


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
        pair: tuple[str, Any] = (event, None) if type(event) is str else event.popitem()
        name, value = pair
        if name == "End":
            if last >= 0:
                add(new(Event, ("text", "", first, last, text[first - shift : last - shift])))
                last = -1
            _, tag, start, end, value = opened.pop()
            add(new(Event, ("end", tag, start, end, value)))
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
            tag, attributes = (value, None) if type(value) is str else value.popitem()
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
    data = text.encode()
    starts: list[int] = []  # by piece: where it begins, in bytes
    points: list[int] = []  # … in code points
    is_plain: list[bool] = []  # … whether each of its characters is one byte
    total = 0
    for point in range(0, len(text), _PIECE):
        piece = text[point : point + _PIECE]
        plain = piece.isascii()
        if not (plain and is_plain and is_plain[-1]):
            starts.append(total)
            points.append(point)
            is_plain.append(plain)
        total += len(piece.encode())
    starts.append(total + 1)
    first = after = taken = 0  # the latest piece of single bytes, and what to subtract there

    def convert(byte: int) -> int:
        nonlocal first, after, taken
        if first <= byte < after:
            return byte - taken
        piece = bisect_right(starts, byte) - 1
        start = starts[piece]
        if is_plain[piece]:
            first, after, taken = start, starts[piece + 1], start - points[piece] - shift
            return byte - taken
        return points[piece] + len(data[start:byte].decode()) + shift

    return convert
