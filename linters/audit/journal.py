"""The journal of an audit: its runs, the state of each link, and each change, in SQLite.

What servers answered is in the same file (see ``linters.store``): an unfinished run is
resumed from it. The states change once per run, when it finishes, in one transaction, so
that a run that was interrupted any number of times gives the same states as one that was not.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from linters.audit.streaks import State
from linters.audit.tables import migrate
from linters.model.link import Outcome, Verdict


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

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
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

    def states(self, targets: Iterable[str]) -> dict[str, State]:
        """The states of some links after the last finished run, by target."""
        found = {}
        for target in targets:
            row = self._database.execute(_SELECT, (_text(target),)).fetchone()
            if row is not None:
                found[target] = _state(row)
        return found

    def changes(self, run: int) -> Iterator[Change]:
        """The changes of one run, by target."""
        query = (
            "SELECT target, run, date, change.outcome, before FROM audit_change AS change "
            "JOIN audit_link AS link ON link.id = change.link WHERE run = ? ORDER BY target"
        )
        yield from map(_change, self._database.execute(query, (run,)))

    def story(self, target: str) -> tuple[Change, ...]:
        """Every change of one link, the oldest first."""
        query = (
            "SELECT target, run, date, change.outcome, before FROM audit_change AS change "
            "JOIN audit_link AS link ON link.id = change.link WHERE target = ? ORDER BY run"
        )
        return tuple(map(_change, self._database.execute(query, (_text(target),))))

    def finish(
        self,
        run: Run,
        finished: float,
        states: Iterable[tuple[str, State | None, State]],
        links: Mapping[Verdict, int],
        keep: float,
    ) -> Run:
        """Write the states of a run (target, before, after) and close it, in one transaction.

        Runs and changes older than ``keep`` seconds are thinned to the last of each month.
        """
        counts = msgspec.json.encode(links).decode()
        finished = max(finished, run.started)
        database = self._database
        database.execute("BEGIN IMMEDIATE")
        try:
            for target, before, after in states:
                self._write(run, target, before, after)
            database.execute(
                "UPDATE audit_run SET finished = ?, links = ? WHERE id = ?",
                (finished, counts, run.id),
            )
            self._thin(run.started - keep)
            database.execute("COMMIT")
        except BaseException:
            database.execute("ROLLBACK")
            raise
        return Run(run.id, run.started, finished, links)

    def _write(self, run: Run, target: str, before: State | None, after: State) -> None:
        outcome = None if after.outcome is None else _ENCODER.encode(after.outcome).decode()
        changes = ",".join(repr(instant) for instant in after.changes)
        (link,) = self._database.execute(
            _UPSERT,
            (
                _text(target),
                after.first_seen,
                after.since,
                after.last_ok,
                after.failures,
                outcome,
                changes,
                after.asked,
            ),
        ).fetchone()
        old = None if before is None else before.outcome
        if outcome is not None and (old is None or is_change(old, after.outcome)):
            self._database.execute(
                "INSERT OR REPLACE INTO audit_change VALUES (?, ?, ?, ?, ?)",
                (
                    link,
                    run.id,
                    run.started,
                    outcome,
                    None if old is None else _ENCODER.encode(old).decode(),
                ),
            )

    def _thin(self, before: float) -> None:
        """Of the runs and changes before an instant, keep the last of each month."""
        self._database.execute(_THIN_RUNS, (before,))
        self._database.execute(_THIN_CHANGES, (before,))


def is_change(before: Outcome, after: Outcome | None) -> bool:
    """Whether two outcomes differ in what a report says of them."""
    return after is None or (before.verdict, before.cause, before.status, before.final_url) != (
        after.verdict,
        after.cause,
        after.status,
        after.final_url,
    )


_COUNTS = dict[Verdict, int]
_ENCODER = msgspec.json.Encoder()
_OUTCOME = msgspec.json.Decoder(Outcome)
_SELECT = (
    "SELECT first_seen, since, last_ok, failures, outcome, changes, asked "
    "FROM audit_link WHERE target = ?"
)
_UPSERT = (
    "INSERT INTO audit_link "
    "(target, first_seen, since, last_ok, failures, outcome, changes, asked) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (target) DO UPDATE SET since = excluded.since, "
    "last_ok = excluded.last_ok, failures = excluded.failures, outcome = excluded.outcome, "
    "changes = excluded.changes, asked = excluded.asked RETURNING id"
)
_THIN_RUNS = (
    "DELETE FROM audit_run WHERE started < ?1 AND id NOT IN (SELECT max(id) FROM audit_run "
    "WHERE started < ?1 GROUP BY strftime('%Y-%m', started, 'unixepoch'))"
)
_THIN_CHANGES = (
    "DELETE FROM audit_change WHERE date < ?1 AND (link, run) NOT IN (SELECT link, max(run) "
    "FROM audit_change WHERE date < ?1 GROUP BY link, strftime('%Y-%m', date, 'unixepoch'))"
)


def _state(row: tuple[float, float, float, int, str, str, float]) -> State:
    first_seen, since, last_ok, failures, outcome, changes, asked = row
    return State(
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
