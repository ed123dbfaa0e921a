"""Write edited targets from an XLIFF 2 or TMX file back into the articles.

FILE is the result of ``localization export`` with edited targets. A target is written if the id,
the place and the source of its unit are still those of the article; all other units are listed
and left alone. Nothing else in an article changes. Exit status: 0, 1 if units were left alone,
or 2 if something cannot be read or written.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass

from linters.article.article import UnreadableError
from linters.cli.command import Command
from linters.cli.exit_status import ExitStatus
from linters.cli.inputs import Input, check_selectors_of_all, named_paths, open_inputs
from linters.cli.options import ReadOptions, absolute, add_read_arguments
from linters.cli.output import print_lines, print_note
from linters.fixes.apply import Fixed, diff, write
from linters.localization.exchange.target_import import LeftAlone, group_by_path, import_targets
from linters.localization.exchange.unit_reader import ReadUnit, read_units
from linters.reports.summary import plural

_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """The options of ``articlelint localization import``."""

    file: str
    read: ReadOptions
    diff: bool = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``ImportOptions``."""
    parser.add_argument("file", metavar="FILE", help="an XLIFF 2 or TMX file")
    add_read_arguments(parser)
    parser.add_argument(
        "--diff", action="store_true", help="print the changes as a diff and write nothing"
    )


def run(options: ImportOptions) -> int:
    """Run ``articlelint localization import``; returns the exit status."""
    inputs = open_inputs(options.read, named_paths(options.read.paths))
    check_selectors_of_all(options.read, inputs)
    articles = {
        entry.prefix + path: (entry, path) for entry in inputs for path in entry.selection.reported
    }
    before: dict[int, dict[str, bytes]] = {index: {} for index in range(len(inputs))}
    after: dict[int, dict[str, bytes]] = {index: {} for index in range(len(inputs))}
    changed = 0
    left_alone: list[LeftAlone] = []
    for path, units in group_by_path(read_units(absolute(options.file))):
        if path not in articles:
            left_alone += [LeftAlone(unit, "the article is not among the paths") for unit in units]
            continue
        entry, name = articles[path]
        try:
            data = entry.selection.repository.read_bytes(name)
            article = entry.selection.repository.read(name)
        except UnreadableError as error:
            left_alone += [LeftAlone(unit, f"unreadable: {error}") for unit in units]
            continue
        imported = import_targets(article, units)
        left_alone += imported.left_alone
        if imported.changed:
            changed += imported.changed
            index = inputs.index(entry)
            before[index][name] = data
            after[index][name] = (_BOM if article.bom else b"") + imported.text.encode()
    fixed = [Fixed(after[index], before[index]) for index in range(len(inputs))]
    for entry, change in zip(inputs, fixed, strict=True):
        _write(entry, change, shows=options.diff)
    print_lines(f"{_place(entry.unit)}: left alone: {entry.reason}" for entry in left_alone)
    files = sum(len(change.files) for change in fixed)
    verb = "would change" if options.diff else "changed"
    print_note(
        f"{plural(changed, 'target')} {verb} in {plural(files, 'article')}; "
        f"{len(left_alone):,} left alone"
    )
    return ExitStatus.FINDINGS if left_alone else ExitStatus.OK


COMMAND = Command(add_arguments, ImportOptions, run)


def _write(entry: Input, change: Fixed, *, shows: bool) -> None:
    if shows:
        sys.stdout.buffer.write(diff(change).encode())
        sys.stdout.buffer.flush()
    else:
        write(entry.selection.repository.root, change)


def _place(unit: ReadUnit) -> str:
    place = f":{unit.place.line}:{unit.place.column}" if unit.place else ""
    return f"{unit.path or 'unit without a file'}{place}: segment {unit.id or 'without an id'}"
