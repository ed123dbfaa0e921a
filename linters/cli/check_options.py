"""The options of ``articlelint check``."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from linters.article.article import MAX_BYTES
from linters.cli.gate_options import ChangeOptions, add_change_arguments
from linters.cli.inputs import NamedPaths, named_paths
from linters.cli.options import (
    NetworkFlags,
    ReadOptions,
    RuleOptions,
    absolute,
    add_network_arguments,
    add_read_arguments,
    add_rule_arguments,
)
from linters.cli.report_options import (
    OutputOptions,
    add_gate_arguments,
    add_output_arguments,
)
from linters.model.errors import UserError
from linters.repository.source_tree import SourceTree

STANDARD_INPUT = "-"
MAX_LIST = 64 * 1024 * 1024
MAX_JOBS = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class FixOptions:
    """Whether findings are fixed."""

    fix: bool = False
    unsafe_fixes: bool = False
    diff: bool = False

    @property
    def wanted(self) -> bool:
        """Whether fixes are computed."""
        return self.fix or self.diff


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOptions:
    """Everything that ``articlelint check`` takes, by group."""

    read: ReadOptions
    rules: RuleOptions
    network: NetworkFlags
    fixes: FixOptions
    change: ChangeOptions
    output: OutputOptions
    files_from: str | None = None
    stdin_filename: str | None = None
    jobs: int | None = None
    source_tree: str | None = None
    show_files: bool = False

    @property
    def reads_standard_input(self) -> bool:
        """Whether the article is on standard input."""
        named = self.read.paths
        return STANDARD_INPUT in named or bool(self.stdin_filename and not named)

    @property
    def changes_files(self) -> bool:
        """Whether edits are computed, to be written or shown."""
        return self.fixes.wanted or self.change.add_suppressions is not None

    @property
    def prints_fixed_text(self) -> bool:
        """Whether standard output is for the changed text of standard input."""
        return self.changes_files and not self.fixes.diff and self.reads_standard_input

    def named(self) -> NamedPaths:
        """The articles' paths: arguments, a list, or the name of standard input."""
        if self.reads_standard_input:
            return self._standard_input()
        if self.stdin_filename:
            raise UserError("--stdin-filename: expected - as the path")
        return listed_paths(self.read.paths, self.files_from)

    def _standard_input(self) -> NamedPaths:
        if len(self.read.paths) > 1 or self.files_from:
            raise UserError("standard input (-) cannot be combined with other paths")
        path = absolute(self.stdin_filename or "stdin.md")
        if path.is_dir():
            raise UserError(f"--stdin-filename: {path} is a folder")
        return NamedPaths((path,), {path: sys.stdin.buffer.read(MAX_BYTES + 1)})


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``CheckOptions``."""
    add_read_arguments(parser)
    add_rule_arguments(parser)
    _add_input_arguments(parser)
    add_network_arguments(parser)
    _add_fix_arguments(parser)
    add_change_arguments(parser)
    add_gate_arguments(parser)
    add_output_arguments(parser)


def _add_input_arguments(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("further input")
    add_list_arguments(group)
    group.add_argument(
        "--stdin-filename", metavar="PATH", help="check standard input (-) under this file name"
    )


def add_list_arguments(group: argparse._ActionsContainer) -> None:
    """What every command that checks articles takes besides paths."""
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


def opened_source(folder: str | None) -> SourceTree | None:
    """The tree of ``--source-tree``; UserError if it is not a folder."""
    return None if folder is None else SourceTree.open(absolute(folder))


def listed_paths(paths: Iterable[str], files_from: str | None) -> NamedPaths:
    """The named paths and those of a list; the current folder if there is neither."""
    if files_from is None:
        return named_paths(paths)
    return NamedPaths(tuple(map(absolute, [*paths, *_listed(files_from)])))


def _add_fix_arguments(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("fixes")
    group.add_argument("--fix", action="store_true", help="apply the safe fixes")
    group.add_argument(
        "--unsafe-fixes", action="store_true", help="with --fix or --diff: include unsafe fixes"
    )
    group.add_argument(
        "--diff", action="store_true", help="print what --fix would change, change nothing"
    )


def _listed(name: str) -> list[str]:
    """The paths in a list, one a line, or between NULs as ``git diff -z`` prints them."""
    try:
        if name == STANDARD_INPUT:
            data = sys.stdin.buffer.read(MAX_LIST + 1)
        else:
            with Path(name).open("rb") as file:
                data = file.read(MAX_LIST + 1)
    except OSError as error:
        raise UserError(f"--files-from {name}: {error.strerror}") from error
    if len(data) > MAX_LIST:
        raise UserError(f"--files-from {name}: larger than 64 MiB")
    separator = b"\0" if b"\0" in data else b"\n"
    lines = (line.removesuffix(b"\r") for line in data.split(separator))
    return [os.fsdecode(line) for line in lines if line.strip()]


def _jobs(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text[:9]) <= MAX_JOBS:
        raise argparse.ArgumentTypeError(f"expected a number from 1 to {MAX_JOBS}, got {text!r}")
    return int(text)
