"""The options of ``articlelint audit``."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

from linters.cli.exit_status import ExitStatus
from linters.cli.gate_options import add_add_suppressions, add_config_from, validate_reason
from linters.cli.input_options import InputOptions, add_input_arguments
from linters.cli.inputs import NamedPaths
from linters.cli.options import (
    NetworkFlags,
    ReadOptions,
    RuleOptions,
    absolute,
    add_network_arguments,
    add_read_arguments,
    add_rule_arguments,
)
from linters.cli.parser import UsageError
from linters.cli.report_options import (
    GateOptions,
    OutputOptions,
    add_ignore_inherited,
    add_output_arguments,
)
from linters.model.report import Report

NEW = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditOptions:
    """Everything that ``articlelint audit`` takes, by group."""

    read: ReadOptions
    rules: RuleOptions
    network: NetworkFlags
    output: OutputOptions
    input: InputOptions
    journal: str | None = None
    executor: str | None = None
    archive: str | None = None
    split: str | None = None
    redirects: str | None = None
    no_run: bool = False
    config_from: str | None = None
    fail_on: str | None = None
    ignore_inherited: bool = False
    exit_zero: bool = False
    add_suppressions: str | None = None
    no_new_suppressions: bool = False
    unsafe_fixes: bool = False

    def validate(self) -> None:
        """UserError for options that need what an audit does not take."""
        validate_reason(self.add_suppressions)
        if self.no_new_suppressions:
            raise UsageError(
                "--no-new-suppressions: expected --since, which says what is new; "
                "articlelint check has it"
            )
        if self.add_suppressions is not None and self.no_run:
            raise UsageError("--add-suppressions cannot be combined with --no-run")

    def named(self) -> NamedPaths:
        """The articles' paths: arguments and a list."""
        return self.input.named(self.read.paths)

    @property
    def split_folder(self) -> Path | None:
        """The folder of ``--split owner=DIR``; UserError for another key."""
        if self.split is None:
            return None
        key, _, folder = self.split.partition("=")
        if key != "owner" or not folder:
            raise UsageError(f"--split: expected owner=DIR, got {self.split!r}")
        return absolute(folder)

    def status(self, report: Report) -> ExitStatus:
        """The exit status: findings count only with ``--fail-on``."""
        if report.interrupted:
            return ExitStatus.INTERRUPTED
        if report.errors:
            return ExitStatus.ERROR
        if self.fail_on is None:
            return ExitStatus.OK
        if self.fail_on == NEW:
            fails = report.audit is not None and bool(report.audit.broken_new)
            return ExitStatus.FINDINGS if fails and not self.exit_zero else ExitStatus.OK
        return GateOptions(
            fail_on=self.fail_on,
            exit_zero=self.exit_zero,
            ignore_inherited=self.ignore_inherited,
        ).status(report)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``AuditOptions``."""
    add_read_arguments(parser)
    add_rule_arguments(parser)
    add_input_arguments(parser)
    add_network_arguments(parser)
    _add_history_arguments(parser)
    group = parser.add_argument_group("gate")
    group.add_argument(
        "--fail-on",
        metavar="LEVEL|new",
        choices=("error", "warning", "info", NEW),
        help="exit with 1 for findings of this severity, or for links that broke since the last "
        "run (default: findings do not fail an audit)",
    )
    add_config_from(group)
    add_ignore_inherited(group)
    group.add_argument("--exit-zero", action="store_true", help="always exit with status 0")
    add_add_suppressions(group)
    group.add_argument(
        "--no-new-suppressions",
        action="store_true",
        help="as in check: an error without --since, which an audit does not take",
    )
    group.add_argument(
        "--unsafe-fixes",
        action="store_true",
        help="as in check: no effect without --fix or --diff, which an audit does not take",
    )
    add_output_arguments(parser)


def _add_history_arguments(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("history")
    group.add_argument(
        "--journal",
        metavar="FILE",
        help="the history of the links (default: in the user's data folder, named after the "
        "first root)",
    )
    group.add_argument(
        "--no-run", action="store_true", help="report the last finished run again, send nothing"
    )
    group.add_argument(
        "--archive",
        metavar="BASE_URL",
        nargs="?",
        const="",
        help="ask an archive for copies of broken pages (default: https://archive.org)",
    )
    group.add_argument(
        "--split", metavar="owner=DIR", help="also write one Markdown report per owner into DIR"
    )
    group.add_argument(
        "--redirects", metavar="FILE", help="write the permanent redirects as one patch"
    )
    group.add_argument(
        "--executor",
        metavar="dask://HOST:PORT",
        help="send the requests from the workers of a Dask cluster (extra: cluster)",
    )
