"""Regular expressions that users wrote: in configurations and in schemas.

``PatternSet`` compares most of them in linear time. The rest (lookaround, references) and the
patterns of schemas run in the ``regex`` module with a generous limit: ``re`` cannot be
interrupted, and google-re2 has no wheels for musl (Alpine). A pattern that exceeds the limit is
an error of the configuration, never "no match".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from time import thread_time
from typing import TYPE_CHECKING, ClassVar

from linters.model.errors import UserError
from linters.util.shorten import shorten

if TYPE_CHECKING:
    import regex

TIME_LIMIT = 1.0
"""Seconds that one search may take."""

TOTAL_LIMIT = 10.0
"""Seconds that the slow searches of one pattern may take together in this process."""

ALL_LIMIT = 120.0
"""Seconds that all searches of more than a millisecond may take together in this process: a
configuration may have a thousand patterns, each compared with every URL."""

_SLOW = 0.01
_NOTABLE = 0.001

MAX_LENGTH = 20_000
"""Code points that a pattern may have."""


MAX_SIZE = 50_000
"""Nodes that a pattern may have once its counted repeats are unrolled, as the engine does."""

_TOKEN = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*+(?:\]|\\?\Z)|\{(?P<count>\d+)(?:,\d*)?\}|.",
    re.DOTALL,
)


class PatternError(ValueError):
    """The text is not a regular expression: what is wrong with it, in words."""


class PatternTimeout(UserError):  # noqa: N818
    """A search took longer than the time limit, or more memory than the engine allows."""

    def __init__(self, pattern: str, problem: str = "takes too long to match") -> None:
        super().__init__(f"the pattern {shorten(pattern)!r} {problem}")


class Pattern:
    """A compiled regular expression; every method raises PatternTimeout when it takes too long.

    Picklable, and equal to any other of the same text.
    """

    __slots__ = ("_compiled", "_spent", "text")
    _spent_by_all: ClassVar[float] = 0.0

    def __init__(self, text: str) -> None:
        """Compile ``text``; PatternError if it cannot be."""
        self.text = text
        self._compiled = _compile(text)
        self._spent = 0.0

    def search(self, text: str) -> bool:
        """Whether the pattern matches anywhere in the text."""
        with self._limited():
            return self._compiled.search(text, timeout=TIME_LIMIT) is not None

    def fullmatch(self, text: str) -> bool:
        """Whether the pattern matches the whole text."""
        with self._limited():
            return self._compiled.fullmatch(text, timeout=TIME_LIMIT) is not None

    def replace(self, text: str, replacement: str, longest: int = 1_000_000) -> str:
        r"""The text with every match replaced; ``\1`` and ``\g<name>`` name groups.

        PatternError if the replacement names a group that the pattern does not have, or the
        result has more than ``longest`` code points.
        """
        import regex

        parts: list[str] = []
        at = length = 0
        try:
            with self._limited():
                for match in self._compiled.finditer(text, timeout=TIME_LIMIT):
                    parts += [text[at : match.start()], match.expand(replacement)]
                    length += len(parts[-2]) + len(parts[-1])
                    at = match.end()
                    if length > longest:
                        raise PatternError(
                            f"{shorten(replacement)!r}: the result is longer than {longest:,} "
                            "characters"
                        )
        except (regex.error, IndexError) as error:
            raise PatternError(f"{shorten(replacement)!r}: {error}") from error
        return "".join((*parts, text[at:]))

    @contextmanager
    def _limited(self) -> Iterator[None]:
        begun = thread_time()
        try:
            yield
        except TimeoutError as error:
            raise PatternTimeout(self.text) from error
        except MemoryError as error:  # a recursion such as (?R), which never ends
            raise PatternTimeout(self.text, "needs too much memory") from error
        spent = thread_time() - begun  # what other programs take does not count
        if spent > _NOTABLE:
            Pattern._spent_by_all += spent
            self._spent += spent if spent > _SLOW else 0.0
            if self._spent > TOTAL_LIMIT or Pattern._spent_by_all > ALL_LIMIT:
                raise PatternTimeout(self.text)

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
