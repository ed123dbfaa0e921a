"""Looking files up by name: exactly, by another case, and by likeness.

Asks the repository's list of files only, never the file system, so that the answer is the
same on every machine, whatever its file names' case.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from linters.repository.repository import Repository
from linters.util.suggestions import Suggestions, resembles

_LONGEST = 4096
"""Code points of the longest path that a file can have."""


class Files:
    """The files of a repository by root-relative path with ``/``."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._suggestions = Suggestions()

    def __contains__(self, path: str) -> bool:
        return path in self._repository.files

    def is_folder(self, path: str) -> bool:
        """Whether some file is below this path."""
        return path in self._repository.folders

    def in_submodule(self, path: str) -> bool:
        """Whether the path is below something listed as a file: what is there is unknown."""
        if len(path) > _LONGEST:
            return False
        parent = path.rpartition("/")[0]
        while parent:
            if parent in self._repository.files:
                return True
            parent = parent.rpartition("/")[0]
        return False

    def index(self, folder: str, names: Sequence[str]) -> str | None:
        """The index of a folder: the first of these names that is in it."""
        prefix = folder + "/" if folder else ""
        for name in names:
            found = self.other_case(prefix + name, folder)
            if found is not None:
                return found
        return None

    def other_case(self, path: str, folder: str | None = None) -> str | None:
        """The file whose path differs at most by case; with ``folder`` only its last part.

        So does one whose letters are composed otherwise (Unicode's forms C and D): to some
        file systems it is the same, to others not.
        """
        if path in self._repository.files:
            return path
        found = self._folded.get(_folded(path))
        if found is None or (folder is not None and found.rpartition("/")[0] != folder):
            return None
        return found

    def folder_other_case(self, path: str) -> str | None:
        """The folder whose path differs only by case."""
        if path in self._repository.folders:
            return path
        return self._folded_folders.get(_folded(path))

    def nearest(self, path: str) -> list[str]:
        """The existing files that may be meant, the likeliest first: those of the same name,
        else the two with the most similar names in the same folder."""
        folder, _, name = path.rpartition("/")
        same = self._by_name.get(name.casefold()) or self._by_stem.get(_stem(name))
        if same:
            same = self._suggestions.affordable(same)
            return sorted(same, key=lambda file: (_likeness(file, path), file), reverse=True)
        names = {file.rpartition("/")[2]: file for file in self._by_folder.get(folder, ())}
        close = self._suggestions.closest(name, names)
        # Any two short names with one extension are similar, so the rest is compared as well.
        return [names[other] for other in close if resembles(_stem(name), _stem(other))]

    @cached_property
    def _folded(self) -> Mapping[str, str]:
        return {_folded(path): path for path in sorted(self._repository.files, reverse=True)}

    @cached_property
    def _folded_folders(self) -> Mapping[str, str]:
        return {_folded(path): path for path in sorted(self._repository.folders, reverse=True)}

    @cached_property
    def _by_folder(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for path in sorted(self._repository.files):
            found[path.rpartition("/")[0]].append(path)
        return found

    @cached_property
    def _by_name(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for path in sorted(self._repository.files):
            found[path.rpartition("/")[2].casefold()].append(path)
        return found

    @cached_property
    def _by_stem(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for path in sorted(self._repository.files):
            found[_stem(path.rpartition("/")[2])].append(path)
        return found


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()


def _stem(name: str) -> str:
    """A file's name without its extension, and without what separates words in it."""
    stem = name.casefold().rpartition(".")[0] or name.casefold()
    return "".join(character for character in stem if character.isalnum()) or stem


def _likeness(candidate: str, path: str) -> tuple[int, int]:
    """How many folders two paths share, from the end and from the beginning."""
    first, second = candidate.split("/")[:-1], path.split("/")[:-1]
    return _shared(reversed(first), reversed(second)), _shared(first, second)


def _shared(first: Iterable[str], second: Iterable[str]) -> int:
    count = 0
    for left, right in zip(first, second, strict=False):
        if left != right:
            break
        count += 1
    return count
