"""Check articles: front matter, localization segments and links, in one report.

Exit status: 0 nothing that fails the gate, 1 findings that do, 2 usage, configuration, plug-in
or internal error, 130 interrupted.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from linters.cli import check_arguments as words
from linters.cli.common import (
    HUMAN_FORMATS,
    Input,
    check_rule_words,
    complain,
    emit,
    open_inputs,
    output_format,
    tell,
    tell_notes,
)
from linters.cli.progress import Progress
from linters.findings.build_report import rules_of
from linters.model.errors import UserError
from linters.model.finding import Severity
from linters.model.report import Report, merge
from linters.pipeline.plugins import load_checkers
from linters.pipeline.process_pool import pool
from linters.pipeline.run import Options, RunInput
from linters.pipeline.run import run as run_pipeline
from linters.reports.color import wants_color
from linters.reports.formats import renderer
from linters.util.safe_paths import refuse_detour
from linters.util.signals import interrupts

add_arguments = words.add_arguments
INTERRUPTED = 130


def run(arguments: argparse.Namespace) -> int:
    """Run ``articlelint check``; returns the exit status."""
    started = time.monotonic()
    with interrupts():
        try:
            return _run(arguments, started)
        except KeyboardInterrupt:
            complain("interrupted")
            return INTERRUPTED


def _run(arguments: argparse.Namespace, started: float) -> int:
    name = output_format(arguments)
    files = words.report_files(arguments)
    given = words.sources(arguments)
    if not given.paths:
        tell("no files to check")
        return 0
    inputs = open_inputs(arguments, given, prints_notes=False)
    checkers = load_checkers()
    choice = words.choice(arguments)
    check_rule_words(choice, inputs, rules_of(checkers))
    _describe(arguments, inputs)
    names = {name, *(one for one, _ in files)}
    network = words.network(arguments, started)
    reports: list[tuple[str, Report]] = []
    fixed = 0
    failed = False
    with Progress(sys.stderr, enabled=not (arguments.no_progress or arguments.quiet)) as progress:
        for one in inputs:
            options = Options(
                choice=choice,
                network=network,
                change=words.change(arguments, one.selection.repository),
                progress=progress,
                lines=bool(names - {"json"}),
                notes=one.notes,
            )
            with pool(arguments.jobs, len(one.selection.reported)) as executor:
                if arguments.fix or arguments.diff:
                    from linters.cli.fixing import fix

                    done = fix(arguments, one, checkers, options, executor)
                    fixed += done.count
                    failed = failed or done.pending
                    report = done.report
                else:
                    report = run_pipeline(
                        RunInput(
                            one.selection.repository, one.selection.reported, checkers, options
                        ),
                        executor,
                    )
            reports.append((one.prefix, report))
            if report.interrupted:
                break
    report = merge(reports)
    _print(arguments, report, name, fixed)
    write_files(files, report)
    if arguments.verbose:
        tell(f"took {time.monotonic() - started:.2f} s")
    if arguments.diff:
        failed = failed and not arguments.exit_zero
        return status(arguments, report) if report.errors or report.interrupted else int(failed)
    return status(arguments, report)


def _print(arguments: argparse.Namespace, report: Report, name: str, fixed: int) -> None:
    if not arguments.diff and not words.prints_fixed_text(arguments):
        quiet = arguments.quiet and name in HUMAN_FORMATS and not report.findings
        if not quiet:
            color = wants_color(arguments.color, sys.stdout, os.environ)
            emit(renderer(name)(report, color=color), name)
    if fixed and arguments.fix and not arguments.diff and not arguments.quiet:
        tell(f"fixed {fixed} finding{'s' * (fixed != 1)}")
    tell_notes(arguments, report.notes)
    for error in report.errors:
        complain(error)


def write_files(files: Sequence[tuple[str, Path]], report: Report) -> None:
    """Write the report to every ``--report``; UserError where one cannot be written."""
    for name, path in files:
        text = renderer(name)(report)
        refuse_detour(path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("utf-8", "backslashreplace"))
        except OSError as error:
            raise UserError(f"--report {name}={path}: {error.strerror}") from error


def status(arguments: argparse.Namespace, report: Report) -> int:
    """The exit status that a report deserves."""
    if report.interrupted:
        return INTERRUPTED
    if report.errors:
        return 2
    levels = (Severity.ERROR, Severity.WARNING, Severity.INFO)
    failing = levels[: levels.index(Severity(arguments.fail_on)) + 1]
    fails = any(report.count(level) for level in failing)
    return int(fails and not arguments.exit_zero)


def _describe(arguments: argparse.Namespace, inputs: Sequence[Input]) -> None:
    if not arguments.verbose:
        return
    for one in inputs:
        repository = one.selection.repository
        used = ", ".join(settings.source or "none" for settings in one.configurations.used)
        tell(
            f"root {repository.root}: {len(one.selection.reported):,} of "
            f"{len(repository.articles):,} articles, configuration: {used}"
        )
