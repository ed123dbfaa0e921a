"""From the paths on the command line to roots, repositories and the files to report on."""

from __future__ import annotations

import os
import sys
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from linters.config.nearest import Configurations
from linters.model.errors import UserError
from linters.model.note import Note
from linters.model.settings import Settings
from linters.repository.listing import find_files, list_files
from linters.repository.repository import Repository
from linters.util.globs import GlobSet


@dataclass(frozen=True, slots=True)
class Selection:
    """One root with what exists below it, and the articles named on the command line.

    ``named`` are the root-relative files and folders of the command line (``"."``: the root).
    """

    repository: Repository
    reported: tuple[str, ...]
    notes: tuple[Note, ...] = ()
    named: frozenset[str] = frozenset({"."})

    def covers(self, path: str) -> bool:
        """Whether a file, article or not, is named or in a folder that is."""
        return "." in self.named or any(
            str(above) in self.named
            for above in (PurePosixPath(path), *PurePosixPath(path).parents)
        )


def select(
    root: Path,
    named: Sequence[Path],
    settings: Settings | Configurations,
    *,
    force_exclude: bool = False,
    overlay: Mapping[str, bytes] | None = None,
) -> Selection:
    """The articles to report on among the named paths, and the repository around them.

    ``named`` are absolute. A file that is named is read even where it is ignored or
    excluded, unless ``force_exclude``. ``overlay`` contains bytes in place of files, which
    need not exist, by root-relative path. UserError where a path does not exist, or a folder
    contains no article.
    """
    listing = find_files(root)
    names = _Names(root, listing.files)
    rules = _Rules(settings)
    present = listing.files - listing.absent
    articles = tuple(
        sorted(path for path in present if rules.includes(path) and not rules.excludes(path))
    )
    reported: set[str] = set()
    notes = list(map(Note, listing.notes))
    for path in named:
        replaced = path.relative_to(root).as_posix() in (overlay or {})
        if not replaced and not os.path.lexists(path):
            raise UserError(f"{path}: no such file or folder")
        if not replaced and path.is_dir():
            reported.update(_below(root, path, articles, lambda: filter(rules.includes, present)))
            notes += _submodule_notes(root, path, listing.submodules, rules.includes)
            continue
        relative = names.listed(path.relative_to(root).as_posix())
        if not rules.includes(relative):
            notes.append(Note("not an article, skipped", relative))
        elif not force_exclude or (
            (replaced or relative in present) and not rules.excludes(relative)
        ):
            reported.add(relative)
    sys.audit("articlelint.files", str(root), listing.files)  # what the result depends on
    repository = Repository(
        root,
        listing.files | reported,
        articles,
        root.name,
        dict(overlay or {}),
        (lambda _: settings) if isinstance(settings, Settings) else settings.of,
        submodules=listing.submodules,
    )
    covered = frozenset(path.relative_to(root).as_posix() for path in named)
    return Selection(repository, tuple(sorted(reported)), tuple(notes), covered)


class _Rules:
    """Which files are articles.

    The nearest configuration includes; every one between it and the root may exclude. Each
    list of globs is compiled once: hashing a long one for every file would take longer than
    matching it.
    """

    def __init__(self, settings: Settings | Configurations) -> None:
        self._settings = settings
        self._of_folder: dict[str, Sequence[Settings]] = {}
        self._compiled: dict[int, GlobSet] = {}

    def includes(self, path: str) -> bool:
        """Whether a file is an article."""
        nearest = self._above(path)[0]
        return self._globs(nearest.include).match_file(nearest.local(path))

    def excludes(self, path: str) -> bool:
        """Whether a file is to be skipped."""
        return any(
            self._globs(settings.exclude).match_file(settings.local(path))
            for settings in self._above(path)
            if settings.exclude
        )

    def _above(self, path: str) -> Sequence[Settings]:
        """The settings in force for a file, the nearest first."""
        folder = path.rpartition("/")[0]
        if folder not in self._of_folder:
            given = self._settings
            self._of_folder[folder] = (
                [given] if isinstance(given, Settings) else list(given.above(path))
            )
        return self._of_folder[folder]

    def _globs(self, patterns: tuple[str, ...]) -> GlobSet:
        compiled = self._compiled.get(id(patterns))
        if compiled is None:
            compiled = self._compiled[id(patterns)] = GlobSet(patterns)
        return compiled


def _below(
    root: Path, folder: Path, articles: Sequence[str], included: Callable[[], Iterable[str]]
) -> Sequence[str]:
    """The articles in a folder; UserError if there are none.

    ``included`` are the articles before exclusion.
    """
    for place, base in ((folder, root), (folder.resolve(), root.resolve())):
        if place.is_relative_to(base):
            relative = place.relative_to(base).as_posix()
            if relative == ".":
                found = articles
            else:  # in sorted names, "/" is followed by "0"
                first = bisect_left(articles, relative + "/")
                found = articles[first : bisect_left(articles, relative + "0", first)]
            if found:
                return found
    excluded = sum((root / path).is_relative_to(folder) for path in included())
    if excluded:
        articles_are = "its article is" if excluded == 1 else f"all {excluded:,} articles are"
        raise UserError(f"{folder}: no articles here: {articles_are} excluded")
    raise UserError(f"{folder}: no articles here")


def _submodule_notes(
    root: Path, folder: Path, submodules: frozenset[str], included: Callable[[str], bool]
) -> Iterator[Note]:
    """One for each submodule in a folder that has articles of its own."""
    for path in sorted(submodules):
        if (root / path).is_relative_to(folder) and (root / path).is_dir():
            count = sum(map(included, list_files(root / path)))
            if count:
                articles = "its article is" if count == 1 else f"its {count:,} articles are"
                yield Note(f"a submodule: {articles} not checked", path)


class _Names:
    """Names as they are listed, on file systems that ignore case."""

    def __init__(self, root: Path, files: frozenset[str]) -> None:
        self._root = root
        self._files = files

    def listed(self, path: str) -> str:
        """The listed name of the file that a root-relative path means."""
        if path in self._files:
            return path
        same = (name for name in self._folded.get(path.casefold(), ()) if self._same(name, path))
        return next(same, path)

    @cached_property
    def _folded(self) -> Mapping[str, list[str]]:
        folded: dict[str, list[str]] = defaultdict(list)
        for name in self._files:
            folded[name.casefold()].append(name)
        return folded

    def _same(self, name: str, path: str) -> bool:
        try:
            return (self._root / name).samefile(self._root / path)
        except OSError:
            return False
