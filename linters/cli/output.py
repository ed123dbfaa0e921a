"""What commands write: reports to standard output, notes and errors to standard error."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable

from linters.model.errors import ConfigurationError
from linters.model.finding import Position, Range
from linters.model.note import Note
from linters.reports.escape import escape, escape_line
from linters.reports.formats import TEXT_FORMATS


def print_note(message: str) -> None:
    """Write a note to standard error."""
    print(f"articlelint: note: {escape(message)}", file=sys.stderr)


def print_notes(notes: Iterable[Note]) -> None:
    """Write the notes of a run to standard error."""
    for note in notes:
        print_note(str(note))


def print_error(message: str) -> None:
    """Write an error to standard error; further lines of the message follow as they are."""
    first, *rest = message.split("\n")
    lines = [f"articlelint: error: {escape(first)}", *map(escape_line, rest)]
    print("\n".join(lines), file=sys.stderr)


def print_error_lines(lines: Iterable[str]) -> None:
    """Write lines to standard error, escaped for a terminal."""
    sys.stderr.write("".join(escape_line(line) + "\n" for line in lines))


def print_configuration_error(error: ConfigurationError) -> None:
    """Write every mistake of the configuration to standard error, with its line and a caret."""
    from linters.reports.excerpt import excerpt

    for problem in error.problems:
        print_error(str(problem))
        if problem.excerpt is not None and problem.line is not None:
            start = Position(problem.line, problem.column or 1)
            end = Position(problem.line, problem.end or start.column + 1)
            shown = excerpt(problem.excerpt, Range(start, end))
            number = str(problem.line)
            print(f" {number} | {shown.text}", file=sys.stderr)
            print(f" {' ' * len(number)} | {shown.underline}", file=sys.stderr)


def columns_of_output(default: int) -> int:
    """The columns of the terminal; elsewhere what COLUMNS asks for, else the default."""
    if sys.stdout.isatty():
        return shutil.get_terminal_size().columns
    value = os.environ.get("COLUMNS", "")
    return int(value) if value.isdecimal() and len(value) < 6 else default


def print_lines(lines: Iterable[str]) -> None:
    """Write lines to standard output, escaped for a terminal."""
    sys.stdout.write("".join(escape_line(line) + "\n" for line in lines))


def print_patch(text: str) -> None:
    """Write a patch to standard output: exactly as it is, so that it applies; a terminal gets
    it escaped."""
    if not sys.stdout.isatty():
        print_report(text, "diff")
        return
    lines = text.removesuffix("\n").split("\n")
    sys.stdout.write("".join("\t".join(map(escape, line.split("\t"))) + "\n" for line in lines))


def print_report(text: str | Iterable[str], name: str) -> None:
    """Write a report, or the pieces of one, to standard output.

    Formats for programs are UTF-8 whatever the encoding of the console.
    """
    pieces = [text] if isinstance(text, str) else text
    buffer = getattr(sys.stdout, "buffer", None)
    if name in TEXT_FORMATS or buffer is None:
        sys.stdout.writelines(pieces)
        return
    sys.stdout.flush()
    for piece in pieces:
        buffer.write(piece.encode("utf-8", "backslashreplace"))
    buffer.flush()
