"""Work on side-by-side localized articles: strip, verify, export, import, compare and count."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module

from linters.cli.command import Command
from linters.cli.parser import CommandParser
from linters.model.errors import UserError

COMMANDS: Mapping[str, str] = {
    "strip": "write the published text of side-by-side articles",
    "verify": "compare with the published articles, or with the English source",
    "export": "write the segments as TMX or XLIFF",
    "import": "write edited targets from TMX or XLIFF back into the articles",
    "compare": "compare the same articles in several locales",
    "stats": "count segments, words, translation states and findings",
}
_MODULES = {"import": "import_targets"}  # a module cannot be named after the keyword


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The subcommands of ``articlelint localization``."""
    commands = parser.add_subparsers(dest="subcommand", required=True, metavar="COMMAND")
    for name, summary in COMMANDS.items():
        module = import_module(f"linters.cli.localization.{_MODULES.get(name, name)}")
        command = commands.add_parser(
            name,
            help=summary,
            description=(module.__doc__ or "").replace("``", ""),
        )
        module.COMMAND.add_arguments(command)
        assert isinstance(command, CommandParser)
        command.set_defaults(run=module.COMMAND, usage=command.short_usage)


@dataclass(frozen=True, slots=True)
class _NoOptions:
    """The subcommands have the options."""


def _run(_: _NoOptions) -> int:
    raise UserError("localization: expected a subcommand")


COMMAND = Command(add_arguments, _NoOptions, _run)
