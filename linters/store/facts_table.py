"""Facts of unchanged files, kept between runs in the user's cache folder.

Nobody but the user may have written it (see ``links.probe.place``): what stands there is
taken for what the articles say.

Keyed by content: the same bytes, the same checker and the same settings give the same facts,
whatever the file's date says. A cache that is damaged, locked, or from another version counts
as empty; it may vanish at any time.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

_SCHEMA = "CREATE TABLE IF NOT EXISTS facts (key BLOB PRIMARY KEY, value TEXT) WITHOUT ROWID"
_FILE = "facts-1.sqlite3"
_MAX_ROWS = 500_000
_PATIENCE = 0.2
"""Seconds to wait for another run that is writing."""


def content_key(seed: bytes, path: str, data: bytes) -> bytes:
    """The key of a file's facts; ``seed`` stands for all that they depend on besides."""
    digest = hashlib.blake2b(seed, digest_size=20)
    digest.update(path.encode("utf-8", "surrogatepass") + b"\0")
    digest.update(data)
    return digest.digest()


class FactsCache:
    """Encoded facts by key."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / _FILE
        self._connection: sqlite3.Connection | None = None
        self._broken = False

    def get(self, key: bytes) -> str | None:
        """The facts stored under a key."""
        connection = self._open()
        if connection is None:
            return None
        try:
            row = connection.execute("SELECT value FROM facts WHERE key = ?", (key,)).fetchone()
        except sqlite3.Error as error:
            self._give_up(error)
            return None
        return row[0] if row is not None and isinstance(row[0], str) else None

    def put(self, rows: Mapping[bytes, str]) -> None:
        """Store facts, all at once; best effort."""
        connection = self._open(create=True)
        if connection is None or not rows:
            return
        try:
            with connection:
                connection.execute(_SCHEMA)
                self._forget(connection)
                connection.executemany("INSERT OR REPLACE INTO facts VALUES (?, ?)", rows.items())
        except sqlite3.Error as error:
            self._give_up(error)

    def _give_up(self, error: sqlite3.Error) -> None:
        """Do without; what is no cache is taken away, so that the next run begins anew."""
        self._broken = True
        if type(error) is sqlite3.DatabaseError or "no such table" in str(error):
            self.close()
            with suppress(OSError):
                self._path.unlink()

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _forget(self, connection: sqlite3.Connection) -> None:
        """Begin anew when there is too much: what is in use comes back by itself."""
        (count,) = connection.execute("SELECT count(*) FROM facts").fetchone()
        if count > _MAX_ROWS:
            connection.execute("DELETE FROM facts")

    def _open(self, *, create: bool = False) -> sqlite3.Connection | None:
        if self._connection is None and not self._broken:
            if not create and not self._path.is_file():
                return None
            from linters.store.cache_location import PlaceError, prepare

            try:
                connection = sqlite3.connect(
                    prepare(self._path.parent, self._path.name), timeout=_PATIENCE
                )
            except (PlaceError, OSError, sqlite3.Error):
                self._broken = True
                return None
            self._connection = connection
        return None if self._broken else self._connection
