"""What a checkout's ``.git`` folder says of where it comes from, read as text.

Running git would take longer than all that a hook does.
"""

from __future__ import annotations

import re
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from linters.util.files import FileError, read_bounded

MAX_BYTES = 1024 * 1024
MAX_LINE = 4096
_SECTION = re.compile(r"\[\s*remote\s+\"origin\"\s*\]([^\[]*)", re.IGNORECASE)
_URL = re.compile(r"^[ \t]*url[ \t]*=[ \t]*\"?([^\"\r\n]*)", re.IGNORECASE | re.MULTILINE)
_HEAD = re.compile(r"ref: refs/(?:heads|remotes/origin)/(\S+)")


class GitFolder:
    """The git folder of one root; everything is None without one."""

    def __init__(self, root: Path) -> None:
        self._root = root

    @cached_property
    def origin(self) -> str | None:
        """The URL of the remote called ``origin``."""
        section = _SECTION.search(self._read("config"))
        url = _URL.search(section[1]) if section else None
        return url[1].strip() or None if url else None

    @cached_property
    def branch(self) -> str | None:
        """The branch that is checked out."""
        head = _HEAD.match(self._read("HEAD"))
        return head[1] if head else None

    @cached_property
    def default_branch(self) -> str | None:
        """The default branch of ``origin``, where a clone has noted it."""
        head = _HEAD.match(self._read("refs/remotes/origin/HEAD"))
        return head[1] if head else None

    def _read(self, name: str) -> str:
        for folder in self._folders:
            with suppress(FileError):
                return read_bounded(folder / name, MAX_BYTES).decode("utf-8", "replace")
        return ""

    @cached_property
    def _folders(self) -> tuple[Path, ...]:
        """The git folder, and the common one where the checkout is a linked worktree."""
        git = self._root / ".git"
        if not git.is_file():
            return (git,)
        try:
            line = read_bounded(git, MAX_LINE).decode("utf-8", "replace")
            folder = self._root / line.removeprefix("gitdir:").strip()
        except FileError:
            return ()
        try:
            common = read_bounded(folder / "commondir", MAX_LINE).decode("utf-8", "replace")
        except FileError:
            return (folder,)
        return (folder, folder / common.strip())
