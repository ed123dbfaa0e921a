"""The articles that the localization commands read."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from linters.article import MAX_BYTES, Article, UnreadableError
from linters.config import find_config, load
from linters.discovery import Selection, find_root, select
from linters.errors import UserError
from linters.settings import Settings


@dataclass(frozen=True, slots=True)
class Inputs:
    """The articles named on the command line; ``named`` are absolute paths."""

    named: tuple[Path, ...]
    selection: Selection
    settings_of: Callable[[str], Settings]

    @property
    def root(self) -> Path:
        """The folder that reported paths are relative to."""
        return self.selection.repository.root


def open_inputs(paths: Sequence[str], output: Path | None = None) -> Inputs:
    """The articles below the paths, without those below an output folder inside a path.

    UserError where a path does not exist or a folder holds no article.
    """
    named = tuple(absolute(path) for path in paths)
    for path, shown in zip(named, paths, strict=True):
        if not path.exists():
            raise UserError(f"{shown}: no such file or folder")
    config = find_config(named[0])
    root = find_root(named[0], config)
    settings = load(config)
    selection = select(root, named, settings)
    for note in selection.notes:
        note_down(note)
    if output is not None and any(path != output and path in output.parents for path in named):
        kept = [path for path in selection.reported if output not in (root / path).parents]
        selection = Selection(selection.repository, tuple(kept))
    if not selection.reported and any(path.is_dir() for path in named):
        raise UserError(f"no articles in {', '.join(paths)}")
    return Inputs(named, selection, lambda _: settings)


def absolute(path: str) -> Path:
    """A path of the command line made absolute, links kept."""
    return Path(os.path.abspath(path))  # noqa: PTH100


def read_all(inputs: Inputs, failed: list[str]) -> Iterator[Article]:
    """Every article that can be read; the others are reported and added to ``failed``."""
    for path in inputs.selection.reported:
        try:
            yield inputs.selection.repository.read(path)
        except UnreadableError as error:
            complain(f"{path}: {error}")
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
