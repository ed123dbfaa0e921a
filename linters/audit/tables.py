"""The tables of the journal, and how those of older versions become those of today."""

from __future__ import annotations

import sqlite3

from linters.model.errors import UserError

VERSION = 2

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

    UserError where a newer version of articlelint has written the file ``name``.
    """
    present = _version(database)
    if present > VERSION:
        raise UserError(
            f"{name}: written by a newer version of articlelint (journal version {present}, "
            f"this one reads {VERSION})"
        )
    for version in range(present + 1, VERSION + 1):
        with database:  # also where Ctrl-C comes between two statements
            database.execute("BEGIN IMMEDIATE")
            for statement in MIGRATIONS[version - 1]:
                database.execute(statement)
            database.execute("UPDATE audit_version SET version = ?", (version,))


def _version(database: sqlite3.Connection) -> int:
    query = "SELECT 1 FROM sqlite_master WHERE name = 'audit_version'"
    if database.execute(query).fetchone() is None:
        return 0
    (version,) = database.execute("SELECT version FROM audit_version").fetchone()
    return int(version)
