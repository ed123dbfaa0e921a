"""Prints a report, and writes it to the files of ``--report``."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from linters.cli.inputs import Input
from linters.cli.options import absolute
from linters.cli.output import (
    columns_of_output,
    print_error,
    print_error_lines,
    print_lines,
    print_note,
    print_notes,
    print_report,
)
from linters.cli.report_options import STANDARD_OUTPUT, OutputOptions
from linters.model.report import Report
from linters.reports.color import wants_color
from linters.reports.display import DEFAULT_COLUMNS, NARROWEST, Display
from linters.reports.formats import TEXT_FORMATS, render_pieces, text_pieces
from linters.util.safe_paths import write_output


def print_findings(report: Report, options: OutputOptions, inputs: Sequence[Input]) -> None:
    """Print the report to standard output in the format asked for."""
    name = options.format
    display = terminal_display(options, inputs)
    if options.statistics:
        from linters.cli.print_statistics import statistics_text

        print_report([statistics_text(report, name, display)], name)
    else:
        print_report(_render(name, report, display), name)
    sys.stdout.flush()


def write_reports(report: Report, options: OutputOptions, inputs: Sequence[Input]) -> None:
    """Print the notes and the errors of checkers, then write the files of ``--report``.

    UserError if a file cannot be written.
    """
    if not options.quiet:
        print_notes(report.notes)
    for error in report.errors:
        print_error(error)
    if options.verbose:
        for traceback in report.tracebacks:
            print_error_lines(traceback.splitlines())
    for name, file in options.report_files():
        text = _render(name, report, Display(path=relative_paths(inputs)))
        if file == STANDARD_OUTPUT:
            print_report(text, name)
        else:
            _write(Path(file), text, name)


def show_files(inputs: Sequence[Input]) -> None:
    """Print the articles to check, one a line (``--show-files``)."""
    path_of = relative_paths(inputs)
    print_lines(
        path_of(entry.prefix + path) for entry in inputs for path in entry.selection.reported
    )


def print_roots(inputs: Sequence[Input]) -> None:
    """Print each root with its articles and configuration (``-v``)."""
    for entry in inputs:
        repository = entry.selection.repository
        found = entry.configurations
        used = {found.of(path).source: None for path in ("", *entry.selection.reported)}
        files = ", ".join(source for source in used if source is not None)
        print_note(
            f"root {repository.root}: {len(entry.selection.reported):,} of "
            f"{len(repository.articles):,} articles, configuration: {files or 'none'}"
        )


def terminal_display(options: OutputOptions, inputs: Sequence[Input]) -> Display:
    """How the text formats look on standard output."""
    on_terminal = sys.stdout.isatty()
    return Display(
        color=wants_color(options.color, sys.stdout, os.environ),
        columns=max(columns_of_output(DEFAULT_COLUMNS), NARROWEST),
        on_terminal=on_terminal,
        path=relative_paths(inputs),
        summary=not options.quiet,
    )


def relative_paths(inputs: Sequence[Input]) -> Callable[[str], str]:
    """A report's path, relative to its root, as a path relative to the current folder."""
    folder = str(absolute(".").resolve())
    roots = [(entry.prefix, entry.selection.repository.root.resolve()) for entry in inputs]
    at_root = [root for _, root in roots] == [Path(folder)]

    @lru_cache(maxsize=4096)
    def relative(path: str) -> str:
        if at_root and not Path(path).is_absolute():  # --config may name a file elsewhere
            return path
        for prefix, root in roots:
            if path.startswith(prefix):
                try:
                    shown = os.path.relpath(root / path.removeprefix(prefix), folder)
                except ValueError:  # another drive on Windows
                    return path
                return shown.replace(os.sep, "/")
        return path

    return relative


def _render(name: str, report: Report, display: Display) -> Iterable[str]:
    """The pieces of a report's text."""
    if name in TEXT_FORMATS:
        return text_pieces(name, report, display)
    return render_pieces(name, report)


def _write(path: Path, text: Iterable[str], name: str) -> None:
    data = (piece.encode("utf-8", "backslashreplace") for piece in text)
    write_output(path, data, f"--report {name}={path}")
