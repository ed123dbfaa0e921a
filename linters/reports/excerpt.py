"""The line of a finding with its place underlined, cut to what a terminal shows."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from linters.model.finding import Range
from linters.reports.escape import begins_command, escape, escape_character
from linters.util.shorten import CUT, shorten

COLUMNS = 70  # of 80: the rest is for the line number
_FEWEST = 20
_TAB = "    "
_MARKED = 200
_BEFORE = 16  # what is shown before a place that fills the line


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What is shown of one line; ``underline`` is the carets with spaces before them.

    ``marked`` repeats the underlined text where a terminal may reorder the line
    (right-to-left scripts), so that a caret alone may be in the wrong place.
    """

    text: str
    underline: str
    marked: str | None = None


def excerpt(line: str, place: Range, columns: int = COLUMNS) -> Excerpt:
    """The excerpt of a line (without its line end) around the place that starts in it.

    ``columns`` is the width of the excerpt. Columns of ``place`` are 1-based code points; a
    place that is empty or continues in the next line is marked as far as it goes, by at
    least one caret.
    """
    start = min(place.start.column - 1, len(line))
    end = place.end.column - 1 if place.end.line == place.start.line else len(line)
    end = max(min(end, len(line)), start)
    first, last = _window(line, start, end, max(columns, _FEWEST))
    before, marked, after = (
        _shown_between(line, *extent)
        for extent in ((first, start), (start, min(end, last)), (end, last))
    )
    lead = CUT if first else ""
    shown = line[first:last]
    reorders = end > start and not shown.isascii() and any(map(_is_right_to_left, shown))
    return Excerpt(
        text=lead + before + marked + after + (CUT if last < len(line) else ""),
        underline=" " * (len(lead) + _width(before)) + "^" * max(_width(marked), 1),
        marked=escape(shorten(line[start:end], _MARKED)) if reorders else None,
    )


def _window(line: str, start: int, end: int, columns: int) -> tuple[int, int]:
    """The part of the line to show, as 0-based offsets: the place, and what fits around it."""
    room = columns - 2 * len(CUT)
    last, room = _forward(line, start, end, room, min(_BEFORE, columns // 3))
    half = room // 2 if last == end else 0
    first, room = _back(line, start, room, half)
    last, room = _forward(line, last, len(line), room, 0)
    first, room = _back(line, first, room, 0)
    while 0 < first < start and not line[first].isascii() and _columns(line[first]) == 0:
        first += 1  # a mark would sit on the sign of the cut
    return first, last


def _forward(line: str, index: int, end: int, room: int, rest: int) -> tuple[int, int]:
    """The offset up to which there is room, with ``rest`` columns to spare, and what is left."""
    if room > rest and _is_plain(line[index : min(end, index + room)]):
        steps = min(end - index, room - rest)
        return index + steps, room - steps
    while index < end and room > rest:
        room -= _cost(line, index)
        index += 1
    return index, room


def _back(line: str, index: int, room: int, rest: int) -> tuple[int, int]:
    """The same towards the beginning of the line."""
    if room > rest and _is_plain(line[max(index - room, 0) : index]):
        steps = min(index, room - rest)
        return index - steps, room - steps
    while index > 0 and room > rest:
        index -= 1
        room -= _cost(line, index)
    return index, room


def _is_plain(text: str) -> bool:
    """Whether every character is shown as it is, in one column."""
    return text.isascii() and text.isprintable() and "#" not in text


def _cost(line: str, index: int) -> int:
    return max(_width(_shown(line, index)), 1)


def _shown_between(line: str, start: int, end: int) -> str:
    text = line[start : max(start, end)]
    return text if _is_plain(text) else "".join(_shown(line, index) for index in range(start, end))


def _shown(line: str, index: int) -> str:
    character = line[index]
    if character == "\t":
        return _TAB
    if character == "#" and begins_command(line, index):
        return "\\x23"
    return escape_character(character)


def _width(shown: str) -> int:
    """Columns on a terminal; the text has no control characters."""
    return len(shown) if _is_plain(shown) else _columns(shown)


def _columns(shown: str) -> int:
    from wcwidth import wcswidth  # its tables are large, and most text is ASCII

    return wcswidth(shown)


def _is_right_to_left(character: str) -> bool:
    """Whether some terminals show text around this character in another order."""
    return character >= "\u0590" and unicodedata.bidirectional(character) in ("R", "AL", "AN")
