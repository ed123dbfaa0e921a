"""The ``articlelint`` command: one module per subcommand; only here is printed or exited."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import NoReturn

from linters import __version__
from linters.cli.console import with_console
from linters.model.errors import UserError
from linters.reports.escape import escape, escape_line

INTERRUPTED = 130
COMMANDS: Mapping[str, str] = {
    "check": "check articles and give one report",
    "config": "show the settings in force, and where each came from",
    "init": "write a starter configuration",
    "links": "list every link with its places and kind; nothing is sent",
    "localization": "strip, verify, export and compare side-by-side articles",
    "rule": "explain rules, with examples",
    "why": "explain one link: places, rule, every hop, and what is stored",
}


class _CommandParser(argparse.ArgumentParser):
    """Takes paths before, between and after options; argparse alone wants them together."""

    _mixes = False

    def parse_known_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """Parse; a command that has commands itself leaves that to them, and after ``--``
        (which ``argparse`` forgets when it mixes) there are only paths."""
        words = sys.argv[1:] if args is None else args
        if self._mixes or self._subparsers is not None or "--" in words:
            return super().parse_known_args(args, namespace)
        self._mixes = True
        try:
            return self.parse_known_intermixed_args(args, namespace)
        finally:
            self._mixes = False


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit status."""
    words = sys.argv[1:] if argv is None else argv
    try:
        arguments = parser_for(words).parse_args(words)
        status: int = arguments.run(arguments)
    except UserError as error:
        first, *rest = str(error).split("\n")
        print(
            f"articlelint: error: {escape(first)}",
            *map(escape_line, rest),
            sep="\n",
            file=sys.stderr,
        )
        return 2
    except KeyboardInterrupt:
        print("articlelint: error: interrupted", file=sys.stderr)
        return INTERRUPTED
    return status


def parser_for(words: Sequence[str]) -> argparse.ArgumentParser:
    """The parser of a command line; only the asked command's own arguments are in it.

    The modules of the others, and all that they need, are not imported.
    """
    asked = next((word for word in words if not word.startswith("-")), None)
    parser = argparse.ArgumentParser(
        prog="articlelint",
        description="Checks documentation articles: front matter, localization and links.",
        epilog="articlelint COMMAND --help explains a command.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"articlelint {__version__}")
    commands = parser.add_subparsers(
        dest="command", required=True, metavar="COMMAND", parser_class=_CommandParser
    )
    for name, summary in COMMANDS.items():
        command = commands.add_parser(name, help=summary, allow_abbrev=False)
        if name == asked:
            module = import_module(f"linters.cli.{name}")
            command.description = (module.__doc__ or "").replace("``", "")
            module.add_arguments(command)
            command.set_defaults(run=module.run)
    return parser


def entry_point() -> NoReturn:
    """What the installed command calls."""
    # Nearly all that a run makes lives to its end: looking for garbage often finds none.
    gc.set_threshold(20_000, 50, 100)
    sys.exit(with_console(main))
