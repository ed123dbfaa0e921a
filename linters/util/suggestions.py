"""What was most likely meant by a name that does not exist: the one place for "did you mean".

All of it is bounded: texts are cut or skipped beyond a length, lists beyond a number of
names, and a run beyond a number of questions.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable
from functools import lru_cache
from heapq import nlargest
from itertools import islice, pairwise

from linters.util.edit_distance import MAX_LENGTH, edit_distance

MAX_QUESTIONS = 10_000
"""Questions of one run."""

_NEAR = 0.6
"""The share of a text that has to be the same (difflib's ratio)."""

_MAX_NAMES = 2000
_MAX_ALIKE = 20
_MAX_NAME = 200


def nearest(word: str, known: Iterable[object]) -> str | None:
    """The known text that differs from a word by case only, else by at most two edits."""
    texts = [text for text in known if isinstance(text, str) and len(text) <= MAX_LENGTH]
    if len(word) > MAX_LENGTH:
        return None
    folded = word.strip().lower()
    same = next((text for text in texts if text.lower() == folded), None)
    if same is not None:
        return same
    limit = 1 if len(word) < 6 else 2
    scored = [(edit_distance(word.lower(), text.lower(), limit), text) for text in texts]
    best = min(scored, default=(limit + 1, ""))
    return best[1] if best[0] <= limit else None


def closest_word(word: str, known: Iterable[str]) -> str | None:
    """The known word that was most likely meant: the nearest, else the most similar one."""
    words = list(dict.fromkeys(known))[:_MAX_NAMES]
    near = nearest(word, words)
    if near is not None:
        return near
    folded: dict[str, str] = {}
    for text in words:
        folded.setdefault(text.lower()[:_MAX_NAME], text)
    close = difflib.get_close_matches(word.lower()[:_MAX_NAME], folded, n=1, cutoff=_NEAR)
    return folded[close[0]] if close else None


def suggestion(word: str, known: Iterable[object]) -> str:
    """``"; did you mean 'x'?"`` for the closest known word, to end a message; else nothing."""
    close = closest_word(word, map(str, known))
    return f"; did you mean {close!r}?" if close else ""


def resembles(word: str, other: str) -> bool:
    """Whether two words are similar enough to be suggested for each other."""
    return difflib.SequenceMatcher(None, word[:_MAX_NAME], other[:_MAX_NAME]).ratio() >= _NEAR


class Suggestions:
    """Looks for similar names, in one run only so often.

    The cost of a question is bounded, so that only thousands of broken links come to the end:
    what a run over one article suggests, a run over the repository suggests as well.
    """

    def __init__(self) -> None:
        self.questions = 0

    def closest(self, wanted: str, names: Collection[str]) -> list[str]:
        """The two names most similar to the wanted one, the closest first."""
        if len(wanted) > _MAX_NAME:
            return []
        grams = _grams(wanted)
        first = self.affordable(name for name in sorted(names) if len(name) <= _MAX_NAME)
        alike = nlargest(_MAX_ALIKE, first, key=lambda name: len(grams & _grams(name)))
        return difflib.get_close_matches(wanted, alike, n=2, cutoff=_NEAR)

    def affordable(self, names: Iterable[str]) -> list[str]:
        """The first of the names, as many as one question compares; none after too many."""
        if self.questions == MAX_QUESTIONS:
            return []
        self.questions += 1
        return list(islice(names, _MAX_NAMES))


@lru_cache(maxsize=8192)
def _grams(name: str) -> frozenset[str]:
    """The pairs of adjacent characters, by which similar names are found first."""
    return frozenset(map("".join, pairwise(f" {name} ")))


@lru_cache(maxsize=64)
def by_case(names: frozenset[str]) -> dict[str, str]:
    """The first of the names by its case-folded form."""
    return {name.casefold(): name for name in sorted(names, reverse=True)}
