"""The files below a root: what git tracks or would add, or what a walk finds."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from io import StringIO
from itertools import islice
from pathlib import Path

from linters.repository import submodules
from linters.repository.docset_index import ancestors
from linters.util import git
from linters.util.files import FileError, read_bounded
from linters.util.glob_patterns import GlobPattern, parse_glob
from linters.util.globs import GlobSet, needs_matching

MAX_IGNORE_FILE = 8 * 1024 * 1024
"""Bytes of an ignore file that are read."""
MAX_LINES = 200_000
MAX_WILDCARDS = 2000
"""Patterns with wildcards that apply to one folder, from the ignore files there and above: each
path may have to be matched with all of them."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The files below a root.

    ``absent`` are those of a sparse checkout, not on the disk; ``submodules`` the folders of
    other repositories. ``notes`` say why git was not asked, what of ignore files was ignored, and
    that the walk was cut short.
    """

    files: frozenset[str]
    absent: frozenset[str] = frozenset()
    submodules: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()


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


def find_files(root: Path, most: int | None = None) -> Listing:
    """The files of a repository that are not ignored; those of submodules are not its own.

    What git tracks or would add, where there is git; else what a walk with the same ignore
    rules finds: the first ``most`` files, those in folders near the root before others.
    """
    listing = _list(root, most)
    if submodules.NAME not in listing.files:
        return listing
    inner = _submodules(root)
    own = (path for path in listing.files if not _is_below(path, inner))
    return replace(listing, files=frozenset(own), submodules=inner)


def unlisted_folders(root: Path) -> Iterator[str]:
    """Folders in which a new file would be found although there is none yet.

    Those of ignored files are among them only where git does not ignore the whole folder.
    GitError where git fails.
    """
    starts = [str(root)]
    is_git = (root / ".git").exists()
    if is_git:
        output = git.run(root, "ls-files", "-z", "--others", "--directory", "--exclude-standard")
        starts = [str(root / name) for name in git.paths(output) if name.endswith("/")]
    for start in starts:
        for folder, below, _ in os.walk(start):
            below[:] = [name for name in below if is_git or not _is_of_a_tool(name)]
            yield folder


def _list(root: Path, most: int | None) -> Listing:
    notes = []
    if (root / ".git").exists():
        try:
            return _git_files(root)
        except git.GitError as error:
            notes.append(f"{root}: read without git: {error}")
    over: list[str] = []
    files = frozenset(islice(_walk(root, over), most))
    if most is not None and len(files) == most:
        notes = [f"{root}: read without git, and only the first {most:,} files"]
    if over:
        limits = f"{MAX_LINES:,} lines, or {MAX_WILDCARDS:,} patterns with wildcards"
        notes.append(f"{min(over)}: more than {limits} with those above: the others are ignored")
    return Listing(files, notes=tuple(notes))


def _submodules(root: Path) -> frozenset[str]:
    """The folders of submodules: those of .gitmodules, and those that git has an entry for."""
    found = set(submodules.submodule_paths(_read(root / submodules.NAME)))
    if (root / ".git").exists():
        try:
            output = git.run(root, "ls-files", "-z", "--stage")
        except git.GitError:
            return frozenset(found)
        for entry in os.fsdecode(output).split("\0"):
            status, _, path = entry.partition("\t")
            if status.startswith("160000 "):  # the mode of a commit of another repository
                found.add(path)
    return frozenset(found)


def _is_below(path: str, folders: Collection[str]) -> bool:
    return path in folders or any(folder in folders for folder in ancestors(path))


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


def _walk(root: Path, over: list[str]) -> Iterator[str]:
    """Every file below a folder without git, honouring ``.gitignore`` and ``.ignore`` files.

    The folders of tools (``.venv``, ``node_modules`` …) are left out; ``.github`` is not.
    ``over`` takes the paths of ignore files that are over a limit.
    """
    pending: deque[tuple[Path, str, tuple[tuple[str, GlobSet], ...], int]]
    pending = deque([(root, "", (), MAX_WILDCARDS)])
    while pending:
        folder, prefix, ignores, left = pending.popleft()
        for name in (".gitignore", ".ignore"):
            patterns, others = _patterns(_read(folder / name), left)
            left -= sum(map(needs_matching, patterns))
            if patterns:
                ignores = ((prefix, GlobSet(patterns)), *ignores)
            if others:
                over.append(prefix + name)
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError:
            continue
        for entry in entries:
            path = prefix + entry.name
            is_folder = entry.is_dir(follow_symlinks=False)
            if entry.name == ".git" or _ignored(path + "/" * is_folder, ignores):
                continue
            if is_folder and _is_of_a_tool(entry.name):
                continue
            if is_folder:
                pending.append((folder / entry.name, path + "/", ignores, left))
            else:
                yield path


def _patterns(text: str, wildcards: int) -> tuple[list[GlobPattern], bool]:
    """The patterns of an ignore file, so many of them with wildcards, and whether it has others."""
    found = []
    lines = StringIO(text)
    others = False
    for line in islice(lines, MAX_LINES):
        glob = parse_glob(line)
        if glob is None:
            continue
        if needs_matching(glob):
            wildcards -= 1
            if wildcards < 0:
                others = True
                continue
        found.append(glob)
    return found, others or bool(lines.readline())


def _is_of_a_tool(folder: str) -> bool:
    """Whether a folder has virtual environments, caches or packages, by its name."""
    return folder == "node_modules" or (folder[0] == "." and folder != ".github")


def _read(file: Path) -> str:
    """The text of a regular file; empty where it cannot be read."""
    try:
        return read_bounded(file, MAX_IGNORE_FILE).decode("utf-8", "replace")
    except FileError:
        return ""


def _ignored(path: str, ignores: Sequence[tuple[str, GlobSet]]) -> bool:
    """What the deepest file with a matching pattern says; ``.ignore`` before ``.gitignore``."""
    for prefix, patterns in ignores:
        decision = patterns.decide(path[len(prefix) :])
        if decision is not None:
            return decision
    return False
