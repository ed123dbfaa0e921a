"""The tables of links in a journal: the state of each, and every change of its outcome."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace
from typing import Annotated

import msgspec

from linters.audit.streaks import LinkState, advance
from linters.audit.tables import Instant, checked, checked_url
from linters.model.link import Outcome, Verdict
from linters.model.settings import AuditSettings

_MOST_KNOWN = 4096


@dataclass(frozen=True, slots=True)
class Change:
    """How the outcome of a link changed in a run; ``before`` is None for its first outcome.

    ``date`` is when the run began, in seconds since the epoch.
    """

    run: int
    date: float
    outcome: Outcome
    before: Outcome | None


class LinkStates:
    """Reads and writes the states and changes of links; the caller has the transaction."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._outcomes = _StoredOutcomes(database)
        self._last_id: int | None = None

    def state(self, target: str) -> LinkState | None:
        """The state of a link as the last run left it; None for a link never seen."""
        row = self._database.execute(_SELECT, (stored_text(target),)).fetchone()
        return None if row is None else self._state(row)

    def history(self, target: str, run: int) -> tuple[LinkState | None, Change | None]:
        """As ``state``, and how a finished run changed the link's outcome; None where it did
        not."""
        row = self._database.execute(_SELECT_BOTH, (run, stored_text(target))).fetchone()
        if row is None:
            return None, None
        state, change = row[: _RUN + 1], row[_RUN + 1 :]
        return self._state(state), None if change[0] is None else self._change(change)

    def story(self, target: str) -> tuple[Change, ...]:
        """Every change of one link, the oldest first."""
        query = f"{_CHANGES} ORDER BY change.run"
        return tuple(map(self._change, self._database.execute(query, (stored_text(target),))))

    def write(
        self, run: int, started: float, target: str, outcome: Outcome, settings: AuditSettings
    ) -> Verdict:
        """Write the state of a link after a run, once; the verdict of the audit."""
        text = stored_text(target)
        row = self._database.execute(_SELECT, (text,)).fetchone()
        before = None if row is None else self._state(row)
        if before is not None and row[_RUN] == run:
            return (before.outcome or outcome).verdict
        after = advance(before, outcome, started, settings)
        number = None if after.outcome is None else self._outcomes.number(after.outcome)
        changes = ",".join(map(repr, after.changes))
        present = (after.since, after.last_ok, after.failures, number, changes, after.asked, run)
        if row is None:
            link = self._next_id()
            self._database.execute(_INSERT, (text, link, after.first_seen, *present))
        else:
            link = row[0]
            self._database.execute(_UPDATE, (*present, text))
        old = None if before is None else before.outcome
        if after.outcome is not None and (old is None or is_change(old, after.outcome)):
            past = None if row is None else row[_OUTCOME]
            self._database.execute(_INSERT_CHANGE, (link, run, started, number, past))
        return (after.outcome or outcome).verdict

    def thin(self, before: float) -> None:
        """Of the changes before an instant, keep the last of each link and month.

        Links that no run since then has seen are forgotten, with the answers of servers that
        are older. ``before`` is in seconds since the epoch.
        """
        database = self._database
        forgotten = database.execute(_FORGET_LINKS, (before,)).rowcount
        thinned = database.execute(_THIN_CHANGES, (before,)).rowcount
        if forgotten:
            database.execute(
                "DELETE FROM audit_change WHERE link NOT IN (SELECT id FROM audit_link)"
            )
            database.execute(
                "DELETE FROM audit_copy WHERE target NOT IN (SELECT target FROM audit_link)"
            )
            if database.execute(_HAS_ENTRIES).fetchone() is not None:
                database.execute("DELETE FROM entries WHERE time < ?", (before,))
        if forgotten or thinned:
            self._outcomes.forget_unused()

    def _next_id(self) -> int:
        if self._last_id is None:
            query = "SELECT coalesce(max(id), 0) FROM audit_link"
            (self._last_id,) = self._database.execute(query).fetchone()
        self._last_id += 1
        return self._last_id

    def _state(self, row: tuple[object, ...]) -> LinkState:
        values = checked(_StateRow, row, "audit_link")
        _, first_seen, since, last_ok, failures, outcome, changes, asked, _ = values
        try:
            instants = tuple(map(float, changes.split(","))) if changes else ()
        except ValueError as error:
            raise sqlite3.DatabaseError(f"damaged row of audit_link: {error}") from error
        known = None if outcome is None else self._outcomes.outcome(outcome)
        return LinkState(first_seen, since, last_ok, failures, known, instants, asked)

    def _change(self, row: tuple[object, ...]) -> Change:
        run, date, outcome, before = checked(_ChangeRow, row, "audit_change")
        old = None if before is None else self._outcomes.outcome(before)
        return Change(run, date, self._outcomes.outcome(outcome), old)


class _StoredOutcomes:
    """The distinct outcomes, each stored once; many links have the same one.

    The time of asking is not stored here, because it differs from link to link.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._numbers: dict[Outcome, int] = {}
        self._known: dict[int, Outcome] = {}

    def number(self, outcome: Outcome) -> int:
        """The number of an outcome, which is stored if it is new."""
        number = self._numbers.get(outcome)
        if number is None:
            text = _ENCODER.encode(replace(outcome, asked=None)).decode()
            query = "SELECT id FROM audit_outcome WHERE outcome = ?"
            row = self._database.execute(query, (text,)).fetchone()
            if row is None:
                query = "INSERT INTO audit_outcome (outcome) VALUES (?) RETURNING id"
                row = self._database.execute(query, (text,)).fetchone()
            number = int(row[0])
            if len(self._numbers) >= _MOST_KNOWN:
                self._numbers.clear()
            self._numbers[outcome] = number
        return number

    def outcome(self, number: int) -> Outcome:
        """The outcome of a number."""
        outcome = self._known.get(number)
        if outcome is None:
            query = "SELECT outcome FROM audit_outcome WHERE id = ?"
            row = self._database.execute(query, (number,)).fetchone()
            (text,) = checked(tuple[str], row, _TABLE)
            try:
                outcome = _DECODER.decode(text)
            except (msgspec.DecodeError, RecursionError) as error:
                raise sqlite3.DatabaseError(f"damaged row of {_TABLE}: {error}") from error
            for url in (outcome.final_url or "", *(hop.url for hop in outcome.redirects)):
                checked_url(url, _TABLE)
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[number] = outcome
        return outcome

    def forget_unused(self) -> None:
        """Delete the outcomes that neither a state nor a change names."""
        self._database.execute(_FORGET_OUTCOMES)
        self._numbers.clear()
        self._known.clear()


def is_change(before: Outcome, after: Outcome) -> bool:
    """Whether two outcomes differ in what a report says of them."""
    return (before.verdict, before.cause, before.status, before.final_url) != (
        after.verdict,
        after.cause,
        after.status,
        after.final_url,
    )


def stored_text(target: str) -> str:
    """A target as SQLite can store it: lone surrogates have no UTF-8."""
    return target.encode("utf-8", "backslashreplace").decode()


_StateRow = tuple[
    int,
    Instant,
    Instant | None,
    Instant | None,
    Annotated[int, msgspec.Meta(ge=0)],
    int | None,
    str,
    Instant | None,
    int,
]
_ChangeRow = tuple[int, Instant, int, int | None]
_TABLE = "audit_outcome"
_OUTCOME, _RUN = 5, 8
_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Outcome)
_SELECT = (
    "SELECT id, first_seen, since, last_ok, failures, outcome, changes, asked, run "
    "FROM audit_link WHERE target = ?"
)
_SELECT_BOTH = (
    "SELECT id, first_seen, since, last_ok, failures, link.outcome, changes, asked, link.run, "
    "change.run, date, change.outcome, before FROM audit_link AS link "
    "LEFT JOIN audit_change AS change ON change.link = link.id AND change.run = ? "
    "WHERE target = ?"
)
_INSERT = (
    "INSERT INTO audit_link (target, id, first_seen, since, last_ok, failures, outcome, changes, "
    "asked, run) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_UPDATE = (
    "UPDATE audit_link SET since = ?, last_ok = ?, failures = ?, outcome = ?, changes = ?, "
    "asked = ?, run = ? WHERE target = ?"
)
_INSERT_CHANGE = "INSERT OR REPLACE INTO audit_change VALUES (?, ?, ?, ?, ?)"
_CHANGES = (
    "SELECT change.run, date, change.outcome, before FROM audit_link AS link "
    "JOIN audit_change AS change ON change.link = link.id WHERE target = ?"
)
_FORGET_LINKS = (
    "DELETE FROM audit_link WHERE run <= "
    "(SELECT max(id) FROM audit_run WHERE started < ? AND finished IS NOT NULL)"
)
_THIN_CHANGES = (
    "DELETE FROM audit_change WHERE date < ?1 AND (link, run) NOT IN (SELECT link, max(run) "
    "FROM audit_change WHERE date < ?1 GROUP BY link, strftime('%Y-%m', date, 'unixepoch'))"
)
_FORGET_OUTCOMES = (
    "DELETE FROM audit_outcome WHERE id NOT IN (SELECT outcome FROM audit_link WHERE outcome "
    "IS NOT NULL UNION SELECT outcome FROM audit_change UNION SELECT before FROM audit_change "
    "WHERE before IS NOT NULL)"
)
_HAS_ENTRIES = "SELECT 1 FROM sqlite_master WHERE name = 'entries'"
