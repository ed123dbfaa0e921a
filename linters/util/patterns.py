"""Regular expressions that users wrote: in configurations and in schemas.

``re`` cannot be interrupted, so that one hostile pattern would hang a run; these run in the
``regex`` module with a time limit for each call.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import regex

TIME_LIMIT = 0.5
"""Seconds that one search may take."""

MAX_LENGTH = 20_000
"""Code points that a pattern may have."""


MAX_SIZE = 50_000
"""Nodes that a pattern may have once its counted repeats are unrolled, as the engine does."""

_TOKEN = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*+(?:\]|\\?\Z)|\{(?P<count>\d+)(?:,\d*)?\}|.",
    re.DOTALL,
)


class PatternError(ValueError):
    """The text is no regular expression: what is wrong with it, in words."""


class PatternTimeout(Exception):  # noqa: N818
    """A search took longer than the time limit."""

    def __init__(self, pattern: str) -> None:
        super().__init__(f"the pattern {shorten(pattern)!r} takes too long to match")


class Pattern:
    """A compiled regular expression; every method raises PatternTimeout when it takes too long.

    Picklable, and equal to any other of the same text.
    """

    __slots__ = ("_compiled", "text")

    def __init__(self, text: str) -> None:
        """Compile ``text``; PatternError if it cannot be."""
        self.text = text
        self._compiled = _compile(text)

    def search(self, text: str) -> bool:
        """Whether the pattern matches anywhere in the text."""
        try:
            return self._compiled.search(text, timeout=TIME_LIMIT) is not None
        except TimeoutError as error:
            raise PatternTimeout(self.text) from error

    def fullmatch(self, text: str) -> bool:
        """Whether the pattern matches the whole text."""
        try:
            return self._compiled.fullmatch(text, timeout=TIME_LIMIT) is not None
        except TimeoutError as error:
            raise PatternTimeout(self.text) from error

    def replace(self, text: str, replacement: str) -> str:
        r"""The text with every match replaced; ``\1`` and ``\g<name>`` name groups.

        PatternError if the replacement names a group that the pattern does not have.
        """
        import regex

        try:
            return self._compiled.sub(replacement, text, timeout=TIME_LIMIT)
        except TimeoutError as error:
            raise PatternTimeout(self.text) from error
        except (regex.error, IndexError) as error:
            raise PatternError(f"{shorten(replacement)!r}: {error}") from error

    def __reduce__(self) -> tuple[type[Pattern], tuple[str]]:
        return (Pattern, (self.text,))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Pattern) and other.text == self.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __repr__(self) -> str:
        return f"Pattern({self.text!r})"


def compile_pattern(text: str) -> Pattern:
    """The pattern of a text; PatternError if it is not a regular expression."""
    return Pattern(text)


def shorten(text: str, length: int = 80) -> str:
    """At most ``length`` code points of a text, for messages."""
    return text if len(text) <= length else text[: length - 1] + "…"


@lru_cache(maxsize=1024)
def _compile(text: str) -> regex.Pattern[str]:
    import regex

    if len(text) > MAX_LENGTH:
        raise PatternError(f"longer than {MAX_LENGTH:,} characters")
    if _size(text) > MAX_SIZE:
        raise PatternError(f"{shorten(text)!r}: its repeats multiply beyond {MAX_SIZE:,}")
    try:
        return regex.compile(text)
    except (regex.error, OverflowError, ValueError, RecursionError) as error:
        raise PatternError(f"{shorten(text)!r}: {error}") from error


def _size(text: str) -> int:
    """How many nodes the engine makes of a pattern: ``(a{1000}){1000}`` are a million."""
    totals = [0]
    last = 0
    for token in _TOKEN.finditer(text):
        if token["count"] is not None:
            count = min(int(token["count"][:7]), 10**7)
            totals[-1] += last * (count - 1)
            last = min(last * count, 10**12)
        elif token[0] == "(":
            totals.append(0)
        elif token[0] == ")" and len(totals) > 1:
            last = totals.pop()
            totals[-1] += last
        else:
            last = 1
            totals[-1] += 1
    return max(totals)
