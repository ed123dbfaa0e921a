"""The options of ``articlelint check``."""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass

from linters.article.article import MAX_BYTES
from linters.cli.gate_options import ChangeOptions, add_change_arguments
from linters.cli.input_options import STANDARD_INPUT, InputOptions, add_input_arguments
from linters.cli.inputs import NamedPaths
from linters.cli.options import (
    NetworkFlags,
    ReadOptions,
    RuleOptions,
    absolute,
    add_network_arguments,
    add_read_arguments,
    add_rule_arguments,
)
from linters.cli.parser import UsageError
from linters.cli.report_options import (
    OutputOptions,
    add_gate_arguments,
    add_output_arguments,
)
from linters.model.errors import UserError


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
    input: InputOptions
    stdin_filename: str | None = None

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
            raise UsageError("--stdin-filename: expected - as the path")
        return self.input.named(self.read.paths)

    def _standard_input(self) -> NamedPaths:
        if len(self.read.paths) > 1 or self.input.files_from:
            raise UsageError("standard input (-) cannot be combined with other paths")
        path = absolute(self.stdin_filename or "stdin.md")
        if path.is_dir():
            raise UserError(f"--stdin-filename: {path} is a folder")
        return NamedPaths((path,), {path: sys.stdin.buffer.read(MAX_BYTES + 1)})


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``CheckOptions``."""
    add_read_arguments(parser)
    add_rule_arguments(parser)
    group = add_input_arguments(parser)
    group.add_argument(
        "--stdin-filename", metavar="PATH", help="check standard input (-) under this file name"
    )
    add_network_arguments(parser)
    _add_fix_arguments(parser)
    add_change_arguments(parser)
    add_gate_arguments(parser)
    add_output_arguments(parser)


def _add_fix_arguments(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("fixes")
    group.add_argument("--fix", action="store_true", help="apply the safe fixes")
    group.add_argument(
        "--unsafe-fixes", action="store_true", help="with --fix or --diff: include unsafe fixes"
    )
    group.add_argument(
        "--diff", action="store_true", help="print what --fix would change, change nothing"
    )
