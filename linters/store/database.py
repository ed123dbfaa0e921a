"""One SQLite file of encoded values, in batches.

Write-ahead log and NORMAL synchronisation: a process killed at any instant loses nothing that
was committed (a power cut may lose the last commits, never the file). Several processes may
use the file at once. The cache and the audit's journal are such files.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from linters.store.cache_location import set_aside
from linters.store.entry import StoreDamagedError, StoredEntry, StoreError

VERSION = 1
APPLICATION = 0x6172_746C  # "artl": SQLite's application id of our files
ENTRIES = (
    "CREATE TABLE entries (kind TEXT NOT NULL, key BLOB NOT NULL, time REAL NOT NULL, "
    "run INTEGER NOT NULL, value BLOB NOT NULL, PRIMARY KEY (kind, key)) WITHOUT ROWID"
)
_BUSY_SECONDS = 0.2  # in between: the event loop waits meanwhile
_BUSY_SECONDS_AT_ENDS = 5.0  # while opening and at the end, where nothing tries again
LARGEST = 4 * 1024 * 1024
_LARGEST_VALUE = LARGEST // 4
_BATCH = 256


class Database:
    """An open file; every method is short. Not to be shared between threads."""

    def __init__(self, path: Path) -> None:
        """Open the file, creating the table in an empty one; what cannot be written is read.

        Raises StoreDamagedError for a file that is not an intact one of ours, and StoreError
        where it cannot be opened or was written by a newer version.
        """
        self.path = path
        self._pending: dict[tuple[str, bytes], StoredEntry] = {}
        places = (path, path.parent) if path.exists() else (path.parent,)
        self.read_only = not all(os.access(place, os.W_OK) for place in places)
        # An immutable file needs neither a lock nor the files that SQLite keeps next to it.
        uri = path.absolute().as_uri() + ("?mode=ro&immutable=1" if self.read_only else "?mode=rwc")
        try:
            self._connection = sqlite3.connect(
                uri, uri=True, timeout=_BUSY_SECONDS_AT_ENDS, isolation_level=None
            )
        except sqlite3.Error as error:
            raise StoreError(f"{path}: {error}") from error
        try:
            _prepare(self._connection, path, read_only=self.read_only)
            _wait(self._connection, _BUSY_SECONDS)
        except sqlite3.Error as error:
            self._connection.close()
            raise self._translated(error) from error
        except StoreError:
            self._connection.close()
            raise

    def get(self, kind: str, key: bytes) -> StoredEntry | None:
        """The entry of a kind under a key."""
        pending = self._pending.get((kind, key))
        if pending is not None:
            return pending
        query = "SELECT value, time, run FROM entries WHERE kind = ? AND key = ?"
        try:
            row = self._connection.execute(query, (kind, key)).fetchone()
        except sqlite3.Error as error:
            raise self._translated(error) from error
        if row is None or tuple(map(type, row)) != (bytes, float, int):
            return None
        return StoredEntry(*row)

    def put(self, kind: str, key: bytes, entry: StoredEntry) -> None:
        """Take an entry; it is in the file after the next ``flush``. One that is larger than
        1 MiB is not stored."""
        if self.read_only or len(entry.value) > _LARGEST_VALUE:
            return
        self._pending[kind, key] = entry
        if len(self._pending) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        """Write what was taken, in one transaction."""
        if not self._pending:
            return
        rows = [(*key, entry.time, entry.run, entry.value) for key, entry in self._pending.items()]
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany("INSERT OR REPLACE INTO entries VALUES (?,?,?,?,?)", rows)
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            if self._connection.in_transaction:
                self._connection.rollback()
            raise self._translated(error) from error
        self._pending.clear()

    def prune(self, kind: str, before: float, most: int) -> None:
        """Delete what is older than ``before`` (seconds since the epoch), and the oldest
        entries beyond ``most``."""
        if self.read_only:
            return
        try:
            self._connection.execute(
                "DELETE FROM entries WHERE kind = ? AND time < ?", (kind, before)
            )
            query = "SELECT count(*) FROM entries WHERE kind = ?"
            (count,) = self._connection.execute(query, (kind,)).fetchone()
            if count > most:
                self._connection.execute(
                    "DELETE FROM entries WHERE kind = ?1 AND key IN "
                    "(SELECT key FROM entries WHERE kind = ?1 ORDER BY time LIMIT ?2)",
                    (kind, count - most),
                )
        except sqlite3.Error as error:
            raise self._translated(error) from error

    def finish(self) -> None:
        """Flush; waits up to 5 s for other writers."""
        _wait(self._connection, _BUSY_SECONDS_AT_ENDS)
        self.flush()

    def close(self) -> None:
        """Close the file; what was not flushed is lost."""
        self._connection.close()

    def _translated(self, error: sqlite3.Error) -> StoreError:
        """SQLite reports damage by its plain DatabaseError; locks, a full disk and the like by
        subclasses of it."""
        damaged = type(error) is sqlite3.DatabaseError
        return (StoreDamagedError if damaged else StoreError)(f"{self.path}: {error}")


def open_or_replace(path: Path) -> tuple[Database, str | None]:
    """The database at a path, and a note where a damaged file was moved out of its way.

    Raises StoreError where that is not possible.
    """
    try:
        return Database(path), None
    except StoreDamagedError as error:
        try:
            aside = set_aside(path)
        except OSError as problem:
            raise StoreError(f"{error}; {problem}") from problem
        return Database(path), f"{error}; it was moved to {aside}"


def restrict(connection: sqlite3.Connection) -> None:
    """Bound what a hostile file can do with a connection."""
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.execute("PRAGMA mmap_size = 0")


def _prepare(connection: sqlite3.Connection, path: Path, *, read_only: bool) -> None:
    restrict(connection)
    if not read_only and not _objects(connection):
        _create(connection)
    _verify(connection, path)
    if not read_only:
        connection.execute("PRAGMA journal_mode = WAL").fetchone()
        connection.execute("PRAGMA synchronous = NORMAL")


def _create(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode = WAL").fetchone()
    connection.execute("BEGIN IMMEDIATE")
    if not _objects(connection):  # no other process was faster
        connection.execute(ENTRIES)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")


def _verify(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a file with another schema: triggers and views would run on our statements.

    The audit keeps tables of its own, named ``audit_…``, in its journal.
    """
    if _number(connection, "PRAGMA application_id") != APPLICATION:
        raise StoreDamagedError(f"{path} is not a file of articlelint")
    version = _number(connection, "PRAGMA user_version")
    if version > VERSION:
        raise StoreError(f"{path} was written by a newer version")
    if _objects(connection) != [ENTRIES] or version != VERSION:
        raise StoreDamagedError(f"{path} has unknown tables")


def _objects(connection: sqlite3.Connection) -> list[str]:
    """What was created in the file, but for the audit's tables and indexes."""
    rows = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return [
        sql
        for kind, name, sql in rows
        if kind not in ("table", "index") or not str(name).startswith("audit_")
    ]


def _wait(connection: sqlite3.Connection, seconds: float) -> None:
    """How long statements wait for other processes."""
    connection.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")


def _number(connection: sqlite3.Connection, query: str) -> int:
    (value,) = connection.execute(query).fetchone()
    return int(value)
