"""The journal of an audit: its runs, the state of each link, and each change, in SQLite.

What servers answered is in the same file (see ``linters.store``): an unfinished run is
resumed from it. The states change once per run, when it finishes, in one transaction, so
that a run that was interrupted any number of times gives the same states as one that was not.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import msgspec

from linters.audit.streaks import LinkState, advance
from linters.audit.tables import migrate
from linters.model.link import Outcome, Verdict
from linters.model.settings import AuditSettings


@dataclass(frozen=True, slots=True)
class Run:
    """One run; instants are seconds since the epoch, ``finished`` None where unfinished."""

    id: int
    started: float
    finished: float | None = None
    links: Mapping[Verdict, int] | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """How the outcome of a link changed in a run; ``before`` is None for its first outcome."""

    target: str
    run: int
    date: float
    outcome: Outcome
    before: Outcome | None


class Journal:
    """An open journal; not shared between threads. sqlite3.Error where the file fails."""

    def __init__(self, path: Path) -> None:
        """Open the file and bring its tables up to date; UserError for a newer version."""
        self.path = path
        self._database = sqlite3.connect(path, timeout=10, isolation_level=None)
        try:
            self._database.execute("PRAGMA trusted_schema = OFF")
            self._database.execute("PRAGMA journal_mode = WAL").fetchone()
            self._database.execute("PRAGMA synchronous = FULL")
            migrate(self._database, path.name)
        except BaseException:
            self._database.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def runs(self) -> tuple[Run, ...]:
        """All runs, the oldest first; only the last may be unfinished."""
        query = "SELECT id, started, finished, links FROM audit_run ORDER BY id"
        return tuple(
            Run(number, started, finished, links and msgspec.json.decode(links, type=_COUNTS))
            for number, started, finished, links in self._database.execute(query)
        )

    def begin(self, now: float) -> Run:
        """The run to work on: the unfinished one, else a new one.

        A new run begins no earlier than the one before it: the clock may have been set back.
        """
        runs = self.runs()
        if runs and runs[-1].finished is None:
            return runs[-1]
        started = max(now, runs[-1].started) if runs else now
        number = runs[-1].id + 1 if runs else 1
        self._database.execute("INSERT INTO audit_run VALUES (?, ?, NULL, NULL)", (number, started))
        return Run(number, started)

    def state(self, target: str) -> LinkState | None:
        """The state of a link as the last run left it; None for a link never seen."""
        row = self._database.execute(_SELECT, (_text(target),)).fetchone()
        return None if row is None else _state(row)

    def before(self, target: str, run: Run) -> tuple[bool, Outcome | None]:
        """Whether a finished run changed a link's outcome, and the outcome before it."""
        row = self._database.execute(_BEFORE, (_text(target), run.id)).fetchone()
        if row is None:
            return False, None
        return True, None if row[0] is None else _OUTCOME.decode(row[0])

    def changes(self, run: int) -> Iterator[Change]:
        """The changes of one run, by target."""
        query = (
            "SELECT target, change.run, date, change.outcome, before FROM audit_change AS change "
            "JOIN audit_link AS link ON link.id = change.link WHERE change.run = ? ORDER BY target"
        )
        yield from map(_change, self._database.execute(query, (run,)))

    def story(self, target: str) -> tuple[Change, ...]:
        """Every change of one link, the oldest first."""
        query = (
            "SELECT target, change.run, date, change.outcome, before FROM audit_change AS change "
            "JOIN audit_link AS link ON link.id = change.link WHERE target = ? ORDER BY change.run"
        )
        return tuple(map(_change, self._database.execute(query, (_text(target),))))

    def copy(self, target: str) -> str | None:
        """The archived copy of a page, where one was found."""
        query = "SELECT copy FROM audit_copy WHERE target = ?"
        row = self._database.execute(query, (_text(target),)).fetchone()
        return None if row is None else str(row[0])

    def keep_copies(self, copies: Mapping[str, str]) -> None:
        """Keep the archived copies of pages, by target."""
        rows = [(_text(target), _text(copy)) for target, copy in copies.items()]
        with self._database:
            self._database.execute("BEGIN IMMEDIATE")
            self._database.executemany("INSERT OR REPLACE INTO audit_copy VALUES (?, ?)", rows)

    def finish(
        self,
        run: Run,
        finished: float,
        outcomes: Iterable[tuple[str, Outcome]],
        settings: AuditSettings,
    ) -> Run:
        """Write the state of each link (target, outcome) and close the run, in one transaction.

        A target may come several times. Runs and changes older than ``settings.keep`` are
        thinned to the last of each month.
        """
        counts: Counter[Verdict] = Counter()
        finished = max(finished, run.started)
        database = self._database
        database.execute("BEGIN IMMEDIATE")
        try:
            for target, outcome in outcomes:
                counts[self._write(run, target, outcome, settings)] += 1
            database.execute(
                "UPDATE audit_run SET finished = ?, links = ? WHERE id = ?",
                (finished, msgspec.json.encode(counts).decode(), run.id),
            )
            self._thin(run.started - settings.keep)
            database.execute("COMMIT")
        except BaseException:
            database.execute("ROLLBACK")
            raise
        return Run(run.id, run.started, finished, dict(counts))

    def _write(self, run: Run, target: str, outcome: Outcome, settings: AuditSettings) -> Verdict:
        """Write the state of a link after a run, once; the verdict of the audit."""
        text = _text(target)
        row = self._database.execute(_SELECT, (text,)).fetchone()
        before = None if row is None else _state(row)
        if before is not None and row[-1] == run.id:
            return (before.outcome or outcome).verdict
        after = advance(before, outcome, run.started, settings)
        shown = after.outcome or outcome
        (link,) = self._database.execute(
            _UPSERT,
            (
                text,
                after.first_seen,
                after.since,
                after.last_ok,
                after.failures,
                None if after.outcome is None else _ENCODER.encode(after.outcome).decode(),
                ",".join(map(repr, after.changes)),
                after.asked,
                run.id,
            ),
        ).fetchone()
        old = None if before is None else before.outcome
        if after.outcome is not None and (old is None or is_change(old, after.outcome)):
            self._database.execute(
                "INSERT OR REPLACE INTO audit_change VALUES (?, ?, ?, ?, ?)",
                (
                    link,
                    run.id,
                    run.started,
                    _ENCODER.encode(after.outcome).decode(),
                    None if old is None else _ENCODER.encode(old).decode(),
                ),
            )
        return shown.verdict

    def _thin(self, before: float) -> None:
        """Of the runs and changes before an instant, keep the last of each month."""
        self._database.execute(_THIN_RUNS, (before,))
        self._database.execute(_THIN_CHANGES, (before,))


def is_change(before: Outcome, after: Outcome) -> bool:
    """Whether two outcomes differ in what a report says of them."""
    return (before.verdict, before.cause, before.status, before.final_url) != (
        after.verdict,
        after.cause,
        after.status,
        after.final_url,
    )


_COUNTS = dict[Verdict, int]
_ENCODER = msgspec.json.Encoder()
_OUTCOME = msgspec.json.Decoder(Outcome)
_SELECT = (
    "SELECT first_seen, since, last_ok, failures, outcome, changes, asked, run "
    "FROM audit_link WHERE target = ?"
)
_BEFORE = (
    "SELECT before FROM audit_change AS change JOIN audit_link AS link ON link.id = change.link "
    "WHERE target = ? AND change.run = ?"
)
_UPSERT = (
    "INSERT INTO audit_link "
    "(target, first_seen, since, last_ok, failures, outcome, changes, asked, run) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (target) DO UPDATE SET "
    "since = excluded.since, last_ok = excluded.last_ok, failures = excluded.failures, "
    "outcome = excluded.outcome, changes = excluded.changes, asked = excluded.asked, "
    "run = excluded.run RETURNING id"
)
_THIN_RUNS = (
    "DELETE FROM audit_run WHERE started < ?1 AND id NOT IN (SELECT max(id) FROM audit_run "
    "WHERE started < ?1 GROUP BY strftime('%Y-%m', started, 'unixepoch'))"
)
_THIN_CHANGES = (
    "DELETE FROM audit_change WHERE date < ?1 AND (link, run) NOT IN (SELECT link, max(run) "
    "FROM audit_change WHERE date < ?1 GROUP BY link, strftime('%Y-%m', date, 'unixepoch'))"
)


def _state(row: tuple[float, float, float, int, str, str, float, int]) -> LinkState:
    first_seen, since, last_ok, failures, outcome, changes, asked, _ = row
    return LinkState(
        first_seen,
        since,
        last_ok,
        failures,
        None if outcome is None else _OUTCOME.decode(outcome),
        tuple(map(float, changes.split(","))) if changes else (),
        asked,
    )


def _change(row: tuple[str, int, float, str, str | None]) -> Change:
    target, run, date, outcome, before = row
    old = None if before is None else _OUTCOME.decode(before)
    return Change(target, run, date, _OUTCOME.decode(outcome), old)


def _text(target: str) -> str:
    """A target as SQLite can store it: lone surrogates have no UTF-8."""
    return target.encode("utf-8", "backslashreplace").decode()
