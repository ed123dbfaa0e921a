"""The options of ``check`` that say what is new, known and accepted."""

from __future__ import annotations

import argparse
from dataclasses import dataclass

from linters.cli.exit_status import ExitStatus
from linters.cli.parser import AttachedValue, UsageError
from linters.cli.report_options import GateOptions
from linters.model.diff import Diff
from linters.model.report import Report
from linters.repository.repository import Repository


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeOptions:
    """What a gate on a change compares with, and what it lets pass."""

    gate: GateOptions
    since: str | None = None
    baseline: str | None = None
    write_baseline: str | None = None
    config_from: str | None = None
    no_new_suppressions: bool = False
    add_suppressions: str | None = None

    def validate(self) -> None:
        """UsageError for options that cannot be combined."""
        if self.no_new_suppressions and self.since is None:
            raise UsageError("--no-new-suppressions: expected --since, which says what is new")
        validate_reason(self.add_suppressions)
        if self.write_baseline is not None and self.since is not None:
            raise UsageError("--write-baseline cannot be combined with --since")
        if self.write_baseline is not None and self.config_from is not None:
            raise UsageError("--write-baseline cannot be combined with --config-from")

    def diff(self, repository: Repository) -> Diff | None:
        """What has changed since ``--since``; None without it."""
        if self.since is None:
            return None
        from linters.repository.diff_since import find_diff

        return find_diff(
            repository.root, self.since, repository.overlay, frozenset(repository.articles)
        )

    def status(self, report: Report) -> ExitStatus:
        """The exit status for a report."""
        status = self.gate.status(report)
        fails = self.forbids_suppressions_of(report)
        return ExitStatus.FINDINGS if status is ExitStatus.OK and fails else status

    def forbids_suppressions_of(self, report: Report) -> bool:
        """Whether ``--no-new-suppressions`` makes the exit status 1."""
        fails = self.no_new_suppressions and not self.gate.exit_zero
        return fails and report.new_suppressions > 0


def add_change_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``ChangeOptions``, but those of ``GateOptions``."""
    group = parser.add_argument_group("changes and known findings")
    group.add_argument(
        "--since", metavar="REV", help="report only what is new since a git revision"
    )
    group.add_argument("--baseline", metavar="FILE", help="do not report the findings in a file")
    group.add_argument(
        "--write-baseline", metavar="FILE", help="write all findings to a file, and prune it"
    )
    add_config_from(group)
    group.add_argument(
        "--no-new-suppressions",
        action="store_true",
        help="with --since: fail if the change adds a suppression, used or not",
    )
    add_add_suppressions(group)


def validate_reason(reason: str | None) -> None:
    """UsageError for a reason that a directive cannot contain."""
    if reason is not None and ("--" in reason or not reason.isprintable()):
        raise UsageError("--add-suppressions: expected a reason of one line without '--'")


def add_add_suppressions(group: argparse._ActionsContainer) -> None:
    """``--add-suppressions``, which ``check`` and ``audit`` share."""
    group.add_argument(
        "--add-suppressions",
        metavar="REASON",
        action=AttachedValue,
        help="write directives that suppress the findings; the reason is attached with =",
    )


def add_config_from(group: argparse._ActionsContainer) -> None:
    """``--config-from``, which ``check`` and ``audit`` share."""
    group.add_argument(
        "--config-from",
        metavar="REV",
        help="read what lowers a severity (configuration, schemas, baseline) from a revision",
    )
