"""What servers answered and what was learnt of hosts, in one SQLite file.

Write-ahead log and NORMAL synchronisation: a process killed at any instant loses nothing
that was committed (a power cut may lose the last commits, never the file). Several processes
may use the file at once.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from linters.links.network.answer import Answer
from linters.store.cache_location import set_aside

VERSION = 1
_APPLICATION = 0x6172_746C  # "artl": SQLite's application id of our files
_SCHEMA = (
    (
        "CREATE TABLE answers (url TEXT NOT NULL, conditions TEXT NOT NULL, time REAL NOT NULL, "
        "answer TEXT NOT NULL, PRIMARY KEY (url, conditions))"
    ),
    "CREATE TABLE hosts (name TEXT PRIMARY KEY NOT NULL, time REAL NOT NULL, memory TEXT NOT NULL)",
)
_BUSY_SECONDS = 0.2  # in between: the event loop stands still meanwhile
_BUSY_SECONDS_AT_ENDS = 5.0  # while opening and at the end, where there is no second try
_LARGEST = 4 * 1024 * 1024
_BATCH = 256


class StoreError(Exception):
    """The file cannot be used; it is left as it is."""


class DamagedError(StoreError):
    """The file is no store of ours, or broken."""


class Store:
    """An open store; every method is short. Not to be shared between threads."""

    def __init__(self, path: Path) -> None:
        """Open the file, creating the tables in an empty one.

        Raises DamagedError for a file that is no intact store, and StoreError where it
        cannot be opened or was written by a newer version.
        """
        self._answers: dict[tuple[str, str], tuple[float, str]] = {}
        self._hosts: dict[str, tuple[float, str]] = {}
        try:
            self._database = sqlite3.connect(
                path, timeout=_BUSY_SECONDS_AT_ENDS, isolation_level=None
            )
        except sqlite3.Error as error:
            raise StoreError(f"{path}: {error}") from error
        try:
            _prepare(self._database, path)
            _wait(self._database, _BUSY_SECONDS)
        except sqlite3.Error as error:
            self._database.close()
            raise _as_ours(error, path) from error
        except StoreError:
            self._database.close()
            raise

    def get(self, url: str, conditions: str = "") -> Answer | None:
        """The stored answer for a URL without fragment, obtained under these conditions."""
        if not _is_text(url):
            return None
        waiting = self._answers.get((url, conditions))
        if waiting is not None:
            return _decoded(waiting[1], url)
        row = self._one(
            "SELECT answer FROM answers WHERE url = ? AND conditions = ?", url, conditions
        )
        return None if row is None else _decoded(row, url)

    def put(self, answer: Answer) -> None:
        """Take an answer; it is in the file after the next ``flush``."""
        text = json.dumps(answer.to_json(), separators=(",", ":"))
        if len(text) > _LARGEST // 4 or not _is_text(answer.url):
            return
        self._answers[answer.url, answer.conditions] = (answer.when, text)
        if len(self._answers) >= _BATCH:
            self.flush()

    def host(self, name: str) -> Mapping[str, Any]:
        """What was learnt of a host: JSON values; empty when nothing."""
        waiting = self._hosts.get(name)
        text = waiting[1] if waiting else self._one("SELECT memory FROM hosts WHERE name = ?", name)
        try:
            memory = json.loads(text) if isinstance(text, str) else {}
        except (ValueError, RecursionError):
            memory = {}
        return memory if isinstance(memory, dict) else {}

    def put_host(self, name: str, memory: Mapping[str, Any], when: float) -> None:
        """Take what was learnt of a host; ``when`` is seconds since the epoch."""
        self._hosts[name] = (when, json.dumps(dict(memory)))

    def flush(self) -> None:
        """Write what was taken, in one transaction; StoreError when it cannot be."""
        if not self._answers and not self._hosts:
            return
        answers = [(*key, *value) for key, value in self._answers.items()]
        hosts = [(name, *value) for name, value in self._hosts.items()]
        try:
            self._database.execute("BEGIN IMMEDIATE")
            self._database.executemany(
                "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?)", answers
            )
            self._database.executemany("INSERT OR REPLACE INTO hosts VALUES (?, ?, ?)", hosts)
            self._database.execute("COMMIT")
        except sqlite3.Error as error:
            if self._database.in_transaction:
                self._database.rollback()
            raise _as_ours(error, "the store") from error
        self._answers.clear()
        self._hosts.clear()

    def prune(self, before: float, most: int) -> None:
        """Forget what is older than ``before`` (seconds since the epoch), and the oldest
        answers beyond ``most``."""
        try:
            for table in ("answers", "hosts"):
                self._database.execute(f"DELETE FROM {table} WHERE time < ?", (before,))  # noqa: S608
            count = self._one("SELECT count(*) FROM answers")
            if isinstance(count, int) and count > most:
                self._database.execute(
                    "DELETE FROM answers WHERE rowid IN "
                    "(SELECT rowid FROM answers ORDER BY time LIMIT ?)",
                    (count - most,),
                )
        except sqlite3.Error as error:
            raise _as_ours(error, "the store") from error

    def finish(self) -> None:
        """Flush, waiting for other writers as long as it takes to be sure (5 s)."""
        _wait(self._database, _BUSY_SECONDS_AT_ENDS)
        self.flush()

    def close(self) -> None:
        """Close the file; what was not flushed is lost."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        try:
            self.finish()
        finally:
            self.close()

    def _one(self, query: str, *values: str) -> object:
        try:
            row = self._database.execute(query, values).fetchone()
        except sqlite3.Error as error:
            raise _as_ours(error, "the store") from error
        return None if row is None else row[0]


def open_store(path: Path) -> tuple[Store, str | None]:
    """The store at a path, and a note when a damaged file had to be moved out of its way.

    Raises StoreError where there is no using it.
    """
    try:
        return Store(path), None
    except DamagedError as error:
        try:
            aside = set_aside(path)
        except OSError as problem:
            raise StoreError(f"{error}; {problem}") from problem
        return Store(path), f"{error}; it was moved to {aside}"


def _prepare(database: sqlite3.Connection, path: Path) -> None:
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LARGEST)
    database.execute("PRAGMA trusted_schema = OFF")
    database.execute("PRAGMA cell_size_check = ON")
    database.execute("PRAGMA mmap_size = 0")
    if _number(database, "PRAGMA schema_version") == 0:
        _create(database)
    _verify(database, path)
    database.execute("PRAGMA journal_mode = WAL").fetchone()
    database.execute("PRAGMA synchronous = NORMAL")


def _create(database: sqlite3.Connection) -> None:
    database.execute("PRAGMA journal_mode = WAL").fetchone()
    database.execute("BEGIN IMMEDIATE")
    if _number(database, "PRAGMA schema_version") == 0:  # no other process was faster
        for statement in _SCHEMA:
            database.execute(statement)
        database.execute(f"PRAGMA application_id = {_APPLICATION}")
        database.execute(f"PRAGMA user_version = {VERSION}")
    database.execute("COMMIT")


def _verify(database: sqlite3.Connection, path: Path) -> None:
    """Refuse a file with another schema: triggers and views would run on our statements."""
    if _number(database, "PRAGMA application_id") != _APPLICATION:
        raise DamagedError(f"{path} is not a store of links")
    version = _number(database, "PRAGMA user_version")
    if version > VERSION:
        raise StoreError(f"{path} was written by a newer version")
    query = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"
    if tuple(sql for (sql,) in database.execute(query)) != _SCHEMA or version != VERSION:
        raise DamagedError(f"{path} has tables that are not ours")


def _wait(database: sqlite3.Connection, seconds: float) -> None:
    """How long statements wait for other processes."""
    database.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")


def _number(database: sqlite3.Connection, query: str) -> int:
    (value,) = database.execute(query).fetchone()
    return int(value)


def _as_ours(error: sqlite3.Error, path: object) -> StoreError:
    """SQLite tells damage by its plain DatabaseError; locks, a full disk and the like by
    subclasses of it."""
    kind = DamagedError if type(error) is sqlite3.DatabaseError else StoreError
    return kind(f"{path}: {error}")


def _is_text(url: str) -> bool:
    """Whether SQLite can hold it: lone surrogates have no UTF-8."""
    return url.isascii() or not any("\ud800" <= character <= "\udfff" for character in url)


def _decoded(text: object, url: str) -> Answer | None:
    """The answer in a row; None for anything else."""
    if not isinstance(text, str):
        return None
    try:
        answer = Answer.from_json(json.loads(text))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return answer if answer.url == url and isinstance(answer.when, int | float) else None
