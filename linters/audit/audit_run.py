"""One audit: begin or resume a run, check, keep what was found, and compare with the run before.

The pipeline and its options are the caller's: ``check`` gets the links checker of the audit
and returns the report on all roots.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from linters.audit.checker import AuditLinkChecker
from linters.audit.journal import Journal, Run
from linters.audit.journal_file import locked_journal, save_good_copy
from linters.audit.run_summary import Summary, instant
from linters.audit.streaks import NOT_ASKED, LinkState, advance, is_flapping
from linters.checker import JournalOptions, NetworkOptions
from linters.findings.kept import spooled_links
from linters.model.errors import UserError
from linters.model.history import LinkHistory
from linters.model.link import Kind, LinkRecord, Outcome, Verdict
from linters.model.note import Note
from linters.model.report import Report
from linters.model.settings import AuditSettings
from linters.util import clock


@dataclass(frozen=True, slots=True)
class AuditRun:
    """What ``check`` needs of the audit: its links checker, the journal's file and the run."""

    checker: AuditLinkChecker
    journal: Path
    run: Run

    def network(self, options: NetworkOptions) -> NetworkOptions:
        """The options of the network with the journal in place of the cache."""
        journal = JournalOptions(self.journal, self.run.id)
        return replace(options, cache_dir=None, journal=journal)


Archive = Callable[[Sequence[str]], Mapping[str, str]]


def audited(
    path: Path,
    settings: AuditSettings,
    check: Callable[[AuditRun], Report],
    *,
    stored: bool = False,
    archive: Archive | None = None,
    executors: Sequence[Executor] = (),
) -> Report:
    """The report of an audit.

    ``stored`` renders the last finished run again: nothing is sent, nothing is written.
    ``archive`` finds copies of broken pages, by URL. ``executors`` send the requests.
    UserError where the journal cannot be used, or has no finished run to render.
    """
    with locked_journal(path) as repairs, _opened(path) as journal:
        run = _last_finished(journal, path) if stored else journal.begin(clock.timestamp())
        checker = AuditLinkChecker(journal, run, settings, stored=stored, executors=executors)
        report = check(AuditRun(checker, path, run))
        report = replace(report, notes=(*report.notes, *map(Note, repairs)))
        if not stored and not report.interrupted and not report.errors and _is_complete(report):
            outcomes = ((link.target, link.outcome) for link in report.links)
            try:
                run = journal.finish(run, clock.timestamp(), outcomes, settings)
                save_good_copy(path)
            except (sqlite3.Error, OSError) as error:
                message = f"journal {path}: {error}; the run is not finished"
                report = replace(report, errors=(*report.errors, message))
        if archive is not None and not stored and not report.interrupted:
            journal.keep_copies(archive(list(_without_copy(report, journal))))
        return _with_history(report, journal, run, settings)


@contextmanager
def _opened(path: Path) -> Iterator[Journal]:
    """The journal; what SQLite says on opening or reading it becomes a UserError."""
    try:
        with Journal(path) as journal:
            yield journal
    except sqlite3.Error as error:
        raise UserError(f"journal {path}: {error}") from error


def _without_copy(report: Report, journal: Journal) -> Iterator[str]:
    """The broken pages whose copy is not known."""
    for link in report.links:
        is_page = link.kind in (Kind.EXTERNAL, Kind.SITE)
        is_broken = link.outcome.verdict is Verdict.BROKEN
        if is_page and is_broken and journal.copy(link.target) is None:
            yield link.target


def _is_complete(report: Report) -> bool:
    return not report.cause_count(*NOT_ASKED)


def _last_finished(journal: Journal, path: Path) -> Run:
    for run in reversed(journal.runs()):
        if run.finished is not None:
            return run
    raise UserError(f"journal {path}: no finished run to render")


def _with_history(report: Report, journal: Journal, run: Run, settings: AuditSettings) -> Report:
    """The report with history and owners of each link, which are read from the journal once."""
    kept = spooled_links()
    runs = [earlier for earlier in journal.runs() if earlier.id < run.id]
    summary = Summary([*runs, run], report.owners)
    for record in report.links:
        state, changed, before = _history(record, journal, run, settings)
        link = _audited(record, report.owners, journal, run, settings, state)
        summary.add(link, changed=changed, before=before)
        kept.append(link)
    return replace(report, links=kept.finished(), audit=summary.finished())


def _history(
    link: LinkRecord, journal: Journal, run: Run, settings: AuditSettings
) -> tuple[LinkState | None, bool, Outcome | None]:
    """The state of a link after the run, whether the run changed its outcome, and the outcome
    before the run."""
    state, change = journal.links.history(link.target, run.id)
    if run.finished is not None:
        return state, change is not None, None if change is None else change.before
    before = None if state is None else state.outcome
    after = advance(state, link.outcome, run.started, settings)
    return after, before is None or before != link.outcome, before


def _audited(
    link: LinkRecord,
    owner_of: Mapping[str, str],
    journal: Journal,
    run: Run,
    settings: AuditSettings,
    state: LinkState | None,
) -> LinkRecord:
    owners = {owner_of.get(place.path) for place in link.places}
    is_broken = link.outcome.verdict is Verdict.BROKEN
    return replace(
        link,
        history=None if state is None else _link_history(state, run, settings),
        owners=tuple(sorted(owner for owner in owners if owner is not None)),
        archived=journal.copy(link.target) if is_broken else None,
    )


def _link_history(state: LinkState, run: Run, settings: AuditSettings) -> LinkHistory:
    return LinkHistory(
        first_seen=instant(state.first_seen),
        since=None if state.since is None else instant(state.since),
        last_ok=None if state.last_ok is None else instant(state.last_ok),
        failures=state.failures,
        flapping=is_flapping(state, run.started, settings),
        asked=None if state.asked is None else instant(state.asked),
    )
