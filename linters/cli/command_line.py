"""The command line: its commands, usage errors, and the exit status."""

from __future__ import annotations

import gc
import signal
import sys
from collections.abc import Collection, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from linters import __version__
from linters.cli.command import Command
from linters.cli.exit_status import ExitStatus
from linters.cli.output import print_configuration_error, print_error
from linters.cli.parser import CommandParser
from linters.model.errors import ConfigurationError, UserError
from linters.util import signals

if TYPE_CHECKING:
    from linters.cli.replay import StoredRun

COMMANDS: Mapping[str, str] = {
    "audit": "check whole repositories with history: what broke and what healed",
    "check": "check articles and print one report",
    "completion": "print a completion script for bash, zsh, fish or PowerShell",
    "config": "show the effective settings and where each comes from",
    "init": "write a starter configuration",
    "links": "list every link with its places and kind, without sending requests",
    "localization": "strip, verify, export and compare side-by-side articles",
    "rule": "explain rules, with examples",
    "why": "explain one link: places, rule, every hop, and what is stored",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit status. ``argv`` is without the program's name."""
    words = sys.argv[1:] if argv is None else argv
    try:
        return _run(words)
    except ConfigurationError as error:
        print_configuration_error(error)
        return ExitStatus.ERROR
    except UserError as error:
        print_error(str(error))
        return ExitStatus.ERROR
    except KeyboardInterrupt:
        print_error("interrupted")
        return ExitStatus.INTERRUPTED


def _run(words: Sequence[str]) -> int:
    parser = parser_for(words)
    if not words:
        parser.print_help(sys.stderr)
        return ExitStatus.ERROR
    try:
        namespace = parser.parse_args(words)
    except SystemExit as done:  # --help and --version
        return int(done.code or 0)
    command: Command[object] = namespace.run
    return command.execute(namespace)


def parser_for(words: Sequence[str]) -> CommandParser:
    """The parser of a command line; only the named command's own arguments are in it.

    The modules of the other commands, and their imports, are not loaded.
    """
    named = next((word for word in words if not word.startswith("-")), None)
    return _parser([] if named is None else [named])


def full_parser() -> CommandParser:
    """The parser with the arguments of all commands."""
    return _parser(COMMANDS)


def _parser(named: Collection[str]) -> CommandParser:
    parser = CommandParser(
        prog="articlelint",
        description="Checks documentation articles: front matter, localization and links.",
        epilog="articlelint COMMAND --help explains a command.",
    )
    parser.add_argument("--version", action="version", version=f"articlelint {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, summary in COMMANDS.items():
        command = commands.add_parser(name, help=summary)
        if name in named:
            module = import_module(f"linters.cli.{name}")
            command.description = (module.__doc__ or "").replace("``", "")
            module.COMMAND.add_arguments(command)
            command.set_defaults(run=module.COMMAND, usage=command.short_usage)
    return parser


def recorded_main(stored: StoredRun | None) -> int:
    """``main`` for the installed command; records a run that can be answered from again.

    ``stored`` is the last run of the same command.
    """
    from linters.cli import replay

    # Nearly all objects of a run live to its end: frequent collections would find nothing.
    gc.set_threshold(20_000, 50, 100)
    signals.own_process()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    words = sys.argv[1:]
    if not replay.is_replayable(words):
        return main(words)
    from linters.cli.recording import recording

    with recording(words, stored) as status:
        status.append(main(words))
    return status[0]
