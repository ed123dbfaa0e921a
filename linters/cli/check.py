"""Check articles: front matter, localization segments and links, in one report.

Exit status: 0 no finding fails the gate, 1 findings that do, 2 usage, configuration, plug-in
or internal error, 130 interrupted.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack, redirect_stdout

from linters.cli.baselines import baseline_of, open_baseline, save_baseline
from linters.cli.check_options import CheckOptions, add_arguments
from linters.cli.ci_summary import runs_on_github, show_ci_summary
from linters.cli.command import Command
from linters.cli.exit_status import ExitStatus
from linters.cli.inputs import Input, checkers_for, open_inputs, run_notes
from linters.cli.output import print_error, print_note
from linters.cli.policy import Policy
from linters.cli.print_report import print_findings, print_roots, show_files, write_reports
from linters.cli.progress import Progress
from linters.cli.recording import last_run
from linters.findings.build_report import rules_of
from linters.findings.merge_reports import merge
from linters.model.report import Report
from linters.pipeline.process_pool import pool
from linters.pipeline.run import Options, RunInput
from linters.pipeline.run import run as run_pipeline
from linters.reports.summary import plural
from linters.util.signals import interrupts


def run(options: CheckOptions) -> int:
    """Run ``articlelint check``; returns the exit status."""
    with interrupts():
        return _run(options, time.monotonic())


COMMAND = Command(add_arguments, CheckOptions, run)


def _run(options: CheckOptions, started: float) -> int:
    options.change.validate()
    with ExitStack() as stack:
        return _check(options, started, Policy(options.change.config_from, stack))


def _check(options: CheckOptions, started: float, policy: Policy) -> int:
    output = options.output
    formats = {output.format, *(name for name, _ in output.report_files())}
    named = options.named()
    if not named.paths:
        print_note("no files to check")
        return ExitStatus.OK
    inputs = open_inputs(options.read, named, prints_notes=False, policy=policy)
    selection = options.rules.selection
    checkers = checkers_for(inputs, selection)
    if output.verbose:
        print_roots(inputs)
    if options.input.show_files:
        show_files(inputs)
        return ExitStatus.OK
    network = options.network.network_options(started)
    source = options.input.source()
    baseline = open_baseline(options.change.baseline, options.change.write_baseline, inputs, policy)
    keeps_hidden = "sarif" in formats and not runs_on_github()
    reports: list[tuple[str, Report]] = []
    fixed = 0
    pending = False
    with Progress(sys.stderr, enabled=not (output.no_progress or output.quiet)) as progress:
        for entry in inputs:
            repository, reported = entry.selection.repository, entry.selection.reported
            change = options.change.diff(repository)
            run_options = Options(
                choice=selection,
                network=network,
                change=change,
                baseline=baseline_of(baseline, entry, change),
                keeps_hidden=keeps_hidden,
                progress=progress,
                lines=bool(formats - {"json"}),
                notes=run_notes(entry, checkers),
                source=source,
            )
            with pool(options.input.jobs, len(reported)) as executor:
                if options.changes_files:
                    from linters.cli.fixing import fix

                    outcome = fix(options, entry, checkers, run_options, executor)
                    fixed += outcome.count
                    pending = pending or outcome.pending
                    report = outcome.report
                else:
                    covers = entry.selection.covers
                    last = last_run() if len(inputs) == 1 and not keeps_hidden else None
                    given = RunInput(repository, reported, checkers, run_options, covers, last)
                    report = run_pipeline(given, executor)
            reports.append((entry.prefix, report))
            if report.interrupted:
                break
    report = merge(reports, rules_of(checkers))
    written = options.change.write_baseline
    if written is not None and not report.interrupted and not report.errors:
        report = save_baseline(written, report, baseline)
    _print(report, fixed, options, inputs)
    show_ci_summary(report, formats)
    if output.verbose:
        print_note(f"took {time.monotonic() - started:.2f} s")
    if options.fixes.diff and not report.errors and not report.interrupted:
        fails = pending and not options.change.gate.exit_zero
        return ExitStatus.FINDINGS if fails else ExitStatus.OK
    return options.change.status(report)


def _print(report: Report, fixed: int, options: CheckOptions, inputs: Sequence[Input]) -> None:
    """Print the report, what was fixed, notes and errors; write the files of ``--report``."""
    if options.output.prints_report and not options.fixes.diff:
        # Standard output is for the fixed text, if there is one.
        with redirect_stdout(sys.stderr if options.prints_fixed_text else sys.stdout):
            print_findings(report, options.output, inputs)
    if fixed and not options.output.quiet:
        verb = "fix" if options.change.add_suppressions is None else "suppress"
        done = f"would {verb}" if options.fixes.diff else f"{verb}ed"
        print_note(f"{done} {plural(fixed, 'finding')}")
    write_reports(report, options.output, inputs)
    if options.change.forbids_suppressions_of(report) and not options.fixes.diff:
        count = plural(report.new_suppressions, "new suppression")
        print_error(f"--no-new-suppressions: {count}")
