"""Finds which of many regular expressions match a text, in linear time.

All states that the expressions can be in advance together (Thompson's construction), so that
nothing is tried twice. Sets of states are kept with their transitions, a DFA that is built where
it is needed, as RE2 does. Work is counted in steps, which no load on the machine changes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Container

from linters.util.linear_syntax import PatternNode, parse

MAX_STATES = 10_000
"""States of one pattern, its repeats unrolled."""

ALL_STATES = 200_000
"""States of all patterns together."""

TEXT_STEPS = 2_000_000
"""Steps for one text. A URL of 2,000 characters and a thousand ordinary patterns take about
100,000, and hardly any once such URLs were seen."""

ALL_STEPS = 100_000_000
"""Steps for all texts together."""

_KEPT = 1_000_000  # states in all sets together


class NotLinearError(ValueError):
    """The pattern has syntax that takes more than linear time, or is too large."""


class TooManyStepsError(Exception):
    """``pattern`` is the number of the costliest one."""

    def __init__(self, pattern: int) -> None:
        super().__init__(pattern)
        self.pattern = pattern


class _Class(dict[str, bool]):
    """Which characters are in a class, as ``regex`` decides."""

    def __init__(self, text: str) -> None:
        import regex

        super().__init__()
        self._match = regex.compile(text).fullmatch

    def __contains__(self, character: object) -> bool:
        return self[str(character)]

    def __missing__(self, character: str) -> bool:
        found = self[character] = self._match(character) is not None
        return found


class _StateSet:
    """Where the patterns can be after some text, and where each next character leads."""

    __slots__ = ("following", "matched", "matched_at_end", "states")

    def __init__(self, states: tuple[int, ...], matched: int, matched_at_end: int) -> None:
        self.states = states
        self.matched = matched
        self.matched_at_end = matched_at_end
        self.following: dict[str, _StateSet] = {}


class LinearPatterns:
    """Regular expressions, numbered as they are added; none is added after the first text.

    ``steps`` is the work so far.
    """

    def __init__(self) -> None:
        self._tests: list[Container[str] | None] = []  # None: the state takes no character
        self._targets: list[tuple[int, ...]] = []  # none: the pattern matches
        self._asserts: list[str] = []  # "start", "end" or nothing
        self._classes: dict[str, _Class] = {}
        self._entries: list[int] = []
        self._ends: list[int] = []  # how many states there are after each pattern
        self._begin: _StateSet | None = None
        self._again: tuple[int, ...] = ()  # where each character can begin a match
        self._from_again: dict[str, frozenset[int]] = {}
        self._sets: dict[tuple[tuple[int, ...], int], _StateSet] = {}
        self.steps = 0
        self._kept = self._of_text = 0

    def __len__(self) -> int:
        return len(self._entries)

    def add(self, text: str) -> None:
        """Add a pattern that ``regex`` accepts; NotLinearError where it cannot be added."""
        parsed = parse(text)
        if parsed is None:
            raise NotLinearError(text)
        tree, flags = parsed
        before = len(self._targets)
        self._of_text = 0
        try:
            entry = self._emit(tree, self._state(()), flags)
        except NotLinearError:
            del self._tests[before:], self._targets[before:], self._asserts[before:]
            raise
        self._entries.append(entry)
        self._ends.append(len(self._targets))

    def first(self, text: str) -> int | None:
        """The number of the first pattern that matches anywhere in a text of one line.

        TooManyStepsError where that takes too many steps.
        """
        self._of_text = 0
        none = len(self._ends)
        if not text:
            _, least = self._closure(self._entries, at_start=True, at_end=True)
            return least if least < none else None
        if self._begin is None or self._kept > _KEPT:
            self._forget()
        current = self._begin
        assert current is not None
        least = current.matched
        for character in text:
            current = current.following.get(character) or self._advance(current, character)
            if current.matched < least:
                least = current.matched
        least = min(least, current.matched_at_end)
        return least if least < none else None

    def _forget(self) -> None:
        self._kept = 0
        self._sets, self._from_again = {}, {}
        for characters in self._classes.values():
            characters.clear()
        self._again = self._closure(self._entries)[0]
        self._begin = self._set(*self._closure(self._entries, at_start=True))

    def _advance(self, current: _StateSet, character: str) -> _StateSet:
        begun = self._from_again.get(character)
        if begun is None:
            begun = self._from_again[character] = frozenset(self._after(self._again, character))
        targets = begun.union(self._after(current.states, character))
        following = self._set(*self._closure(targets))
        current.following[character] = following
        self._kept += 1
        return following

    def _after(self, states: tuple[int, ...], character: str) -> list[int]:
        self._count(len(states), states)
        tests, targets = self._tests, self._targets
        return [
            targets[state][0]
            for state in states
            if (test := tests[state]) is not None and character in test
        ]

    def _set(self, states: tuple[int, ...], matched: int) -> _StateSet:
        known = self._sets.get((states, matched))
        if known is None:
            ending = [at for at in (*states, *self._again) if self._asserts[at] == "end"]
            at_end = self._closure(ending, at_end=True)[1]
            known = self._sets[states, matched] = _StateSet(states, matched, at_end)
            self._kept += len(states)
        return known

    def _closure(
        self, states: Collection[int], *, at_start: bool = False, at_end: bool = False
    ) -> tuple[tuple[int, ...], int]:
        """What can be reached without a character: the states that wait for one or for the end,
        and the number of the first pattern that matches."""
        least = len(self._ends)
        waiting: list[int] = []
        seen = set(states)
        stack = list(states)
        while stack:
            state = stack.pop()
            targets, condition = self._targets[state], self._asserts[state]
            if not targets:
                least = min(least, self._pattern(state))
            elif self._tests[state] is not None or (condition == "end" and not at_end):
                waiting.append(state)
            elif condition != "start" or at_start:
                new = [target for target in targets if target not in seen]
                seen.update(new)
                stack += new
        self._count(len(seen), seen)
        return tuple(sorted(waiting)), least

    def _count(self, steps: int, states: Collection[int]) -> None:
        self._of_text += steps
        self.steps += steps
        if self._of_text > TEXT_STEPS or self.steps > ALL_STEPS:
            costs = Counter(self._pattern(state) for state in states)
            raise TooManyStepsError(costs.most_common(1)[0][0])

    def _pattern(self, state: int) -> int:
        return bisect_right(self._ends, state)

    def _state(
        self, targets: tuple[int, ...], test: Container[str] | None = None, condition: str = ""
    ) -> int:
        self._tests.append(test)
        self._targets.append(targets)
        self._asserts.append(condition)
        return len(self._targets) - 1

    def _emit(self, node: PatternNode, following: int, flags: str) -> int:
        """The first state of a part of a pattern after which ``following`` comes."""
        self._of_text += 1
        if self._of_text > MAX_STATES or len(self._targets) > ALL_STATES:
            raise NotLinearError("too large")
        match node.kind:
            case "character":
                return self._state((following,), self._test(node.text, flags))
            case "all":
                for item in reversed(node.items):
                    following = self._emit(item, following, flags)
                return following
            case "any":
                return self._state(tuple(self._emit(item, following, flags) for item in node.items))
            case "repeat":
                return self._emit_repeat(node, following, flags)
        return self._state((following,), None, node.kind)

    def _emit_repeat(self, node: PatternNode, following: int, flags: str) -> int:
        (item,) = node.items
        entry = following
        if node.most is None:
            entry = self._state((following,))
            self._targets[entry] = (self._emit(item, entry, flags), following)
        else:
            for _ in range(node.most - node.least):
                entry = self._state((self._emit(item, entry, flags), following))
        for _ in range(node.least):
            entry = self._emit(item, entry, flags)
        return entry

    def _test(self, text: str, flags: str) -> Container[str]:
        literal = text[-1] if len(text) == 1 or not text[1].isalnum() else ""
        if text[0] == "[" or text == ".":
            literal = ""
        if literal and not flags:
            return literal
        found = self._classes.get(flags + text)
        if found is None:
            found = self._classes[flags + text] = _Class(flags + text)
        return found
