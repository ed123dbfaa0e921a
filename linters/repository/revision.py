"""The files of a repository as they are at a revision.

A gate reads its rules from the base branch (``--config-from``), so that a change cannot lower
the severity of what it brings.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from pathlib import Path

from linters.article.article import MAX_BYTES, UnreadableError
from linters.model.errors import UserError
from linters.util import git
from linters.util.git_blobs import list_blobs, read_blobs
from linters.util.quantities import shown_size


def find_commit(root: Path, revision: str, flag: str) -> str:
    """The commit that a revision names; UserError says what a clone must fetch."""
    if not revision or revision.startswith("-") or "\0" in revision:
        raise UserError(f"{flag}: {revision!r} is not a revision")
    if not (root / ".git").exists():
        raise UserError(f"{flag} needs a git repository: {root} is not one")
    try:
        git.run(root, "rev-parse", "--git-dir")
    except git.GitError as error:
        raise UserError(f"{flag}: {error}") from error
    try:
        commit = git.run(
            root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
        )
    except git.GitError as error:
        raise UserError(
            f"{flag}: no commit {revision!r} in this clone; {_fetch(revision)}"
        ) from error
    return commit.decode().strip()


def _fetch(revision: str) -> str:
    remote, slash, branch = revision.partition("/")
    name = f"{remote} {branch}" if slash else f"origin {revision}"
    return f"run 'git fetch {name}' first, with --unshallow in a shallow clone"


class RevisionFiles:
    """The regular files of one commit, read when they are asked for."""

    def __init__(self, root: Path, commit: str, revision: str) -> None:
        self._root = root
        self._commit = commit
        self._revision = revision
        self._known: dict[str, bytes] = {}

    @property
    def files(self) -> Collection[str]:
        """All paths, relative to the root of the repository."""
        return self._names

    def read_bytes(self, path: str) -> bytes:
        """The bytes of a file; UnreadableError where the revision has no such file.

        UserError where a partial clone does not have its content.
        """
        if path not in self._known:
            self._known |= self._read([path])
        return self._known[path]

    def read_named(self, names: Iterable[str]) -> Mapping[str, bytes]:
        """The bytes of all files that have one of the names, by path."""
        wanted = set(names)
        return self._read(path for path in self._names if path.rpartition("/")[2].lower() in wanted)

    @cached_property
    def _names(self) -> Mapping[str, str]:
        try:
            return list_blobs(self._root, self._commit)
        except git.GitError as error:
            raise UserError(f"{self._revision}: {error}") from error

    def _read(self, paths: Iterable[str]) -> Mapping[str, bytes]:
        names = {}
        for path in paths:
            if path not in self._names:
                raise UnreadableError(f"not in {self._revision}")
            names[path] = self._names[path]
        try:
            blobs = read_blobs(self._root, names, MAX_BYTES)
        except git.GitError as error:
            raise UserError(f"{self._revision}: {error}") from error
        if blobs.missing:
            raise UserError(
                missing_blobs(blobs.missing, self._revision, f"git diff --stat {self._revision}")
            )
        unread = names.keys() - blobs.found.keys()
        if unread:
            limit = shown_size(MAX_BYTES)
            raise UnreadableError(f"{min(unread)} is larger than {limit} in {self._revision}")
        return blobs.found


def missing_blobs(paths: Collection[str], revision: str, command: str) -> str:
    """What to say of files that a partial clone does not have, and what to run.

    Nothing is fetched by us: a checkout says where from, and a pull request may have made it.
    """
    more = f" and {len(paths) - 1:,} more files" if len(paths) > 1 else ""
    return (
        f"this partial clone does not have the content of {min(paths)}{more} at {revision}; "
        f"run '{command}' first, which fetches it"
    )
