"""Where a path leads, symbolic links followed.

A symbolic link comes with a checkout like any other file: whoever opens a pull request can
place one where something is read, or where a report is going to be written.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from linters.model.errors import UserError
from linters.util.files import write_whole

_CIRCLE = "a symbolic link loop"


def detour(path: Path, root: Path) -> str | None:
    """How symbolic links lead a path out of its root, or into the root's ``.git``.

    None where they do not, in words otherwise; both paths are absolute.
    """
    try:
        real, real_root = path.resolve(), root.resolve()
    except (OSError, RuntimeError):  # RuntimeError before Python 3.13
        return _CIRCLE
    if real.is_symlink():  # Python 3.13 and later stop there
        return _CIRCLE
    if path.is_relative_to(root) and real == real_root / path.relative_to(root):
        return None
    if not real.is_relative_to(real_root):
        return "a symbolic link that leaves the repository"
    if ".git" in real.relative_to(real_root).parts:
        return "a symbolic link into the repository's own data"
    return None


def refuse_detour(path: Path) -> None:
    """UserError where an absolute path in a repository leads out of it, or into its ``.git``.

    A path that is in no repository, as it is written, may lead anywhere.
    """
    root = next((folder for folder in path.parents if (folder / ".git").exists()), None)
    wrong = None if root is None else detour(path, root)
    if wrong is not None:
        raise UserError(f"{path}: {wrong}")


def write_output(
    path: Path, pieces: Iterable[bytes], name: str | None = None, *, creates_folders: bool = True
) -> None:
    """Write a file that the command line names, whole or not at all.

    UserError, which calls it ``name``, if it cannot be written or symbolic links lead it
    astray.
    """
    refuse_detour(path)
    try:
        if creates_folders:
            path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, pieces)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError(f"{name or path}: cannot be written: {reason}") from error
