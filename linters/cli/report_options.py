"""How findings are reported and what fails, for every command that reports findings."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

from linters.cli.exit_status import ExitStatus
from linters.cli.options import absolute, add_output_format, output_format
from linters.model.errors import UserError
from linters.model.finding import Severity
from linters.model.report import Report
from linters.reports.formats import FORMATS

_LEVELS = (Severity.ERROR, Severity.WARNING, Severity.INFO)


@dataclass(frozen=True, slots=True, kw_only=True)
class GateOptions:
    """What makes the exit status 1."""

    fail_on: str = "error"
    exit_zero: bool = False

    def status(self, report: Report) -> ExitStatus:
        """The exit status for a report."""
        if report.interrupted:
            return ExitStatus.INTERRUPTED
        if report.errors:
            return ExitStatus.ERROR
        failing = _LEVELS[: _LEVELS.index(Severity(self.fail_on)) + 1]
        fails = any(report.count(level) for level in failing)
        return ExitStatus.FINDINGS if fails and not self.exit_zero else ExitStatus.OK


def add_gate_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``GateOptions``."""
    group = parser.add_argument_group("gate")
    group.add_argument(
        "--fail-on",
        metavar="LEVEL",
        choices=tuple(map(str, _LEVELS)),
        default="error",
        help="the lowest severity that fails: error (default), warning or info",
    )
    group.add_argument("--exit-zero", action="store_true", help="always exit with status 0")


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputOptions:
    """How findings are reported."""

    output_format: str | None = None
    report: tuple[str, ...] = ()
    color: str = "auto"
    no_progress: bool = False
    quiet: bool = False
    verbose: bool = False

    @property
    def format(self) -> str:
        """The format of standard output."""
        return output_format(self.output_format)

    def report_files(self) -> list[tuple[str, Path]]:
        """Format and file of every ``--report``; UserError for an unknown format."""
        files = []
        for text in self.report:
            name, _, file = text.partition("=")
            if not file:
                raise UserError(f"--report: expected FORMAT=FILE, got {text!r}")
            if name not in FORMATS:
                raise UserError(f"--report: unknown format {name!r}; expected {', '.join(FORMATS)}")
            files.append((name, absolute(file)))
        return files


def add_output_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``OutputOptions``."""
    group = parser.add_argument_group("output")
    add_output_format(group)
    group.add_argument(
        "--report",
        metavar="FORMAT=FILE",
        action="append",
        default=[],
        help="write a report to a file as well (repeatable)",
    )
    group.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help="colours (default: auto)",
    )
    group.add_argument("--no-progress", action="store_true", help="show no progress")
    group.add_argument("-q", "--quiet", action="store_true", help="print findings and errors only")
    group.add_argument("-v", "--verbose", action="store_true", help="print details of the run")
