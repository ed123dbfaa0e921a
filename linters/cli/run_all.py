"""Checkers over every root of a command line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from linters.checker import Checker
from linters.cli.inputs import Input, run_notes
from linters.findings.build_report import rules_of
from linters.findings.core_rules import UNREADABLE_FILE
from linters.findings.merge_reports import merge
from linters.model.note import Note
from linters.model.report import Report
from linters.pipeline.process_pool import pool
from linters.pipeline.run import Options, RunInput, run

if TYPE_CHECKING:
    from concurrent.futures import Executor

    CheckRoot = Callable[[Input, Sequence[Checker], Options, Executor | None], Report]


def unreadable_notes(report: Report) -> tuple[Note, ...]:
    """What a command that reports no findings says of files that it could not read."""
    return tuple(
        Note(f"skipped, {finding.message}", finding.path, finding.range.start.line)
        for finding in report.findings
        if finding.rule == UNREADABLE_FILE
    )


def run_all(
    inputs: Iterable[Input],
    checkers: Sequence[Checker],
    options: Options,
    jobs: int | None = None,
    check_root: CheckRoot | None = None,
) -> Report:
    """The report of all roots together; an interrupt leaves out the roots after it.

    ``check_root`` checks one root, by default by the pipeline alone.
    """
    reports = []
    for entry in inputs:
        selection = entry.selection
        with pool(jobs, len(selection.reported)) as executor:
            own = replace(options, notes=(*options.notes, *run_notes(entry, checkers)))
            report = (check_root or _check_root)(entry, checkers, own, executor)
        reports.append((entry.prefix, report))
        if report.interrupted:
            break
    return merge(reports, rules_of(checkers))


def _check_root(
    entry: Input, checkers: Sequence[Checker], options: Options, executor: Executor | None
) -> Report:
    selection = entry.selection
    given = RunInput(selection.repository, selection.reported, checkers, options, selection.covers)
    return run(given, executor)
