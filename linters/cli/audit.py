"""Check whole repositories with history: what broke, what healed, and whom to ask.

Each finished run is kept in a journal; an unfinished one is resumed. Exit status: 0 the run
was finished or ended by --deadline, 1 findings that --fail-on names, 2 usage, configuration,
plug-in or internal error, 130 interrupted.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from concurrent.futures import Executor
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from linters.audit.ask_archive import ask_archive
from linters.audit.audit_run import AuditRun, audited
from linters.audit.cluster import dask_executors
from linters.audit.journal_file import default_journal
from linters.checker import Checker
from linters.cli.audit_files import write_owner_reports, write_redirects
from linters.cli.audit_options import AuditOptions, add_arguments
from linters.cli.ci_summary import runs_on_github
from linters.cli.command import Command
from linters.cli.exit_status import ExitStatus
from linters.cli.inputs import Input, checkers_for, open_inputs
from linters.cli.options import absolute
from linters.cli.output import print_note
from linters.cli.policy import Policy
from linters.cli.print_report import print_findings, print_roots, show_files, write_reports
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
    options.validate()
    output = options.output
    split = options.split_folder
    formats = {output.format, *(name for name, _ in output.report_files())}
    named = options.named()
    if not named.paths:
        print_note("no files to check")
        return ExitStatus.OK
    inputs = open_inputs(options.read, named, prints_notes=False, policy=policy)
    checkers = checkers_for(inputs, options.rules.selection)
    if output.verbose:
        print_roots(inputs)
    if options.input.show_files:
        show_files(inputs)
        return ExitStatus.OK
    journal = _journal(options, inputs[0])
    progress = Progress(sys.stderr, enabled=not (output.no_progress or output.quiet))
    suppressing = _Suppressing.of(options.add_suppressions)

    def check(audit: AuditRun) -> Report:
        network = options.network.network_options(started)
        own = tuple(
            audit.checker if isinstance(checker, LinkChecker) else checker for checker in checkers
        )
        run_options = Options(
            choice=options.rules.selection,
            network=audit.network(network),
            keeps_hidden="sarif" in formats and not runs_on_github(),
            progress=progress,
            lines=bool(formats - {"json"}) or options.redirects is not None,
            source=options.input.source(),
        )
        with progress:
            return run_all(inputs, own, run_options, options.input.jobs, suppressing)

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
    if suppressing is not None and suppressing.count and not output.quiet:
        print_note(f"suppressed {suppressing.count} finding{'s' * (suppressing.count != 1)}")
    write_reports(report, output, inputs)
    if split is not None:
        write_owner_reports(report, split)
    if options.redirects is not None:
        write_redirects(report, inputs, absolute(options.redirects))
    if output.verbose:
        print_note(f"took {time.monotonic() - started:.2f} s")
    return options.status(report)


def _journal(options: AuditOptions, first: Input) -> Path:
    if options.journal:
        return absolute(options.journal)
    return default_journal(first.selection.repository.root)


@dataclass(slots=True)
class _Suppressing:
    """Checks one root, suppresses its findings, and counts them (``--add-suppressions``)."""

    reason: str
    count: int = 0

    @classmethod
    def of(cls, reason: str | None) -> _Suppressing | None:
        """None without a reason, not even an empty one."""
        return None if reason is None else cls(reason)

    def __call__(
        self,
        entry: Input,
        checkers: Sequence[Checker],
        options: Options,
        executor: Executor | None,
    ) -> Report:
        from linters.cli.fixing import suppress

        result = suppress(entry, checkers, options, self.reason, executor)
        self.count += result.count
        return result.report
