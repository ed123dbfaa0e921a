"""The journal of an audit: its runs, the state of each link, and each change, in SQLite.

What servers answered is in the same file (see ``linters.store``): an unfinished run is
resumed from it. The states change once per run, when it finishes, in one transaction, so
that a run that was interrupted any number of times gives the same states as one that was not.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import msgspec

from linters.audit.link_states import LinkStates, stored_text
from linters.audit.tables import Instant, checked, checked_url, migrate
from linters.model.link import Outcome, Verdict
from linters.model.settings import AuditSettings
from linters.store.database import restrict


@dataclass(frozen=True, slots=True)
class Run:
    """One run; instants are seconds since the epoch, ``finished`` None where unfinished."""

    id: int
    started: float
    finished: float | None = None
    links: Mapping[Verdict, int] | None = None


class Journal:
    """An open journal; not shared between threads. sqlite3.Error where the file fails."""

    def __init__(self, path: Path) -> None:
        """Open the file and bring its tables up to date; UserError for a newer version."""
        self.path = path
        self._database = sqlite3.connect(path, timeout=10, isolation_level=None)
        try:
            restrict(self._database)
            migrate(self._database, path.name)
            self._database.execute("PRAGMA journal_mode = WAL").fetchone()
            self._database.execute("PRAGMA synchronous = FULL")
        except BaseException:
            self._database.close()
            raise
        self.links = LinkStates(self._database)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def runs(self) -> tuple[Run, ...]:
        """All runs, the oldest first; only the last may be unfinished."""
        query = "SELECT id, started, finished, links FROM audit_run ORDER BY id"
        return tuple(map(_run, self._database.execute(query)))

    def begin(self, now: float) -> Run:
        """The run to work on: the unfinished one, else a new one, which begins at a whole second.

        A new run begins no earlier than the one before it: the clock may have been set back.
        """
        runs = self.runs()
        if runs and runs[-1].finished is None:
            return runs[-1]
        started = float(int(now))
        if runs:
            started = max(started, runs[-1].started)
        number = runs[-1].id + 1 if runs else 1
        self._database.execute("INSERT INTO audit_run VALUES (?, ?, NULL, NULL)", (number, started))
        return Run(number, started)

    def copy(self, target: str) -> str | None:
        """The archived copy of a page, where one was found."""
        query = "SELECT copy FROM audit_copy WHERE target = ?"
        row = self._database.execute(query, (stored_text(target),)).fetchone()
        if row is None:
            return None
        (copy,) = checked(tuple[str], row, "audit_copy")
        return checked_url(copy, "audit_copy")

    def keep_copies(self, copies: Mapping[str, str]) -> None:
        """Keep the archived copies of pages, by target."""
        rows = [(stored_text(target), stored_text(copy)) for target, copy in copies.items()]
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
        thinned to the last of each month, and links not seen since then are forgotten.
        """
        counts: Counter[Verdict] = Counter()
        finished = max(finished, run.started)
        database = self._database
        try:
            with database:
                database.execute("BEGIN IMMEDIATE")
                for target, outcome in outcomes:
                    counts[self.links.write(run.id, run.started, target, outcome, settings)] += 1
                database.execute(
                    "UPDATE audit_run SET finished = ?, links = ? WHERE id = ?",
                    (finished, msgspec.json.encode(counts).decode(), run.id),
                )
                before = run.started - settings.keep
                self.links.thin(before)
                database.execute(_THIN_RUNS, (before,))
        except BaseException:
            self.links = LinkStates(database)  # it may know what was taken back
            raise
        return Run(run.id, run.started, finished, dict(counts))


def _run(row: tuple[object, ...]) -> Run:
    number, started, finished, links = checked(_RunRow, row, "audit_run")
    try:
        counts = None if links is None else _COUNTS.decode(links)
    except msgspec.DecodeError as error:
        raise sqlite3.DatabaseError(f"damaged row of audit_run: {error}") from error
    return Run(number, started, finished, counts)


_RunRow = tuple[int, Instant, Instant | None, str | None]
_COUNTS = msgspec.json.Decoder(dict[Verdict, int])
_THIN_RUNS = (
    "DELETE FROM audit_run WHERE started < ?1 AND id NOT IN (SELECT max(id) FROM audit_run "
    "WHERE started < ?1 GROUP BY strftime('%Y-%m', started, 'unixepoch'))"
)
