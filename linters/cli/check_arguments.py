"""The arguments of ``articlelint check`` and what they mean."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from linters.article.article import MAX_BYTES
from linters.checker import Diff, NetworkOptions
from linters.cli import common
from linters.cli.common import Sources, absolute
from linters.config.units import seconds
from linters.findings.rule_settings import RuleSelection
from linters.model.errors import UserError
from linters.reports.formats import FORMATS
from linters.repository.repository import Repository

if TYPE_CHECKING:
    from ipaddress import IPv4Network, IPv6Network

STANDARD_INPUT = "-"
MAX_LIST = 64 * 1024 * 1024


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Define the arguments of ``articlelint check``."""
    common.add_common_arguments(parser)
    add_rules(parser)
    _add_inputs(parser)
    add_network(parser)
    group = parser.add_argument_group("fixes")
    group.add_argument("--fix", action="store_true", help="write the fixes that are safe")
    group.add_argument(
        "--unsafe-fixes", action="store_true", help="with --fix or --diff: the unsafe fixes as well"
    )
    group.add_argument(
        "--diff", action="store_true", help="show what --fix would change, and change nothing"
    )
    add_gate(parser)
    add_output(parser)


def add_rules(parser: argparse.ArgumentParser) -> None:
    """Which rules are reported, besides ``--select``."""
    group = parser.add_argument_group("rules")
    common.add_codes(group, "--ignore", "do not report these rules")
    common.add_codes(group, "--extend-select", "report these rules as well")


def _add_inputs(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("further input")
    group.add_argument(
        "--files-from",
        metavar="FILE|-",
        help="read paths from a file, one per line or NUL-separated",
    )
    group.add_argument(
        "--stdin-filename", metavar="PATH", help="check standard input (-) as if it were this file"
    )
    group.add_argument(
        "--since", metavar="REV", help="report only what is new since a git revision"
    )
    group.add_argument(
        "--jobs", metavar="N", type=_jobs, help="number of processes (default: as the work needs)"
    )


def add_network(parser: argparse.ArgumentParser) -> None:
    """The flags of every command that asks the network."""
    group = parser.add_argument_group("network")
    group.add_argument("--offline", action="store_true", help="send nothing")
    group.add_argument(
        "--deadline",
        metavar="DURATION",
        type=_duration,
        help='stop asking after this time ("20s", "5m"); the rest is unknown',
    )
    group.add_argument(
        "--allow-network",
        metavar="CIDR",
        action="append",
        type=_cidr,
        default=[],
        help="addresses that may be asked although they are not public (repeatable)",
    )
    group.add_argument(
        "--allow-env",
        metavar="NAME",
        action="append",
        default=[],
        help="an environment variable that configured headers may use (repeatable)",
    )


def add_gate(parser: argparse.ArgumentParser) -> None:
    """What fails."""
    group = parser.add_argument_group("gate")
    group.add_argument(
        "--fail-on",
        metavar="LEVEL",
        choices=("error", "warning", "info"),
        default="error",
        help="the lowest severity that fails: error (default), warning or info",
    )
    group.add_argument("--exit-zero", action="store_true", help="exit with 0 in spite of findings")


def add_output(parser: argparse.ArgumentParser) -> None:
    """How findings are reported."""
    group = parser.add_argument_group("output")
    common.add_output_format(group)
    group.add_argument(
        "--report",
        metavar="FORMAT=FILE",
        action="append",
        default=[],
        help="write a report to a file as well (repeatable)",
    )
    group.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help="colours (default: auto)",
    )
    group.add_argument("--no-progress", action="store_true", help="no progress bar")
    group.add_argument("-q", "--quiet", action="store_true", help="findings and errors only")
    group.add_argument("-v", "--verbose", action="store_true", help="say what is read, and how")


def choice(arguments: argparse.Namespace) -> RuleSelection:
    """The rules that the command line chooses."""
    selected = arguments.select
    return RuleSelection(
        select=None if selected is None else tuple(selected),
        ignore=tuple(arguments.ignore or ()),
        extend_select=tuple(arguments.extend_select or ()),
    )


def network(arguments: argparse.Namespace, started: float | None = None) -> NetworkOptions:
    """What the command line says of the network; ``started`` is when the run was."""
    return NetworkOptions(
        started=started,
        offline=arguments.offline,
        deadline=arguments.deadline,
        allow_network=tuple(arguments.allow_network),
        allow_env=frozenset(arguments.allow_env),
        cache_dir=common.cache_dir(arguments),
    )


def change(arguments: argparse.Namespace, repository: Repository) -> Diff | None:
    """What has changed since ``--since``; None without it."""
    if arguments.since is None:
        return None
    from linters.repository.diff import find_diff

    return find_diff(repository.root, arguments.since, repository.overlay)


def report_files(arguments: argparse.Namespace) -> list[tuple[str, Path]]:
    """Format and file of every ``--report``; UserError for a format that there is not."""
    files = []
    for text in arguments.report:
        name, equals, file = text.partition("=")
        if not equals or not file:
            raise UserError(f"--report wants FORMAT=FILE, not {text!r}")
        if name not in FORMATS:
            raise UserError(f"--report: {name!r} is none of {', '.join(FORMATS)}")
        files.append((name, absolute(file)))
    return files


def sources(arguments: argparse.Namespace) -> Sources:
    """Where the articles come from: the named paths, a list, standard input."""
    names: list[str] = list(arguments.paths)
    reads_input = STANDARD_INPUT in names or (arguments.stdin_filename and not names)
    if reads_input:
        if len(names) > 1 or arguments.files_from:
            raise UserError("standard input (-) cannot be combined with other paths")
        path = absolute(arguments.stdin_filename or "stdin.md")
        if path.is_dir():
            raise UserError(f"--stdin-filename: {path} is a folder")
        return Sources((path,), {path: sys.stdin.buffer.read(MAX_BYTES + 1)})
    if arguments.stdin_filename:
        raise UserError("--stdin-filename goes with - for a path")
    if arguments.files_from is None:
        return common.sources(names)
    return Sources(tuple(map(absolute, [*names, *_listed(arguments.files_from)])))


def prints_fixed_text(arguments: argparse.Namespace) -> bool:
    """Whether standard output is for the fixed text of standard input."""
    return bool(arguments.fix and (STANDARD_INPUT in arguments.paths or arguments.stdin_filename))


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
    number = int(text)
    if not 1 <= number <= 1024:
        raise ValueError
    return number


def _duration(text: str) -> float:
    try:
        return seconds(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _cidr(text: str) -> IPv4Network | IPv6Network:
    from ipaddress import ip_network

    try:
        return ip_network(text, strict=False)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


_jobs.__name__ = "number of processes"
