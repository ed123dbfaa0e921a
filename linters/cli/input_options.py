"""Where the articles come from, besides the paths: for ``check`` and ``audit``."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from linters.cli.inputs import NamedPaths, named_paths
from linters.cli.options import absolute
from linters.model.errors import UserError
from linters.repository.source_tree import SourceTree
from linters.util.files import FileError, read_stream

STANDARD_INPUT = "-"
MAX_LIST = 64 * 1024 * 1024
MAX_JOBS = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class InputOptions:
    """Further paths, the tree that articles are translated from, and how they are read."""

    files_from: str | None = None
    jobs: int | None = None
    source_tree: str | None = None
    show_files: bool = False

    def named(self, paths: Iterable[str]) -> NamedPaths:
        """The given paths and those of ``--files-from``; the current folder without either."""
        if self.files_from is None:
            return named_paths(paths)
        return NamedPaths(tuple(map(absolute, [*paths, *_listed(self.files_from)])))

    def source(self) -> SourceTree | None:
        """The tree of ``--source-tree``; UserError if it is not a folder."""
        return None if self.source_tree is None else SourceTree.open(absolute(self.source_tree))


def add_input_arguments(parser: argparse.ArgumentParser) -> argparse._ArgumentGroup:
    """The arguments of ``InputOptions``; returns their group, for what a command adds."""
    group = parser.add_argument_group("further input")
    group.add_argument(
        "--files-from",
        metavar="FILE|-",
        help="read paths from a file, one per line or NUL-separated",
    )
    group.add_argument(
        "--source-tree",
        metavar="DIR",
        help="the repository that the articles are translated from: what it has is not missing",
    )
    group.add_argument(
        "--show-files", action="store_true", help="list the articles to check, check nothing"
    )
    group.add_argument(
        "--jobs", metavar="N", type=_jobs, help="number of processes (default: as needed)"
    )
    return group


def _listed(name: str) -> list[str]:
    """The paths in a list, one a line, or between NULs as ``git diff -z`` prints them."""
    try:
        if name == STANDARD_INPUT:
            data = read_stream(sys.stdin.buffer, MAX_LIST)
        else:
            with Path(name).open("rb") as file:  # a pipe, where a shell makes the list
                data = read_stream(file, MAX_LIST)
    except OSError as error:
        raise UserError(f"--files-from {name}: {error.strerror}") from error
    except FileError as error:
        raise UserError(f"--files-from {name}: {error}") from error
    separator = b"\0" if b"\0" in data else b"\n"
    lines = (line.removesuffix(b"\r") for line in data.split(separator))
    return [os.fsdecode(line) for line in lines if line.strip()]


def _jobs(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text[:9]) <= MAX_JOBS:
        raise argparse.ArgumentTypeError(f"expected a number from 1 to {MAX_JOBS}, got {text!r}")
    return int(text)
