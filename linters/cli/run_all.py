"""Checkers over every root of a command line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from linters.checker import Checker
from linters.cli.inputs import Input
from linters.findings.core_rules import UNREADABLE_FILE
from linters.model.note import Note
from linters.model.report import Report, merge
from linters.pipeline.process_pool import pool
from linters.pipeline.run import Options, RunInput, run


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
) -> Report:
    """The report of all roots together; an interrupt leaves out the roots after it."""
    reports = []
    for entry in inputs:
        selection = entry.selection
        with pool(jobs, len(selection.reported)) as executor:
            own = replace(options, notes=(*options.notes, *entry.notes))
            given = RunInput(
                selection.repository, selection.reported, checkers, own, selection.covers
            )
            report = run(given, executor)
        reports.append((entry.prefix, report))
        if report.interrupted:
            break
    return merge(reports)
