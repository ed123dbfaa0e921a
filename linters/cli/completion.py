"""Print a completion script for a shell.

bash: source <(articlelint completion bash); zsh: save it as _articlelint in a folder of $fpath;
fish: save it in ~/.config/fish/completions/articlelint.fish; PowerShell: add
articlelint completion powershell | Out-String | Invoke-Expression to $PROFILE.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from linters.cli.command import Command
from linters.cli.exit_status import ExitStatus

SHELLS = ("bash", "zsh", "fish", "powershell")
_FILES = ("PATH", "FILE", "FILE|-", "FILE|KEY=VALUE", "TREE", "PATH|-")
_FOLDERS = ("DIR", "ENGLISH_TREE")


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionOptions:
    """The options of ``articlelint completion``."""

    shell: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``CompletionOptions``."""
    parser.add_argument("shell", choices=SHELLS, metavar="SHELL", help=", ".join(SHELLS))


def run(options: CompletionOptions) -> int:
    """Run ``articlelint completion``; returns the exit status."""
    import shtab

    from linters.cli.command_line import full_parser

    parser = full_parser()
    for action in _actions(parser):
        if isinstance(action, argparse._SubParsersAction):
            for command in action._choices_actions:  # what a menu has room for
                action.choices[command.dest].description = command.help
        elif action.metavar in _FILES:
            action.complete = shtab.FILE  # type: ignore[attr-defined]
        elif action.metavar in _FOLDERS:
            action.complete = shtab.DIRECTORY  # type: ignore[attr-defined]
    sys.stdout.write(shtab.complete(parser, options.shell).rstrip("\n") + "\n")
    return ExitStatus.OK


COMMAND = Command(add_arguments, CompletionOptions, run)


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """The actions of a parser and of its commands."""
    for action in parser._actions:
        yield action
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                yield from _actions(command)
