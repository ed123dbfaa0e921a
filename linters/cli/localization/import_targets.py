"""Write edited targets from an XLIFF 2 or TMX file back into the articles.

FILE is the result of ``localization export`` with edited targets. A target is written if the id,
the place and the source of its unit are still those of the article; all other units are listed
and left alone. Nothing else in an article changes. The formats of --output-format for programs
have all of this as notes. Exit status: 0, 1 if units were left alone, or 2 if something cannot be
read or written.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from linters.article.article import UnreadableError
from linters.cli.command import Command
from linters.cli.exit_status import ExitStatus
from linters.cli.inputs import Input, open_inputs_of
from linters.cli.localization.messages import Messages
from linters.cli.options import (
    ReadOptions,
    absolute,
    add_output_format,
    add_read_arguments,
    output_format,
)
from linters.cli.output import print_lines
from linters.fixes.apply import Fixed, diff, write
from linters.localization.exchange.target_import import LeftAlone, group_by_path, import_targets
from linters.localization.exchange.unit_reader import read_units
from linters.model.note import Note
from linters.reports.formats import TEXT_FORMATS
from linters.reports.summary import plural

_BOM = b"\xef\xbb\xbf"
_SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """The options of ``articlelint localization import``."""

    file: str
    read: ReadOptions
    diff: bool = False
    output_format: str | None = None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``ImportOptions``."""
    parser.add_argument("file", metavar="FILE", help="an XLIFF 2 or TMX file")
    add_read_arguments(parser)
    parser.add_argument(
        "--diff", action="store_true", help="print the changes as a diff and write nothing"
    )
    add_output_format(parser)


def run(options: ImportOptions) -> int:
    """Run ``articlelint localization import``; returns the exit status."""
    name = output_format(options.output_format)
    messages = Messages(name)
    inputs = open_inputs_of(options.read)
    articles = {
        entry.prefix + path: (entry, path) for entry in inputs for path in entry.selection.reported
    }
    before: dict[int, dict[str, bytes]] = {index: {} for index in range(len(inputs))}
    after: dict[int, dict[str, bytes]] = {index: {} for index in range(len(inputs))}
    changed = 0
    left_alone: list[LeftAlone] = []
    elsewhere: dict[str, int] = {}
    for path, units in group_by_path(read_units(absolute(options.file))):
        if path not in articles:
            elsewhere[path] = len(units)
            continue
        entry, local = articles[path]
        try:
            data = entry.selection.repository.read_bytes(local)
            article = entry.selection.repository.read(local)
        except UnreadableError as error:
            messages.unreadable(path, str(error))
            left_alone += [LeftAlone(unit, f"unreadable: {error}") for unit in units]
            continue
        imported = import_targets(article, units)
        left_alone += imported.left_alone
        if imported.changed:
            changed += imported.changed
            index = inputs.index(entry)
            before[index][local] = data
            after[index][local] = (_BOM if article.bom else b"") + imported.text.encode()
    fixed = [Fixed(after[index], before[index]) for index in range(len(inputs))]
    for entry, change in zip(inputs, fixed, strict=True):
        _write(entry, change, shows=options.diff)
    others = tuple(_elsewhere(elsewhere))
    if name in TEXT_FORMATS:
        print_lines([*map(_line, left_alone), *others])
    else:
        for note in (*map(_note, left_alone), *map(Note, others)):
            messages.note(note)
    files = sum(len(change.files) for change in fixed)
    verb = "would change" if options.diff else "changed"
    kept = len(left_alone) + sum(elsewhere.values())
    targets = f"{plural(changed, 'target')} {verb} in {plural(files, 'article')}"
    messages.note(Note(f"{targets}; {kept:,} left alone"))
    messages.close(inputs, output_is_free=not options.diff)
    if messages.failed:
        return ExitStatus.ERROR
    return ExitStatus.FINDINGS if kept else ExitStatus.OK


COMMAND = Command(add_arguments, ImportOptions, run)


def _write(entry: Input, change: Fixed, *, shows: bool) -> None:
    if shows:
        sys.stdout.buffer.write(diff(change).encode())
        sys.stdout.buffer.flush()
    else:
        write(entry.selection.repository.root, change)


def _line(entry: LeftAlone) -> str:
    unit = entry.unit
    place = f":{unit.place.line}:{unit.place.column}" if unit.place else ""
    return f"{unit.path or 'unit without a file'}{place}: {_message(entry)}"


def _note(entry: LeftAlone) -> Note:
    place = entry.unit.place
    return Note(_message(entry), entry.unit.path or None, place.line if place else None)


def _message(entry: LeftAlone) -> str:
    return f"segment {entry.unit.id or 'without an id'}: left alone: {entry.reason}"


def _elsewhere(counts: Mapping[str, int]) -> Iterator[str]:
    """The articles that the file has and the command line does not, in one message."""
    if counts:
        names = ", ".join(path or "units without a file" for path in list(counts)[:_SHOWN])
        more = f" and {len(counts) - _SHOWN:,} more" if len(counts) > _SHOWN else ""
        segments = plural(sum(counts.values()), "segment")
        articles = plural(len(counts), "article")
        verb = "is" if len(counts) == 1 else "are"
        yield f"{segments} left alone: {articles} {verb} not among the paths: {names}{more}"
