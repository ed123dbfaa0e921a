"""What exists: the files of one root, and their bytes."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from linters.article import Article, UnreadableError, read_bytes


@dataclass(frozen=True)
class Repository:
    """The files below a root, whether or not they are reported on.

    ``files`` are root-relative paths with ``/``: all that git tracks or would add, or what
    a walk with the same ignore rules finds. ``articles`` are those of them that the
    configuration includes.
    """

    root: Path
    files: frozenset[str]
    articles: tuple[str, ...] = ()
    name: str = field(default="")

    @cached_property
    def folders(self) -> frozenset[str]:
        """Every folder that holds a file, as root-relative paths; the root is ``""``."""
        folders = {""}
        for path in self.files:
            parent = path.rpartition("/")[0]
            while parent and parent not in folders:
                folders.add(parent)
                parent = parent.rpartition("/")[0]
        return frozenset(folders)

    def read(self, path: str) -> Article:
        """The article at a root-relative path; UnreadableError says why it is none."""
        return Article.from_bytes(path, self.read_bytes(path))

    def read_bytes(self, path: str) -> bytes:
        """The bytes of the file at a root-relative path; UnreadableError as in ``read``."""
        full = self.root / path
        if full.is_symlink() and not full.resolve().is_relative_to(self.root.resolve()):
            raise UnreadableError("a symbolic link that leaves the repository")
        return read_bytes(full)
