"""Prints a report, and writes it to the files of ``--report``."""

from __future__ import annotations

import os
import sys

from linters.cli.output import (
    HUMAN_FORMATS,
    print_error,
    print_error_lines,
    print_notes,
    print_report,
)
from linters.cli.report_options import OutputOptions
from linters.model.errors import UserError
from linters.model.report import Report
from linters.reports.color import wants_color
from linters.reports.formats import renderer
from linters.util.safe_paths import refuse_detour


def print_findings(report: Report, options: OutputOptions) -> None:
    """Print the report to standard output in the format asked for."""
    name = options.format
    if options.quiet and name in HUMAN_FORMATS and not report.findings:
        return
    color = wants_color(options.color, sys.stdout, os.environ)
    print_report(renderer(name)(report, color=color), name)
    sys.stdout.flush()


def write_reports(report: Report, options: OutputOptions) -> None:
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
    for name, path in options.report_files():
        text = renderer(name)(report)
        refuse_detour(path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("utf-8", "backslashreplace"))
        except OSError as error:
            raise UserError(f"--report {name}={path}: {error.strerror}") from error
