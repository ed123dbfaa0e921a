"""The tables of the journal, and how those of older versions become those of today."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from typing import Annotated, Any

import msgspec

from linters.model.errors import UserError
from linters.store.database import APPLICATION, ENTRIES

VERSION = 2
Instant = Annotated[float, msgspec.Meta(ge=0, le=253_402_300_799)]
"""Seconds since the epoch, up to the end of the year 9999."""
_URL = re.compile(r"[^\x00-\x1f\x7f]*")

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE audit_version (version INTEGER NOT NULL)",
        "INSERT INTO audit_version VALUES (0)",
        (
            "CREATE TABLE audit_run (id INTEGER PRIMARY KEY, started REAL NOT NULL, "
            "finished REAL, links TEXT)"
        ),
        (
            "CREATE TABLE audit_link (id INTEGER PRIMARY KEY, target TEXT NOT NULL UNIQUE, "
            "first_seen REAL NOT NULL, since REAL, last_ok REAL, failures INTEGER NOT NULL, "
            "outcome TEXT, changes TEXT NOT NULL, asked REAL, run INTEGER NOT NULL)"
        ),
        (
            "CREATE TABLE audit_change (link INTEGER NOT NULL, run INTEGER NOT NULL, "
            "date REAL NOT NULL, outcome TEXT NOT NULL, before TEXT, "
            "PRIMARY KEY (link, run)) WITHOUT ROWID"
        ),
        "CREATE INDEX audit_change_run ON audit_change (run)",
        "CREATE TABLE audit_copy (target TEXT PRIMARY KEY, copy TEXT NOT NULL) WITHOUT ROWID",
    ),
    (  # each outcome once, and no second copy of each target in an index
        "CREATE TABLE audit_outcome (id INTEGER PRIMARY KEY, outcome TEXT NOT NULL UNIQUE)",
        "UPDATE audit_link SET outcome = json_set(outcome, '$.asked', NULL)",
        (
            "UPDATE audit_change SET outcome = json_set(outcome, '$.asked', NULL), "
            "before = json_set(before, '$.asked', NULL)"
        ),
        (
            "INSERT INTO audit_outcome (outcome) SELECT outcome FROM audit_link "
            "WHERE outcome IS NOT NULL UNION SELECT outcome FROM audit_change "
            "UNION SELECT before FROM audit_change WHERE before IS NOT NULL"
        ),
        "ALTER TABLE audit_link RENAME TO audit_old_link",
        "ALTER TABLE audit_change RENAME TO audit_old_change",
        "DROP INDEX audit_change_run",
        (
            "CREATE TABLE audit_link (target TEXT PRIMARY KEY, id INTEGER NOT NULL, "
            "first_seen REAL NOT NULL, since REAL, last_ok REAL, failures INTEGER NOT NULL, "
            "outcome INTEGER, changes TEXT NOT NULL, asked REAL, run INTEGER NOT NULL) "
            "WITHOUT ROWID"
        ),
        (
            "CREATE TABLE audit_change (link INTEGER NOT NULL, run INTEGER NOT NULL, "
            "date REAL NOT NULL, outcome INTEGER NOT NULL, before INTEGER, "
            "PRIMARY KEY (link, run)) WITHOUT ROWID"
        ),
        (
            "INSERT INTO audit_link SELECT target, old.id, first_seen, since, last_ok, failures, "
            "now.id, changes, asked, run FROM audit_old_link AS old "
            "LEFT JOIN audit_outcome AS now ON now.outcome = old.outcome"
        ),
        (
            "INSERT INTO audit_change SELECT link, run, date, now.id, past.id "
            "FROM audit_old_change AS old "
            "JOIN audit_outcome AS now ON now.outcome = old.outcome "
            "LEFT JOIN audit_outcome AS past ON past.outcome = old.before"
        ),
        "DROP TABLE audit_old_link",
        "DROP TABLE audit_old_change",
    ),
)
"""What each version adds to the one before; the first makes the tables."""


def migrate(database: sqlite3.Connection, name: str) -> None:
    """Bring the tables to the present version, in one transaction per version.

    UserError where a newer version of articlelint has written the file ``name``, or the file has
    other tables: triggers, views and generated columns would run with our statements.
    """
    objects = _objects(database)
    kinds = sorted({kind for kind, _, _ in objects} - {"table", "index"})
    if kinds:
        raise _foreign(name, f"a {kinds[0]}")
    present = _version(database, name)
    if present > VERSION:
        raise UserError(
            f"{name}: written by a newer version of articlelint (journal version {present}, "
            f"this one reads {VERSION})"
        )
    others = sorted(found for _, found, _ in (objects - {_ENTRIES}) ^ _tables_of(present))
    if others:
        raise _foreign(name, f"an unexpected table or index {others[0]!r}")
    (application,) = database.execute("PRAGMA application_id").fetchone()
    if application not in (0, APPLICATION):
        raise _foreign(name, f"the application id {application}")
    for version in range(present + 1, VERSION + 1):
        with database:  # also where Ctrl-C comes between two statements
            database.execute("BEGIN IMMEDIATE")
            for statement in MIGRATIONS[version - 1]:
                database.execute(statement)
            database.execute("UPDATE audit_version SET version = ?", (version,))


def checked(kind: Any, row: object, table: str) -> Any:
    """A row as a tuple of these types; sqlite3.DatabaseError where the file has other values."""
    try:
        return msgspec.convert(row, kind)
    except msgspec.ValidationError as error:
        raise sqlite3.DatabaseError(f"damaged row of {table}: {error}") from error


def checked_url(url: str, table: str) -> str:
    """A URL without control characters; else as ``checked``."""
    if _URL.fullmatch(url) is None:
        raise sqlite3.DatabaseError(f"damaged row of {table}: {url[:80]!r} is not a URL")
    return url


_Object = tuple[str, str, str]
_ENTRIES: _Object = ("table", "entries", ENTRIES)


def _objects(database: sqlite3.Connection) -> frozenset[_Object]:
    """Kind, name and SQL of what was created in a file."""
    query = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"
    return frozenset(database.execute(query))


def _tables_of(version: int) -> frozenset[_Object]:
    """What a journal of a version has."""
    with closing(sqlite3.connect(":memory:")) as database:
        for statements in MIGRATIONS[:version]:
            for statement in statements:
                database.execute(statement)
        return _objects(database)


def _version(database: sqlite3.Connection, name: str) -> int:
    query = "SELECT sql FROM sqlite_master WHERE name = 'audit_version'"
    row = database.execute(query).fetchone()
    if row is None:
        return 0
    if row[0] != MIGRATIONS[0][0]:
        raise _foreign(name, "an unexpected table or index 'audit_version'")
    versions = database.execute("SELECT version FROM audit_version LIMIT 2").fetchall()
    if len(versions) != 1 or type(versions[0][0]) is not int or versions[0][0] < 0:
        raise _foreign(name, "no version")
    return int(versions[0][0])


def _foreign(name: str, has: str) -> UserError:
    return UserError(f"{name}: has {has}, expected a journal of articlelint")
