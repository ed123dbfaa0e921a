"""How findings are reported and what fails, for every command that reports findings."""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import dataclass

from linters.cli.exit_status import ExitStatus
from linters.cli.options import absolute, add_output_format, output_format
from linters.cli.parser import UsageError
from linters.model.finding import Severity
from linters.model.report import Report
from linters.reports.formats import FORMATS
from linters.util.suggestions import suggestion

STANDARD_OUTPUT = "-"
_STATISTICS = ("full", "concise", "json")
_LEVELS = (Severity.ERROR, Severity.WARNING, Severity.INFO)


@dataclass(frozen=True, slots=True, kw_only=True)
class GateOptions:
    """What makes the exit status 1."""

    fail_on: str = "error"
    exit_zero: bool = False
    ignore_inherited: bool = False

    def status(self, report: Report) -> ExitStatus:
        """The exit status for a report."""
        if report.interrupted:
            return ExitStatus.INTERRUPTED
        if report.errors:
            return ExitStatus.ERROR
        failing = _LEVELS[: _LEVELS.index(Severity(self.fail_on)) + 1]
        fails = any(
            finding.severity in failing
            and not (self.ignore_inherited and finding.data.get("inherited"))
            for finding in report.findings
        )
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
    add_ignore_inherited(group)
    group.add_argument("--exit-zero", action="store_true", help="always exit with status 0")


def add_ignore_inherited(group: argparse._ActionsContainer) -> None:
    """``--ignore-inherited``, which every command with a gate has."""
    group.add_argument(
        "--ignore-inherited",
        action="store_true",
        help="do not fail on findings that a translation has from its source",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputOptions:
    """How findings are reported."""

    output_format: str | None = None
    report: tuple[str, ...] = ()
    color: str = "auto"
    statistics: bool = False
    no_progress: bool = False
    quiet: bool = False
    verbose: bool = False

    @property
    def format(self) -> str:
        """The format of standard output; UsageError if it has no statistics that are wanted."""
        name = self.output_format
        if self.statistics and name is not None and name not in _STATISTICS:
            raise UsageError(f"--statistics: expected {', '.join(_STATISTICS)}, got {name}")
        return output_format(name, _STATISTICS if self.statistics else FORMATS)

    def report_files(self) -> list[tuple[str, str]]:
        """Format and absolute file (``-`` is standard output) of every ``--report``.

        UserError for an unknown format, and if two reports go to the same place.
        """
        files: list[tuple[str, str]] = []
        for text in self.report:
            name, _, file = text.partition("=")
            if not file:
                raise UsageError(f"--report: expected FORMAT=FILE, got {text!r}")
            if name not in FORMATS:
                known = suggestion(name, tuple(FORMATS)) or f"; expected {', '.join(FORMATS)}"
                raise UsageError(f"--report: unknown format {name!r}{known}")
            files.append((name, file if file == STANDARD_OUTPUT else str(absolute(file))))
        twice = [file for file, count in Counter(file for _, file in files).items() if count > 1]
        if twice:
            place = "standard output" if twice[0] == STANDARD_OUTPUT else twice[0]
            raise UsageError(f"--report: expected one report for {place}, got several")
        return files

    @property
    def prints_report(self) -> bool:
        """Whether standard output is for ``--output-format``, not for a ``--report FORMAT=-``."""
        return all(file != STANDARD_OUTPUT for _, file in self.report_files())


def add_output_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``OutputOptions``."""
    group = parser.add_argument_group("output")
    add_output_format(group)
    group.add_argument(
        "--report",
        metavar="FORMAT=FILE",
        action="append",
        default=[],
        help="write a report to a file as well, - is standard output (repeatable)",
    )
    group.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help="colours (default: auto)",
    )
    group.add_argument(
        "--statistics",
        action="store_true",
        help="count findings by rule, with the most frequent values and URLs",
    )
    group.add_argument("--no-progress", action="store_true", help="show no progress")
    group.add_argument("-q", "--quiet", action="store_true", help="print findings and errors only")
    group.add_argument("-v", "--verbose", action="store_true", help="print details of the run")
