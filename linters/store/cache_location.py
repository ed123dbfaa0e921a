"""Where the store lies, and whether what lies there can be trusted.

Everything a server answered is taken from this file again, so nobody but the user may have
put it there: not another user of the machine, and not the author of a pull request.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from linters.util import git

FILE_NAME = "links.sqlite3"


class PlaceError(Exception):
    """The store must not, or cannot, lie there; says why."""


def default_cache_dir() -> Path:
    """The user's cache folder of this tool; not created."""
    from platformdirs import user_cache_path

    return user_cache_path("articlelint", appauthor=False)


def prepare(folder: Path, file: str = FILE_NAME) -> Path:
    """Create the folder (0700) and the file (0600) where missing; the file's path.

    Raises PlaceError where either belongs to another user, is a link or no plain file, where
    anybody may write the folder, and where git tracks anything in it.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder = folder.resolve(strict=True)
        if not folder.is_dir():
            raise PlaceError(f"{folder} is not a folder")
        _check_owner(folder, os.stat(folder))  # noqa: PTH116
        if _tracked(folder):
            raise PlaceError(f"{folder} holds files that git tracks: anybody may have written them")
        path = folder / file
        for name in (path, *companions(path)):
            _check_file(name)
        _create(path)
    except OSError as error:
        raise PlaceError(f"{folder}: {error.strerror or error}") from error
    return path


def companions(path: Path) -> tuple[Path, ...]:
    """The files that SQLite keeps beside a database."""
    return tuple(path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal"))


def set_aside(path: Path) -> Path:
    """Move a damaged database out of the way, over one moved before; where it is now."""
    aside = path.with_name(path.name + ".damaged")
    path.replace(aside)
    for companion in companions(path):
        companion.unlink(missing_ok=True)
    return aside


def _create(path: Path) -> None:
    flags = os.O_CREAT | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
    os.close(os.open(path, flags, 0o600))


def _check_file(path: Path) -> None:
    try:
        status = path.lstat()
    except FileNotFoundError:
        return
    if not stat.S_ISREG(status.st_mode):
        raise PlaceError(f"{path} is not a plain file")
    if status.st_nlink > 1:
        raise PlaceError(f"{path} has a second name")
    _check_owner(path, status)
    if os.name == "posix" and stat.S_IMODE(status.st_mode) & 0o077:
        path.chmod(0o600)


def _check_owner(path: Path, status: os.stat_result) -> None:
    if os.name != "posix":
        return  # the profile folder's access list says who may write
    if status.st_uid != os.geteuid():
        raise PlaceError(f"{path} belongs to another user")
    if status.st_mode & 0o002:
        raise PlaceError(f"{path} can be written by anybody")


def _tracked(folder: Path) -> bool:
    """Whether git tracks a file in the folder (then a contributor may have planted it)."""
    if not any((parent / ".git").exists() for parent in (folder, *folder.parents)):
        return False
    try:
        return git.run(folder, "ls-files", "-z", "--", ".") != b""
    except git.GitError:
        return True
