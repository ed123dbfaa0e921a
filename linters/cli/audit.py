"""Check whole repositories with history: what broke, what healed, and whom to ask.

Each finished run is kept in a journal; an unfinished one is resumed. Exit status: 0 the run
was finished or ended by --deadline, 1 findings that --fail-on names, 2 usage, configuration,
plug-in or internal error, 130 interrupted.
"""

from __future__ import annotations

import sys
import time
from concurrent.futures import Executor
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from linters.audit.ask_archive import ask_archive
from linters.audit.audit_run import AuditRun, audited
from linters.audit.cluster import dask_executors
from linters.audit.journal_file import default_journal
from linters.cli.audit_files import write_owner_reports, write_redirects
from linters.cli.audit_options import AuditOptions, add_arguments
from linters.cli.command import Command
from linters.cli.exit_status import ExitStatus
from linters.cli.inputs import Input, checkers_for, open_inputs
from linters.cli.options import absolute
from linters.cli.policy import Policy
from linters.cli.print_report import print_findings, show_files, write_reports
from linters.cli.progress import Progress
from linters.cli.run_all import run_all
from linters.links.checker import LinkChecker
from linters.model.report import Report
from linters.pipeline.run import Options
from linters.util.signals import interrupts


def run(options: AuditOptions) -> int:
    """Run ``articlelint audit``; returns the exit status."""
    with interrupts(), ExitStack() as stack:
        return _run(options, time.monotonic(), Policy(options.config_from, stack))


COMMAND = Command(add_arguments, AuditOptions, run)


def _run(options: AuditOptions, started: float, policy: Policy) -> int:
    output = options.output
    split = options.split_folder
    formats = {output.format, *(name for name, _ in output.report_files())}
    inputs = open_inputs(options.read, options.named(), prints_notes=False, policy=policy)
    checkers = checkers_for(inputs, options.rules.selection)
    if options.input.show_files:
        show_files(inputs)
        return ExitStatus.OK
    journal = _journal(options, inputs[0])
    progress = Progress(sys.stderr, enabled=not (output.no_progress or output.quiet))

    def check(audit: AuditRun) -> Report:
        network = options.network.network_options(started)
        own = tuple(
            audit.checker if isinstance(checker, LinkChecker) else checker for checker in checkers
        )
        run_options = Options(
            choice=options.rules.selection,
            network=audit.network(network),
            progress=progress,
            lines=bool(formats - {"json"}) or options.redirects is not None,
            source=options.input.source(),
        )
        with progress:
            return run_all(inputs, own, run_options, options.input.jobs)

    settings = inputs[0].configurations.of("")
    with ExitStack() as stack:
        executors: tuple[Executor, ...] = ()
        if options.executor is not None and not options.no_run:
            executors = stack.enter_context(dask_executors(options.executor))
        archive = None
        if options.archive is not None:
            flags = options.network.network_options(started)
            archive = partial(ask_archive, settings.links, flags, options.archive or None)
        report = audited(
            journal,
            settings.audit,
            check,
            stored=options.no_run,
            archive=archive,
            executors=executors,
        )
    if output.prints_report:
        print_findings(report, output, inputs)
    write_reports(report, output, inputs)
    if split is not None:
        write_owner_reports(report, split)
    if options.redirects is not None:
        write_redirects(report, inputs, absolute(options.redirects))
    return options.status(report)


def _journal(options: AuditOptions, first: Input) -> Path:
    if options.journal:
        return absolute(options.journal)
    return default_journal(first.selection.repository.root)
