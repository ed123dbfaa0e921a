"""Many regular expressions of a configuration, compared with a text within bounds."""

from __future__ import annotations

from collections.abc import Iterable
from time import thread_time

from linters.util.linear_patterns import LinearPatterns, NotLinearError, TooManyStepsError
from linters.util.patterns import Pattern, PatternError, PatternTimeout

TEXT_LIMIT = 1.0
"""Seconds of processor time that one text may take with all patterns that are not linear."""


class PatternSet:
    """Patterns in order.

    What ``LinearPatterns`` takes costs linear time; the others have the limits of ``Pattern``,
    and one for all of them together. Those that are not valid match nothing here: they are
    errors where the configuration is read.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = tuple(texts)
        self._linear = LinearPatterns()
        self._numbers: list[int] = []  # of the linear ones
        self._others: dict[int, Pattern] = {}
        self._all: dict[int, Pattern] = {}
        for number, text in enumerate(self._texts):
            try:
                self._all[number] = pattern = Pattern(text)
            except PatternError:
                continue
            try:
                self._linear.add(text)
                self._numbers.append(number)
            except NotLinearError:
                self._others[number] = pattern

    def __bool__(self) -> bool:
        return bool(self._texts)

    def first(self, text: str) -> Pattern | None:
        """The first pattern that matches anywhere in the text; PatternTimeout where finding it
        takes too long."""
        if "\n" in text:  # ``$`` matches before the last one
            number = self._first_of(self._all, text)
        else:
            found = self._first_linear(text) if self._numbers else None
            others = self._first_of(self._others, text) if self._others else None
            number = min((at for at in (found, others) if at is not None), default=None)
        return None if number is None else self._all[number]

    def _first_linear(self, text: str) -> int | None:
        try:
            found = self._linear.first(text)
        except TooManyStepsError as error:
            pattern = self._texts[self._numbers[error.pattern]]
            raise PatternTimeout(pattern, "takes too many steps to match") from error
        return None if found is None else self._numbers[found]

    def _first_of(self, patterns: dict[int, Pattern], text: str) -> int | None:
        begun = thread_time()
        for number, pattern in patterns.items():
            if pattern.search(text):
                return number
            if thread_time() - begun > TEXT_LIMIT:
                raise PatternTimeout(pattern.text)
        return None
