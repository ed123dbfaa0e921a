"""The cache of a run: if it fails, it costs requests and time, never the run."""

from __future__ import annotations

import hashlib
import logging
from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from linters.store.cache_location import FILE_NAME, LocationError, prepare, set_aside
from linters.store.entry import StoreDamagedError, StoredEntry, StoreError
from linters.util import clock

if TYPE_CHECKING:
    from linters.store.database import Database

_log = logging.getLogger("articlelint")

_T = TypeVar("_T")
_PATIENCE = 20
_KEEP_SECONDS = 90 * 86400.0
_KEEP = 500_000
_FEW = 256
"""A run that writes fewer entries of a kind deletes none: looking for old ones reads the file."""


class Cache:
    """Encoded values by kind and key; without a folder it keeps nothing.

    The file is opened when it is first needed; reading creates none. What cannot be used
    switches itself off with a note, once. ``roots`` are the folders that are checked, see
    ``cache_location.prepare``.
    """

    def __init__(self, folder: Path | None, roots: Iterable[Path] = ()) -> None:
        self._folder = folder
        self._roots = tuple(roots)
        self._database: Database | None = None
        self._failures = 0
        self._taken: Counter[str] = Counter()

    def __bool__(self) -> bool:
        return self._folder is not None

    def get(self, kind: str, key: bytes) -> StoredEntry | None:
        """The entry of a kind under a key."""
        if self._database is None and not exists(self._folder):
            return None
        return self._guarded(lambda database: database.get(kind, key))

    def put(self, kind: str, key: bytes, value: bytes) -> None:
        """Take a value; it is in the file after the next ``flush``."""
        if self._folder is not None:
            self._taken[kind] += 1
            entry = StoredEntry(value, clock.timestamp())
            self._guarded(lambda database: database.put(kind, key, entry))

    def flush(self) -> None:
        """Write what was taken."""
        if self._database is not None:
            self._guarded(lambda database: database.flush())

    def close(self) -> None:
        """Write what is left; after a large run, delete what is old of the kinds written."""
        before = clock.timestamp() - _KEEP_SECONDS
        for kind, count in sorted(self._taken.items()):
            self._guarded(lambda database: database.finish())
            if count >= _FEW:
                self._guarded(partial(_prune, kind=kind, before=before))
        self._give_up()

    def _give_up(self) -> None:
        if self._database is not None:
            self._database.close()
        self._database = self._folder = None

    def _open(self, folder: Path) -> Database | None:
        from linters.store.database import open_or_replace

        try:
            self._database, note = open_or_replace(prepare(folder, self._roots))
        except (LocationError, StoreError) as error:
            _log.warning("the cache is not used: %s", error)
            self._give_up()
            return None
        if note:
            _log.warning("%s", note)
        return self._database

    def _guarded(self, action: Callable[[Database], _T]) -> _T | None:
        if self._folder is None:
            return None
        database = self._database or self._open(self._folder)
        if database is None:
            return None
        try:
            return action(database)
        except StoreDamagedError as error:
            self._give_up()
            try:
                where = f"; it was moved to {set_aside(database.path)}"
            except OSError:
                where = ""
            _log.warning("the cache is no longer used: %s%s", error, where)
        except StoreError as error:
            # A writer that is merely busy is tried again with the next batch.
            _log.debug("the cache is not written: %s", error)
            self._failures += 1
            if self._failures > _PATIENCE:
                _log.warning("the cache is no longer used: %s", error)
                self._give_up()
        return None


def _prune(database: Database, *, kind: str, before: float) -> None:
    database.prune(kind, before, _KEEP)


def content_key(seed: bytes, path: str, data: bytes) -> bytes:
    """The key of what a file's path and content give; ``seed`` is a digest of all else that it
    depends on."""
    digest = hashlib.blake2b(seed, digest_size=20)
    digest.update(path.encode("utf-8", "surrogatepass") + b"\0")
    digest.update(data)
    return digest.digest()


def exists(folder: Path | None) -> bool:
    """Whether there is a cache in a folder; asking creates none."""
    return folder is not None and (folder / FILE_NAME).is_file()
