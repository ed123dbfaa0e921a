"""From the paths on the command line to roots, repositories and the files to report on."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pathspec

from linters.errors import UserError
from linters.repository import Repository
from linters.settings import Settings

CONFIG_NAMES = ("articlelint.toml", "pyproject.toml")


@dataclass(frozen=True, slots=True)
class Selection:
    """One root with what exists below it, and the articles named on the command line."""

    repository: Repository
    reported: tuple[str, ...]
    notes: tuple[str, ...] = ()


def find_root(path: Path, config: Path | None) -> Path:
    """The nearest folder above with ``.git``, else the config file's, else the path's own."""
    start = path if path.is_dir() else path.parent
    for folder in (start, *start.parents):
        if (folder / ".git").exists():
            return folder
    return config.parent if config is not None else start


def matcher(patterns: Iterable[str]) -> pathspec.PathSpec:  # type: ignore[type-arg]
    """A matcher of root-relative paths by gitignore's globs."""
    return pathspec.PathSpec.from_lines("gitignore", patterns)


def list_files(root: Path) -> frozenset[str]:
    """Root-relative paths of all files that are not ignored."""
    if (root / ".git").exists():
        return frozenset(_git_files(root))
    return frozenset(_walk(root))


def _git_files(root: Path) -> Iterator[str]:
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, check=True)  # noqa: S603
    except FileNotFoundError as error:
        raise UserError("git is not installed, but the root is a git repository") from error
    except subprocess.CalledProcessError as error:
        message = error.stderr.decode(errors="replace").strip()
        raise UserError(f"git ls-files failed in {root}: {message}") from error
    for name in done.stdout.split(b"\0"):
        if name:
            yield os.fsdecode(name)


def _walk(root: Path) -> Iterator[str]:
    """Every file below a folder without git, honouring ``.gitignore`` and ``.ignore`` files."""
    stack: list[tuple[Path, str, tuple[tuple[str, pathspec.PathSpec], ...]]] = [  # type: ignore[type-arg]
        (root, "", ())
    ]
    while stack:
        folder, prefix, ignores = stack.pop()
        lines: list[str] = []
        for name in (".gitignore", ".ignore"):
            file = folder / name
            if file.is_file():
                lines += file.read_text(encoding="utf-8", errors="replace").splitlines()
        if lines:
            ignores = (*ignores, (prefix, matcher(lines)))
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError:
            continue
        for entry in entries:
            path = prefix + entry.name
            folder_like = entry.is_dir(follow_symlinks=False)
            if entry.name == ".git" or _ignored(path + "/" * folder_like, ignores):
                continue
            if folder_like:
                stack.append((folder / entry.name, path + "/", ignores))
            else:
                yield path


def _ignored(path: str, ignores: Sequence[tuple[str, pathspec.PathSpec]]) -> bool:  # type: ignore[type-arg]
    return any(spec.match_file(path[len(prefix) :]) for prefix, spec in ignores)


def select(root: Path, named: Sequence[Path], settings: Settings) -> Selection:
    """The articles to report on among the named paths, and the repository around them."""
    included, excluded = matcher(settings.include), matcher(settings.exclude)
    files = list_files(root)
    articles = tuple(
        sorted(
            path for path in files if included.match_file(path) and not excluded.match_file(path)
        )
    )
    reported: set[str] = set()
    notes: list[str] = []
    for path in named:
        relative = path.relative_to(root).as_posix()
        if path.is_dir():
            prefix = "" if relative == "." else relative + "/"
            reported.update(name for name in articles if name.startswith(prefix))
        elif included.match_file(relative):
            reported.add(relative)
        else:
            notes.append(f"{relative}: not an article, passed over")
    repository = Repository(root, files | reported, articles, root.name)
    return Selection(repository, tuple(sorted(reported)), tuple(notes))
