"""The repository that a translation is translated from, checked out next to it.

docfx takes what was not translated from the source: its files and redirections count as
those of the translation, at the same root-relative paths.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from linters.article.article import Article
from linters.model.errors import UserError
from linters.repository.file_lookup import Files
from linters.repository.listing import find_files
from linters.repository.repository import Repository


class SourceTree:
    """A source repository; its files are listed when they are first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @classmethod
    def open(cls, folder: Path) -> SourceTree:
        """The tree in a folder; UserError if it is not a folder."""
        if not folder.is_dir():
            raise UserError(f"--source-tree: {folder} is not a folder")
        return cls(folder)

    @cached_property
    def repository(self) -> Repository:
        """All files of the source, with the configuration of its build."""
        listing = find_files(self._folder)
        return Repository(
            self._folder,
            listing.files - listing.absent,
            name=self._folder.name,
            submodules=listing.submodules,
        )

    def find(self, path: str) -> str | None:
        """The file of the source at a root-relative path, in any case; None without one."""
        return self._files.other_case(path)

    def find_folder(self, path: str) -> str | None:
        """The folder of the source at a root-relative path, in any case; None without one."""
        return self._files.folder_other_case(path)

    def redirect(self, path: str) -> str | None:
        """Where the source sends the readers of a removed file; None where it does not."""
        return self.repository.build.redirect(path)

    def has(self, path: str) -> bool:
        """Whether the source has a file or folder at a path, or redirects its readers."""
        found = self.find(path) is not None or self.find_folder(path) is not None
        return found or self.redirect(path) is not None

    def read(self, path: str) -> Article:
        """The article at a path that ``find`` gave; UnreadableError says why it is none."""
        return self.repository.read(path)

    @cached_property
    def _files(self) -> Files:
        return Files(self.repository)
