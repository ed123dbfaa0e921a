"""The errors that end a run with exit status 2."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


class UserError(Exception):
    """Something the user can correct: arguments, configuration, a plug-in, a path."""


@dataclass(frozen=True, slots=True)
class ConfigurationProblem:
    """One mistake in a configuration file.

    ``line`` and ``column`` are 1-based, None where the file as a whole is meant; ``end`` is
    the exclusive end column in the same line; ``excerpt`` is the line's text. ``key`` is the
    path of the key, as in ``links.exclude[1]``.
    """

    file: str
    message: str
    key: str = ""
    line: int | None = None
    column: int | None = None
    end: int | None = None
    excerpt: str | None = None

    def __str__(self) -> str:
        """``file:line: key: message``."""
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return ": ".join(part for part in (place, self.key, self.message) if part)


class ConfigurationError(UserError):
    """Everything that is wrong with the configuration files, in order."""

    def __init__(self, problems: Iterable[ConfigurationProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))
