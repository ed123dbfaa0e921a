"""``argparse`` with the habits of current tools: paths between options, short usage errors,
suggestions for misspelt options and commands."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

from linters.model.errors import UserError
from linters.util.shorten import shorten
from linters.util.suggestions import suggestion

_CHOICE = re.compile(r"^argument (?P<name>\S+): (?P<rest>.*)$", re.DOTALL)

_EXPLICIT = re.compile(r"ignored explicit argument (.*)$", re.DOTALL)


class UsageError(UserError):
    """Arguments that cannot be understood or combined; ``Command`` and the parser add the usage."""


class AttachedValue(argparse.Action):
    """A flag whose value, if any, is attached: ``--flag`` or ``--flag=VALUE``.

    ``argparse`` would take a path that follows the flag for its value.
    """

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: object,
        option_string: str | None = None,
    ) -> None:
        """Store the value, "" without one."""
        setattr(namespace, self.dest, values)


class CommandParser(argparse.ArgumentParser):
    """A parser of ``articlelint`` or of one of its commands."""

    _mixes = False
    _usage_line: str | None = None

    def __init__(self, **settings: Any) -> None:
        super().__init__(**{"allow_abbrev": False, **settings})

    def parse_known_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """Parse; a command with options and paths refuses the rest with its own usage.

        Paths may be between options, which plain ``argparse`` does not allow. After ``--``,
        which it forgets while mixing, there are only paths.
        """
        words = self._with_equals(sys.argv[1:] if args is None else list(args))
        if self._mixes:
            return super().parse_known_args(words, namespace)
        if self._subparsers is not None:
            self._check_command(words)
            return super().parse_known_args(words, namespace)
        if "--" in words:
            parsed, rest = super().parse_known_args(words, namespace)
        else:
            self._mixes = True
            self._usage_line = self.short_usage()  # argparse hides the paths while it mixes
            try:
                parsed, rest = self.parse_known_intermixed_args(words, namespace)
            finally:
                self._mixes = False
        if rest:
            self._refuse(rest)
        return parsed, []

    def _with_equals(self, words: list[str]) -> list[str]:
        """The words with ``=`` after a flag that takes its value in the same word or none."""
        flags = {
            flag
            for action in self._actions
            if isinstance(action, AttachedValue)
            for flag in action.option_strings
        }
        end = words.index("--") if "--" in words else len(words)
        return [f"{word}=" if word in flags else word for word in words[:end]] + words[end:]

    def error(self, message: str) -> NoReturn:
        """Raise UsageError: the message without ``argparse``'s "argument", then the usage."""
        if message == "the following arguments are required: COMMAND":
            message = f"expected a command: {', '.join(self._commands())}"
        message = _EXPLICIT.sub(r"expected no value, got \1", message)
        match = _CHOICE.match(message)
        text = f"{match['name']}: {match['rest']}" if match else message
        raise UsageError(f"{text}\n{self.short_usage()}")

    def short_usage(self) -> str:
        """One line: the command and its positional arguments, and where the options are listed."""
        if self._usage_line is not None:
            return self._usage_line
        words = [self.prog]
        if any(action.option_strings for action in self._actions):
            words.append("[OPTIONS]")
        words += map(_usage_of, self._get_positional_actions())
        return f"usage: {' '.join(words)} (options: {self.prog} --help)"

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """Refuse a value that is not among the choices, with a suggestion."""
        if action.choices is None or value in action.choices:
            return
        raise argparse.ArgumentError(action, _unknown("value", str(value), action.choices))

    def _check_command(self, words: Sequence[str]) -> None:
        commands = self._commands()
        named = next((word for word in words if not word.startswith("-")), None)
        if named is None or named in commands:
            return
        if "check" in commands and os.path.lexists(named):
            self.error(f"unknown command {named!r}; did you mean '{self.prog} check {named}'?")
        self.error(_unknown("command", named, commands))

    def _commands(self) -> list[str]:
        return [
            name
            for action in self._actions
            if isinstance(action, argparse._SubParsersAction)
            for name in action.choices
        ]

    def _refuse(self, words: Sequence[str]) -> NoReturn:
        options = [word.partition("=")[0] for word in words if word.startswith("-")]
        if options:
            self.error(_unknown("option", options[0], self._option_string_actions))
        self.error(f"unexpected argument {words[0]!r}")


def _unknown(what: str, word: str, known: Iterable[str]) -> str:
    # Dashes are left out of the comparison: they make short options alike.
    names = {str(name).lstrip("-"): str(name) for name in known}
    near = suggestion(word.lstrip("-"), list(names))
    for bare, name in names.items():
        near = near.replace(repr(bare), repr(name))
    if not near and what != "option":
        near = f"; expected {', '.join(names.values())}"
    return f"unknown {what} {shorten(word)!r}{near}"


def _usage_of(action: argparse.Action) -> str:
    metavar = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
    if action.nargs == "*":
        return f"[{metavar} ...]"
    return f"[{metavar}]" if action.nargs == "?" else metavar
