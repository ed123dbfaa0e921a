"""Markdown events with exact ranges; the one module that knows the parser (pyromark)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import pyromark

from linters.article.text.lines import LineIndex

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
    is the text, or the tag's attributes. Offsets are code points in the parsed text.
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


def parse(text: str) -> tuple[Event, ...]:
    """The events of a Markdown text without front matter (CommonMark, GFM tables)."""
    index = LineIndex(text)
    convert = index.offset_of_byte
    events: list[Event] = []
    for raw, extent in pyromark.events_with_range(text, options=_OPTIONS):
        start, end = convert(extent["start"]), convert(extent["end"])
        event: Any = raw
        if isinstance(event, str):
            events.append(Event(_KINDS.get(event, event), "", start, end, None))
            continue
        ((name, value),) = event.items()
        if name in ("Start", "End"):
            tag, attributes = _tag(value)
            events.append(Event(name.lower(), tag, start, end, attributes))
        else:
            events.append(Event(_KINDS.get(name, name), "", start, end, value))
    return tuple(events)


def _tag(value: str | Mapping[str, Any]) -> tuple[str, Any]:
    if isinstance(value, str):
        return value, None
    ((tag, attributes),) = value.items()
    return tag, attributes
