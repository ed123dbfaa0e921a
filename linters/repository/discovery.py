"""From the paths on the command line to roots, repositories and the files to report on."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from linters.config.nearest import Configurations
from linters.model.errors import UserError
from linters.model.note import Note
from linters.model.settings import Settings
from linters.repository.repository import Repository
from linters.util import git
from linters.util.globs import GlobSet, globs

MAX_IGNORE_FILE = 1024 * 1024


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


@dataclass(frozen=True, slots=True)
class Listing:
    """The files below a root; ``absent`` are those of a sparse checkout, not on the disk."""

    files: frozenset[str]
    absent: frozenset[str] = frozenset()
    note: str | None = None


def find_root(path: Path, config: Path | None) -> Path:
    """The nearest folder above with ``.git``, else the config file's, else the path's own."""
    start = path if path.is_dir() else path.parent
    for folder in (start, *start.parents):
        if (folder / ".git").exists():
            return folder
    return config.parent if config is not None and start.is_relative_to(config.parent) else start


def list_files(root: Path) -> frozenset[str]:
    """Root-relative paths of all files that are not ignored (see ``find_files``)."""
    return find_files(root).files


def find_files(root: Path) -> Listing:
    """Root-relative paths of all files that are not ignored.

    What git tracks or would add, where there is git; else what a walk with the same ignore
    rules finds.
    """
    if not (root / ".git").exists():
        return Listing(frozenset(_walk(root)))
    try:
        listing = _git_files(root)
    except git.GitError as error:
        return Listing(frozenset(_walk(root)), note=f"{root}: read without git: {error}")
    if ".gitmodules" not in listing.files:
        return listing
    inner = [path for path in listing.files if (root / path).is_dir()]
    files = set(listing.files.difference(inner))
    for path in inner:
        if (root / path / ".git").exists():
            files.update(f"{path}/{name}" for name in list_files(root / path))
    return Listing(frozenset(files), listing.absent)


def _git_files(root: Path) -> Listing:
    output = git.run(
        root, "ls-files", "-z", "-t", "--cached", "--others", "--deleted", "--exclude-standard"
    )
    # A folder is another repository, not a submodule.
    names = [name for name in os.fsdecode(output).split("\0") if name and name[-1] != "/"]
    deleted = {name[2:] for name in names if name[0] == "R"}
    absent = {name[2:] for name in names if name[0] == "S"}
    files = {name[2:] for name in names if name[0] not in "RS"}
    return Listing(frozenset((files | absent) - deleted), frozenset(absent))


def _walk(root: Path) -> Iterator[str]:
    """Every file below a folder without git, honouring ``.gitignore`` and ``.ignore`` files.

    Hidden folders and ``node_modules`` are left out.
    """
    stack: list[tuple[Path, str, tuple[tuple[str, GlobSet], ...]]] = [(root, "", ())]
    while stack:
        folder, prefix, ignores = stack.pop()
        for name in (".gitignore", ".ignore"):
            lines = _ignore_lines(folder / name)
            if lines:
                ignores = ((prefix, GlobSet(lines)), *ignores)
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError:
            continue
        for entry in entries:
            path = prefix + entry.name
            is_folder = entry.is_dir(follow_symlinks=False)
            if entry.name == ".git" or _ignored(path + "/" * is_folder, ignores):
                continue
            if is_folder and (entry.name[0] == "." or entry.name == "node_modules"):
                continue  # virtual environments, caches and packages, as other tools skip them
            if is_folder:
                stack.append((folder / entry.name, path + "/", ignores))
            else:
                yield path


def _ignore_lines(file: Path) -> list[str]:
    if not file.is_file():
        return []
    try:
        with file.open("rb") as stream:
            return stream.read(MAX_IGNORE_FILE).decode("utf-8", "replace").splitlines()
    except OSError:
        return []


def _ignored(path: str, ignores: Sequence[tuple[str, GlobSet]]) -> bool:
    """What the deepest file that speaks of a path says; ``.ignore`` goes before ``.gitignore``."""
    for prefix, patterns in ignores:
        decision = patterns.decide(path[len(prefix) :])
        if decision is not None:
            return decision
    return False


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
    excluded, unless ``force_exclude``. ``overlay`` holds bytes that stand for files, which
    need not exist, by root-relative path. UserError where a path does not exist, or a folder
    holds no article.
    """
    listing = find_files(root)
    included, excluded = _rules(settings)
    present = listing.files - listing.absent
    articles = tuple(sorted(path for path in present if included(path) and not excluded(path)))
    reported: set[str] = set()
    notes = [] if listing.note is None else [Note(listing.note)]
    for path in named:
        replaced = path.relative_to(root).as_posix() in (overlay or {})
        if not replaced and not os.path.lexists(path):
            raise UserError(f"{path}: no such file or folder")
        if not replaced and path.is_dir():
            reported |= _below(root, path, articles)
            continue
        relative = _listed_name(root, path.relative_to(root).as_posix(), listing.files)
        if not included(relative):
            notes.append(Note("not an article, passed over", relative))
        elif not force_exclude or ((replaced or relative in present) and not excluded(relative)):
            reported.add(relative)
    repository = Repository(
        root,
        listing.files | reported,
        articles,
        root.name,
        dict(overlay or {}),
        (lambda _: settings) if isinstance(settings, Settings) else settings.of,
    )
    covered = frozenset(path.relative_to(root).as_posix() for path in named)
    return Selection(repository, tuple(sorted(reported)), tuple(notes), covered)


def _rules(
    settings: Settings | Configurations,
) -> tuple[Callable[[str], bool], Callable[[str], bool]]:
    """Whether a path is included, and whether it is excluded.

    The nearest configuration includes; every one between it and the root may exclude.
    """

    known: dict[str, list[Settings]] = {}

    def every(path: str) -> list[Settings]:
        """Those in force for a file: the nearest first."""
        folder = path.rpartition("/")[0]
        if folder not in known:
            known[folder] = (
                [settings] if isinstance(settings, Settings) else list(settings.above(path))
            )
        return known[folder]

    def included(path: str) -> bool:
        nearest = every(path)[0]
        return globs(nearest.include).match_file(nearest.local(path))

    def excluded(path: str) -> bool:
        return any(
            globs(one.exclude).match_file(one.local(path)) for one in every(path) if one.exclude
        )

    return included, excluded


def _below(root: Path, folder: Path, articles: Sequence[str]) -> set[str]:
    """The articles in a folder; UserError where there is none."""
    for place, base in ((folder, root), (folder.resolve(), root.resolve())):
        if place.is_relative_to(base):
            relative = place.relative_to(base).as_posix()
            prefix = "" if relative == "." else relative + "/"
            found = {name for name in articles if name.startswith(prefix)}
            if found:
                return found
    raise UserError(f"{folder}: no articles here")


def _listed_name(root: Path, relative: str, files: frozenset[str]) -> str:
    """A path as it is listed, where the file system does not tell case apart."""
    if relative in files:
        return relative
    folded = relative.casefold()
    for name in files:
        if name.casefold() == folded and _same(root / name, root / relative):
            return name
    return relative


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False
