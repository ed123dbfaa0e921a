"""Explains why the build does not recognize front matter that an author wrote.

Only where there is front matter: at least two lines that look like known keys. A thematic break
at the top of a page is not front matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from linters.article.header import Header
from linters.metadata.known_keys import EXPECTED
from linters.metadata.spelling import Misspelling, suggest_key
from linters.model.finding import Extent

_CONFLICT = re.compile(r"^(?:<{7}|>{7}|\|{7})(?: .*)?$|^={7}$", re.MULTILINE)
_REAL_CONFLICT = re.compile(r"^(?:<{7}|>{7})(?: .*)?$", re.MULTILINE)
_LINE = re.compile(r"[^\r\n]*")
_TAG = re.compile(r"</?span\b[^<>]*>")
_KEY = re.compile(r"[ \t]*(?P<key>[^\s:#\-][^:\r\n]{0,60}?)[ \t]*[:：](?:[ \t]|$)")
_DASHES = re.compile(r"[-–—‒―−－_=~*]{2,}|[–—‒―−－…]|\.\.\.|(?:[-–—−－] ?){2,}")
_BLANK = " \t\r\n\u00a0\u200b\u2060\ufeff\u200e\u200f"
_LINES_LOOKED_AT = 12
_LINES_OF_A_HEADER = 60
_REFERENCE_KEYS = frozenset(("external help file", "online version", "Module Name", "schema"))
"""Keys that PlatyPS writes into reference pages."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the front matter is not recognized, how to fix it, and where."""

    message: str
    help: str
    extent: Extent


def find_conflict(text: str, extent: Extent) -> Reason | None:
    """Markers of an unresolved merge in a header."""
    if _REAL_CONFLICT.search(text, extent.start, extent.end) is None:
        return None
    match = _CONFLICT.search(text, extent.start, extent.end)
    if match is None:
        return None
    message = "the front matter contains the markers of an unresolved merge"
    return Reason(message, "resolve the merge and delete the markers", Extent(*match.span()))


def find_nested(header: Header) -> Reason | None:
    """All keys nested below one unknown key."""
    if header.root is None or len(header.entries) != 1:
        return None
    entry = header.entries[0]
    if entry.key in EXPECTED:
        return None
    known = sum(below.key in EXPECTED for below in entry.node.entries)
    if known < 2:
        return None
    message = f"all keys are nested below {entry.key!r}, expected at the top level"
    return Reason(message, f"delete {entry.key!r} and its indentation", entry.extent)


def find_reason(text: str) -> Reason | None:
    """Why front matter is not recognized; None where the author wrote none."""
    start, first = _first_line(text)
    if not first:
        return None
    extent = Extent(start, start + len(first))
    bare = _TAG.sub("", first).strip(_BLANK)
    if _REAL_CONFLICT.match(first):
        return _conflict_above(text, start, extent)
    if not _looks_like_header(text, start):
        return None
    for found in (_above(text, start, first), _delimiter(text, first, bare)):
        if found is not None:
            return Reason(*found, extent)
    lines = list(_lines(text, start))
    if any(
        line.rstrip() == "---" and all(map(_is_key, lines[index + 1 : index + 3]))
        for index, line in enumerate(lines[:-2])
    ):
        message = "text before the opening ---, which must be the very first line"
        return Reason(message, "move the text above to after the front matter", extent)
    return None


def _first_line(text: str) -> tuple[int, str]:
    """The offset and text of the first line that is not blank."""
    start = len(text) - len(text.lstrip(" \t\r\n"))
    start = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    match = _LINE.match(text, start)
    return start, match[0] if match else ""


def _conflict_above(text: str, start: int, extent: Extent) -> Reason | None:
    if not any(_is_key(line) for line in _lines(text, start)):
        return None
    message = "the markers of an unresolved merge surround the front matter"
    return Reason(message, "resolve the merge and delete the markers", extent)


def _above(text: str, start: int, first: str) -> tuple[str, str] | None:
    """What is wrong before the delimiter."""
    if text.startswith(("ï»¿", "\ufffd")):
        return (
            "the file was saved in the wrong encoding: its byte order mark became text",
            "delete the characters before the three hyphens, and save the file as UTF-8",
        )
    if text.startswith("\ufeff"):
        return (
            "second byte order mark before the front matter",
            "save the file as UTF-8 with one byte order mark, or none",
        )
    if first[:1] in "\u00a0\u200b\u2060\u200e\u200f":
        return (
            "invisible character before the opening ---",
            "delete the characters before the three hyphens",
        )
    if _TAG.match(first):
        return (
            "the front matter is wrapped in segment spans",
            "remove the spans; front matter is not translated segment by segment",
        )
    if start > 0:
        return (
            "blank lines before the opening ---, which must be the very first line",
            "delete the blank lines at the top",
        )
    if first[:1] in " \t" and first.strip() == "---":
        return ("the opening --- is indented", "delete the spaces before the three hyphens")
    return None


def _delimiter(text: str, first: str, bare: str) -> tuple[str, str] | None:
    """What is wrong with the delimiters."""
    if bare == "---":
        return (
            "the front matter is not closed by a line --- or ...",
            "add a line of three hyphens after the last key",
        )
    if bare.startswith("---") and not bare.startswith("----"):
        return (
            "text after the opening ---, which must be alone on its line",
            "leave only the three hyphens on the first line",
        )
    if bare.startswith("```"):
        return (
            "the front matter is inside a code fence",
            "delete the fence around the front matter",
        )
    if bare in ("+++", ";;;"):
        return (
            f"the front matter is delimited by {bare}, expected ---",
            "write it as YAML between lines of three hyphens",
        )
    if _DASHES.fullmatch(bare):
        return (
            f"the opening delimiter is {bare}, expected ---",
            "write three plain hyphens, for the closing delimiter as well",
        )
    if _is_key(first) and any(
        _TAG.sub("", line).strip() == "---" for line in _lines(text, 0, _LINES_OF_A_HEADER)
    ):
        return (
            "the opening --- is missing",
            "add a line of three hyphens before the first key",
        )
    return None


def _looks_like_header(text: str, start: int) -> bool:
    """Whether at least two known keys follow within the first lines."""
    return sum(map(_is_key, _lines(text, start))) >= 2


def _lines(text: str, start: int, count: int = _LINES_LOOKED_AT) -> Iterator[str]:
    """The first lines from an offset on."""
    for _ in range(count):
        match = _LINE.match(text, start)
        if match is None or start >= len(text):
            return
        yield match[0][:400]
        start = match.end() + (2 if text.startswith("\r\n", match.end()) else 1)


def _is_key(line: str) -> bool:
    """Whether a line is a metadata key with a value; the key may be misspelt or translated."""
    match = _KEY.match(_TAG.sub("", line))
    if match is None:
        return False
    key = match["key"].strip("\"'`* ")
    if key in EXPECTED or key in _REFERENCE_KEYS:
        return True
    suggestion = suggest_key(key, (), EXPECTED)
    return suggestion is not None and suggestion.kind is not Misspelling.WORDS
