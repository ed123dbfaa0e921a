"""Writes files into an output folder, and never outside of it or over the sources."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from linters.model.errors import UserError
from linters.util.safe_paths import write_output


def plan(sources: Iterable[Path], named: Sequence[Path], output: Path) -> Mapping[Path, Path]:
    """The output path of each source file; all paths are absolute.

    Files in a named folder keep their path below that folder, named files keep theirs below
    their nearest common folder. UserError if two files have the same output path, if a source
    would be overwritten, or if a symbolic link leaves ``output``.
    """
    folders = sorted({path for path in named if path.is_dir()}, key=lambda path: len(path.parts))
    common = _common_folder([path for path in named if not path.is_dir()])
    owners: dict[str, Path] = {}
    placed: dict[Path, Path] = {}
    for source in sources:
        base = next((folder for folder in folders if source.is_relative_to(folder)), common)
        target = output / source.relative_to(base or source.parent)
        other = owners.setdefault(os.path.normcase(target), source)
        if other != source:
            raise UserError(f"{other} and {source} would both be written to {target}")
        placed[source] = target
    _refuse_harm(placed, output)
    return placed


def write(target: Path, data: bytes) -> None:
    """Write a file and create its folders; UserError if that fails."""
    write_output(target, [data])


def _common_folder(files: Sequence[Path]) -> Path | None:
    """The nearest common folder of the files; None without files, or across drives."""
    try:
        return Path(os.path.commonpath([file.parent for file in files]))
    except ValueError:
        return None


def _refuse_harm(placed: Mapping[Path, Path], output: Path) -> None:
    inside = output.resolve()
    sources = {_identity(source) for source in placed}
    for target in placed.values():
        if not target.resolve().is_relative_to(inside):
            raise UserError(f"{target} is a symbolic link that leaves {output}")
        if target.exists() and _identity(target) in sources:
            raise UserError(f"{target} is one of the sources: choose another folder")


def _identity(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_dev, status.st_ino
