"""Finds the published or English counterpart of an article in another tree."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from linters.article.article import Article, UnreadableError, read_bytes
from linters.localization.header_fields import HEAD_BYTES, file_hash
from linters.repository.listing import list_files


class ArticleTree:
    """The Markdown files of a folder (not necessarily a repository), or a single file.

    ``name`` is the path as the user wrote it, for messages.
    """

    def __init__(self, root: Path, name: str) -> None:
        self._folder = root if root.is_dir() else root.parent
        self._alone = None if root.is_dir() else root.name
        self._name = name

    @cached_property
    def files(self) -> frozenset[str]:
        """The paths of the Markdown files, relative to the folder."""
        if self._alone is not None:
            return frozenset({self._alone})
        return frozenset(path for path in list_files(self._folder) if path.lower().endswith(".md"))

    @cached_property
    def by_hash(self) -> dict[str, list[str]]:
        """``ms.openlocfilehash`` to the files that have it, sorted."""
        found: dict[str, list[str]] = {}
        for path in sorted(self.files):
            digest = self.hash_of(path)
            if digest is not None:
                found.setdefault(digest, []).append(path)
        return found

    def hash_of(self, path: str) -> str | None:
        """The ``ms.openlocfilehash`` of a file of the tree."""
        try:
            return file_hash(read_bytes(self._folder / path)[:HEAD_BYTES])
        except UnreadableError:
            return None

    def read(self, path: str) -> Article | None:
        """A file of the tree; None if it is unreadable."""
        try:
            return Article.from_bytes(path, read_bytes(self._folder / path))
        except UnreadableError:
            return None

    def is_same(self, path: str, file: Path) -> bool:
        """Whether a path of the tree and ``file`` are the same file on disk."""
        try:
            return (self._folder / path).samefile(file)
        except OSError:
            return False

    def shown(self, path: str) -> str:
        """The path of a file of the tree in messages."""
        return self._name if self._alone is not None else f"{self._name.rstrip('/')}/{path}"

    def published(self, path: str, digest: str) -> Iterator[str]:
        """The files with a hash; the file at the article's path comes first."""
        at_path = [end for end in ends(path) if end in self.files][:1]
        if at_path and self.hash_of(at_path[0]) == digest:
            yield at_path[0]
        yield from (other for other in self.by_hash.get(digest, ()) if other not in at_path)

    def english(self, path: str, below: str) -> str | None:
        """The file at an article's path; ``below`` is that path relative to the named folder.

        The tree may start at a subfolder of the article's repository. A file name alone does
        not match.
        """
        if self._alone is not None:
            return self._alone
        return next((end for end in (below, *list(ends(path))[:-1]) if end in self.files), None)


def ends(path: str) -> Iterator[str]:
    """The path, then the path without its first folder, and so on."""
    yield path
    while "/" in path:
        path = path.partition("/")[2]
        yield path
