"""The articles that the localization commands read."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from linters.article import MAX_BYTES, Article, UnreadableError
from linters.config import find_config, load
from linters.discovery import Selection, find_root, select
from linters.errors import UserError
from linters.settings import Settings


@dataclass(frozen=True, slots=True)
class Inputs:
    """The articles of one root that the command line names; ``named`` are absolute paths.

    ``prefix`` stands before the paths in messages where a run has several roots.
    """

    named: tuple[Path, ...]
    selection: Selection
    settings_of: Callable[[str], Settings]
    prefix: str = ""

    @property
    def root(self) -> Path:
        """The folder that reported paths are relative to."""
        return self.selection.repository.root


def open_inputs(paths: Sequence[str], output: Path | None = None) -> tuple[Inputs, ...]:
    """The articles below the paths, without those below an output folder inside a path.

    UserError where a path does not exist or a folder holds no article.
    """
    roots: dict[Path, list[Path]] = {}
    for shown in paths:
        path = absolute(shown)
        if not path.exists():
            raise UserError(f"{shown}: no such file or folder")
        roots.setdefault(find_root(path, find_config(path)), []).append(path)
    names = _names(list(roots))
    inputs = tuple(_open(root, named, names[root], output) for root, named in roots.items())
    if not any(one.selection.reported for one in inputs) and any(
        path.is_dir() for one in inputs for path in one.named
    ):
        raise UserError(f"no articles in {', '.join(paths)}")
    return inputs


def _open(root: Path, named: Sequence[Path], prefix: str, output: Path | None) -> Inputs:
    settings = load(find_config(named[0]))
    selection = select(root, named, settings)
    for note in selection.notes:
        note_down(prefix + note)
    if output is not None and any(path != output and path in output.parents for path in named):
        kept = [path for path in selection.reported if output not in (root / path).parents]
        selection = replace(selection, reported=tuple(kept))
    return Inputs(tuple(named), selection, lambda _: settings, prefix)


def _names(roots: Sequence[Path]) -> dict[Path, str]:
    """What stands before the paths of each root: as much of its path as tells it apart."""
    if len(roots) == 1:
        return {roots[0]: ""}
    for depth in range(1, max(len(root.parts) for root in roots)):
        names = {root: "/".join(root.parts[-depth:]) + "/" for root in roots}
        if len(set(names.values())) == len(roots):
            return names
    return {root: root.as_posix() + "/" for root in roots}


def absolute(path: str) -> Path:
    """A path of the command line made absolute, links kept."""
    return Path(os.path.abspath(path))  # noqa: PTH100


def read_all(inputs: Sequence[Inputs], failed: list[str]) -> Iterator[tuple[Inputs, Article]]:
    """Every article that can be read; the others are reported and added to ``failed``."""
    for one in inputs:
        for path in one.selection.reported:
            try:
                yield one, one.selection.repository.read(path)
            except UnreadableError as error:
                complain(f"{one.prefix}{path}: {error}")
                failed.append(path)


def read_standard_input() -> Article:
    """The article on standard input; UserError where it is none."""
    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise UserError("standard input: larger than 16 MiB")
    try:
        return Article.from_bytes("-", data)
    except UnreadableError as error:
        raise UserError(f"standard input: {error}") from error


def note_down(message: str) -> None:
    """Say something on standard error that is no error."""
    print(f"articlelint: note: {message}", file=sys.stderr)


def complain(message: str) -> None:
    """Say on standard error what went wrong with one file."""
    print(f"articlelint: error: {message}", file=sys.stderr)
