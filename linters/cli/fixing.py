"""``--fix``, ``--add-suppressions`` and ``--diff``: compute edits, then write or print them."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from linters.checker import Checker
from linters.cli.check_options import CheckOptions
from linters.cli.inputs import Input
from linters.cli.output import print_patch
from linters.fixes import apply
from linters.fixes.add_suppressions import add_suppressions
from linters.model.report import Report
from linters.pipeline.run import Options, RunInput
from linters.pipeline.run import run as run_pipeline

if TYPE_CHECKING:
    from concurrent.futures import Executor


@dataclass(frozen=True, slots=True)
class FixResult:
    """The report after fixing, how many findings were fixed, and whether a diff was printed."""

    report: Report
    count: int
    pending: bool


def fix(
    options: CheckOptions,
    entry: Input,
    checkers: Sequence[Checker],
    run_options: Options,
    executor: Executor | None,
) -> FixResult:
    """Fix the articles of one root or suppress its findings, or print the diff of that.

    The network is asked once, and once more for the report on what was fixed; the rounds
    between are offline.
    """
    repository, reported = entry.selection.repository, entry.selection.reported
    check = partial(_check, entry, checkers, run_options, executor)
    first = check({}, offline=False)
    if first.interrupted:
        return FixResult(first, 0, False)
    reason = options.change.add_suppressions
    if reason is not None:
        fixed = _suppressed(entry, first, reason)
    else:
        fixed = apply.fix_all(
            check,
            repository.read_bytes,
            unsafe=options.fixes.unsafe_fixes,
            first=first,
            paths=frozenset(reported),
        )
    if options.fixes.diff:
        print_patch(_diff(fixed, entry.prefix))
        return FixResult(first, fixed.count, bool(fixed.files))
    if options.prints_fixed_text:
        for path, data in repository.overlay.items():
            sys.stdout.flush()
            sys.stdout.buffer.write(fixed.files.get(path, data))
    else:
        apply.write(repository.root, fixed)
    report = check(fixed.files, offline=False) if fixed.files else first
    return FixResult(report, fixed.count, False)


def suppress(
    entry: Input,
    checkers: Sequence[Checker],
    run_options: Options,
    reason: str,
    executor: Executor | None,
) -> FixResult:
    """Check one root, write directives that suppress its findings, and check it again."""
    check = partial(_check, entry, checkers, run_options, executor)
    first = check({}, offline=False)
    if first.interrupted:
        return FixResult(first, 0, False)
    fixed = _suppressed(entry, first, reason)
    apply.write(entry.selection.repository.root, fixed)
    report = check(fixed.files, offline=False) if fixed.files else first
    return FixResult(report, fixed.count, False)


def _check(
    entry: Input,
    checkers: Sequence[Checker],
    run_options: Options,
    executor: Executor | None,
    files: Mapping[str, bytes],
    *,
    offline: bool = True,
) -> Report:
    """The report of one root with other contents of some files."""
    selection = entry.selection
    repository = selection.repository
    now = replace(repository, overlay={**repository.overlay, **files})
    network = replace(run_options.network, offline=offline or run_options.network.offline)
    own = replace(run_options, network=network)
    return run_pipeline(
        RunInput(now, selection.reported, checkers, own, selection.covers), executor
    )


def _suppressed(entry: Input, report: Report, reason: str) -> apply.Fixed:
    reported = set(entry.selection.reported)
    own = [finding for finding in report.findings if finding.path in reported]
    return add_suppressions(own, entry.selection.repository.read_bytes, reason.strip() or None)


def _diff(fixed: apply.Fixed, prefix: str) -> str:
    """The unified diff of one root's files; ``prefix`` goes before their paths."""
    return apply.diff(
        apply.Fixed(
            {prefix + path: data for path, data in fixed.files.items()},
            {prefix + path: data for path, data in fixed.before.items()},
            fixed.count,
        )
    )
