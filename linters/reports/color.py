"""Colours on terminals, and when to use them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

_CODES = {"bold": "1", "red": "1;31", "yellow": "1;33", "blue": "1;34"}


class Stream(Protocol):
    """An output stream."""

    def isatty(self) -> bool:
        """Whether it is a terminal."""


class Paint:
    """Puts text between the escape sequences of a style; leaves it alone without colours."""

    def __init__(self, color: bool) -> None:
        self._color = color

    def __call__(self, style: str, text: str) -> str:
        """The text in a style: ``bold``, ``red``, ``yellow`` or ``blue``."""
        return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if self._color else text


def wants_color(choice: str, stream: Stream, environment: Mapping[str, str]) -> bool:
    """Whether to colour what goes to a stream.

    ``choice`` is ``--color``: ``always`` and ``never`` decide; with ``auto`` a non-empty
    NO_COLOR says no (no-color.org), then a non-empty FORCE_COLOR yes (force-color.org),
    then it is yes on a terminal that is not ``dumb``.
    """
    if choice != "auto":
        return choice == "always"
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return True
    return stream.isatty() and environment.get("TERM") != "dumb"
