"""The file of the journal: where it is, its lock, damage, and the copy of the last good state."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from linters.model.errors import UserError
from linters.store.cache_location import companions
from linters.store.database import restrict
from linters.util import clock
from linters.util.stable_digest import text_digest


def default_journal(root: Path) -> Path:
    """The journal of an audit whose first root is ``root``: in the user's data folder.

    Named after the root's folder, with a digest of its path, because names repeat.
    """
    from platformdirs import user_data_path

    name = f"{root.name or 'root'}-{text_digest(str(root), 8)}.sqlite3"
    return user_data_path("articlelint", appauthor=False) / "audits" / name


@contextmanager
def locked_journal(path: Path) -> Iterator[tuple[str, ...]]:
    """Lock the journal, and repair its file if needed; yields notes on the repair.

    A damaged file is set aside under another name, and replaced by the last good copy where
    there is one. UserError if another audit has the lock, the path is a symbolic link, or the
    folder cannot be written.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"journal {path}: {error.strerror or error}") from error
    refuse_symbolic_links(path)
    with _lock(path):
        yield _repair(path)


def refuse_symbolic_links(path: Path) -> None:
    """UserError where the journal, or a file that is kept next to it, is a symbolic link: SQLite
    would write to its target."""
    for name in (path, *companions(path), lock_path(path), good_copy(path)):
        if name.is_symlink():
            raise UserError(f"journal {name}: a symbolic link, expected a file")


def save_good_copy(path: Path) -> None:
    """Copy the journal as it is now, whole or not at all."""
    new = path.with_name(path.name + ".new")
    new.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(new)) as target:
        source.backup(target)
    new.replace(good_copy(path))


def good_copy(path: Path) -> Path:
    """Where the last good copy of a journal is."""
    return path.with_name(path.name + ".good")


def lock_path(path: Path) -> Path:
    """The file that is locked while an audit uses the journal."""
    return path.with_name(path.name + ".lock")


@contextmanager
def _lock(path: Path) -> Iterator[None]:
    """SQLite's own lock on a second file: every platform releases it when the process ends."""
    try:
        database = sqlite3.connect(lock_path(path), timeout=0, isolation_level=None)
    except sqlite3.Error as error:
        raise UserError(f"journal {path}: {error}") from error
    with closing(database):
        try:
            database.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                message = f"journal {path}: in use by another audit"
            else:
                message = f"journal {path}: {error}"
            raise UserError(message) from error
        except sqlite3.DatabaseError as error:
            raise UserError(f"journal {lock_path(path)}: {error}") from error
        yield


def _repair(path: Path) -> tuple[str, ...]:
    """Replace a damaged journal; what was done, as notes."""
    if not path.exists():
        if good_copy(path).exists() and _damage(good_copy(path)) is None:
            shutil.copyfile(good_copy(path), path)
            return (f"journal {path.name}: missing, restored from its last good copy",)
        return ()
    damage = _damage(path)
    if damage is None:
        return ()
    aside = _set_aside(path)
    good = good_copy(path)
    if good.exists() and _damage(good) is None:
        shutil.copyfile(good, path)
        rest = "the last good copy is used"
    else:
        rest = "no good copy exists, started a new journal"
    return (f"journal {path.name}: damaged ({damage}), set aside as {aside.name}; {rest}",)


def _damage(path: Path) -> str | None:
    """What is wrong with a SQLite file; None for a sound or an empty one."""
    try:
        with closing(sqlite3.connect(path)) as database:
            restrict(database)
            (result,) = database.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError) and "malformed" not in str(error):
            raise UserError(f"journal {path}: {error}") from error
        return str(error)
    return None if result == "ok" else str(result).partition("\n")[0]


def _set_aside(path: Path) -> Path:
    """Rename a damaged file, its companions with it; never over another one."""
    stamp = clock.now().strftime("%Y%m%dT%H%M%SZ")
    aside = path.with_name(f"{path.name}.damaged-{stamp}")
    number = 1
    while aside.exists():
        number += 1
        aside = path.with_name(f"{path.name}.damaged-{stamp}-{number}")
    path.rename(aside)
    for companion, moved in zip(companions(path), companions(aside), strict=True):
        with suppress(FileNotFoundError):
            companion.rename(moved)
    return aside
