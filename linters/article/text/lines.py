"""Offsets to lines and columns and back.

Only LF, CRLF and CR end a line (CommonMark 2.1), unlike ``str.splitlines``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

from linters.model.finding import Position, Range

LINE_END = re.compile(r"\r\n|\n|\r")


def line_of(text: str, offset: int) -> int:
    """The 1-based line of a 0-based code point offset: ``LineIndex`` for a single question."""
    within_crlf = text.startswith("\r\n", offset - 1) if offset else False
    return count_line_ends(text, offset) - within_crlf + 1


def count_line_ends(text: str, end: int | None = None) -> int:
    """The line ends before an offset, with that of a CR whose LF is after it."""
    crlf = text.count("\r\n", 0, end)
    return text.count("\n", 0, end) + text.count("\r", 0, end) - crlf


class LineIndex:
    """Maps 0-based code point offsets of one text to 1-based lines and columns, and back."""

    def __init__(self, text: str) -> None:
        self._text = text
        if text.count("\r") == text.count("\r\n"):
            lengths = map(len, text.split("\n")[:-1])
            self._starts = [0, *(end + line for line, end in enumerate(accumulate(lengths), 1))]
        else:
            self._starts = [0, *(match.end() for match in LINE_END.finditer(text))]

    def __len__(self) -> int:
        """The number of lines; a final line end starts one more, empty line."""
        return len(self._starts)

    def position(self, offset: int) -> Position:
        """The position of a code point offset."""
        line = bisect_right(self._starts, offset)
        return Position(line, offset - self._starts[line - 1] + 1)

    def range(self, start: int, end: int) -> Range:
        """The range between two code point offsets."""
        return Range(self.position(start), self.position(end))

    def offset(self, position: Position) -> int:
        """The code point offset of a position; ValueError if it is not in the text."""
        line, column = position
        if not 1 <= line <= len(self._starts) or column < 1:
            raise ValueError(f"no such position: {line}:{column}")
        offset = self._starts[line - 1] + column - 1
        if offset > self.line_end(line, keep_end=True):
            raise ValueError(f"no such position: {line}:{column}")
        return offset

    def line_start(self, line: int) -> int:
        """The offset of the first code point of a 1-based line."""
        return self._starts[line - 1]

    def line_end(self, line: int, *, keep_end: bool = False) -> int:
        """The offset after a 1-based line, with or without its line end."""
        end = self._starts[line] if line < len(self._starts) else len(self._text)
        if keep_end:
            return end
        start = self._starts[line - 1]
        while end > start and self._text[end - 1] in "\r\n":
            end -= 1
        return end

    def line(self, number: int) -> str:
        """The text of a 1-based line without its line end."""
        return self._text[self._starts[number - 1] : self.line_end(number)]
