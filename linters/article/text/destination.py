"""Link destinations as Markdown writes them (CommonMark 6.3)."""

from __future__ import annotations

import html
import re

from linters.model.finding import Extent

_ESCAPE = re.compile(
    r"\\([!-/:-@\[-`{-~])|(&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,48});)"
)
_RUN = re.compile(r"[^\\()\x00-\x20\x7f]+")
_POINTED = re.compile(r"<((?:[^<>\\\r\n]|\\.)*+)>")

_MAX_NESTED = 32
"""Nested parentheses that CommonMark parsers accept in a destination."""


def unescape(text: str) -> str:
    """A destination with its backslash escapes and character references decoded."""
    if "\\" not in text and "&" not in text:
        return text
    return _ESCAPE.sub(lambda match: match[1] or html.unescape(match[2]), text)


def destination(text: str, start: int, end: int) -> Extent | None:
    """The link destination that begins at an offset, without its ``<>``."""
    if text.startswith("<", start):
        pointed = _POINTED.match(text, start, end)
        return Extent(pointed.start(1), pointed.end(1)) if pointed else None
    depth = 0
    position = start
    while position < end:
        run = _RUN.match(text, position, end)
        if run:
            position = run.end()
            continue
        character = text[position]
        if character == "\\":
            position += 2 if text[position + 1 : position + 2] > " " else 1
            continue
        if character == "(":
            depth += 1
            if depth > _MAX_NESTED:
                return None
        elif character == ")" and depth:
            depth -= 1
        else:
            break
        position += 1
    return Extent(start, min(position, end))
