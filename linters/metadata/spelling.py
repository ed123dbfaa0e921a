"""Which key a misspelt one was meant to be, and which value a drifted one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from linters.metadata.key_translations import ENGLISH
from linters.metadata.known_keys import EXPECTED, OTHER

_LETTERS = re.compile(r"[\W_]+")
MAX_KEY = 100


class Kind(Enum):
    """How a key was misspelt; a near spelling is a guess, the others are not."""

    PUNCTUATION = "punctuation or case"
    TRANSPOSED = "two characters changed places"
    WORDS = "stray words"
    TRANSLATED = "translated"
    NEAR = "near"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The key that was meant."""

    key: str
    kind: Kind


def suggest_key(key: str, known: Collection[str], present: Collection[str]) -> Suggestion | None:
    """The key that an unknown one was meant to be; None where it is its own.

    ``known`` are the keys of the schemas in force, ``present`` those of the header.
    """
    if key in known or key in EXPECTED or key in OTHER or len(key) > MAX_KEY:
        return None
    certain, near = _suggestions(key, frozenset(known))
    if certain is not None:
        return certain
    return next((Suggestion(one, Kind.NEAR) for one in near if one not in present), None)


@lru_cache(maxsize=4096)
def _suggestions(key: str, known: frozenset[str]) -> tuple[Suggestion | None, tuple[str, ...]]:
    """What a key surely is, else the keys that it is near; articles repeat each other's keys."""
    targets = sorted(EXPECTED | {one for one in known if len(one) >= 4 and one not in OTHER})
    for kind, found in (
        (Kind.PUNCTUATION, (one for one in targets if _plain(one) == _plain(key))),
        (Kind.WORDS, _without_words(key, targets)),
        (Kind.TRANSLATED, _translated(key, targets)),
        (Kind.TRANSPOSED, (one for one in targets if is_transposed(key, one))),
    ):
        first = next(iter(found), None)
        if first is not None:
            return Suggestion(first, kind), ()
    return None, tuple(_near(key, targets))


@lru_cache(maxsize=4096)
def _plain(key: str) -> str:
    return _LETTERS.sub("", key).lower()


def _without_words(key: str, targets: Iterable[str]) -> list[str]:
    """Targets that are left when words with blanks between are taken out at one place."""
    if not re.search(r"\s", key):
        return []
    found = [
        one
        for one in targets
        if len(key) > len(one)
        and any(
            key.startswith(one[:cut])
            and key.endswith(one[cut:])
            and re.search(r"\s", key[cut : len(key) - len(one) + cut])
            for cut in range(len(one) + 1)
        )
    ]
    return sorted(found, key=lambda one: (-len(one), one))


def _translated(key: str, targets: Collection[str]) -> list[str]:
    parts = [ENGLISH.get(part.strip().lower(), part) for part in key.split(".")]
    english = ".".join(parts)
    if english == key:
        return []
    return [one for one in targets if one.lower() == english.lower()]


def is_transposed(one: str, other: str) -> bool:
    """Whether two texts differ by two neighbours that changed places."""
    if len(one) != len(other) or one == other:
        return False
    places = [index for index in range(len(one)) if one[index] != other[index]]
    return (
        len(places) == 2
        and places[1] == places[0] + 1
        and one[places[0]] == other[places[1]]
        and one[places[1]] == other[places[0]]
    )


def _near(key: str, targets: Iterable[str]) -> list[str]:
    """Targets that differ by one edit, or by two where they are long.

    A key that has the prefix ``ms.`` more or less than another is a key of its own, such as
    ``page_type`` beside ``ms.pagetype``.
    """
    plain = _plain(key)
    scored = []
    for target in targets:
        length = len(_plain(target))
        limit = 0 if length < 5 else 1 if length < 9 else 2
        if plain.removeprefix("ms") == _plain(target).removeprefix("ms"):
            continue
        if limit and abs(len(plain) - length) <= limit:
            distance = edit_distance(plain, _plain(target), limit)
            if distance <= limit:
                scored.append((distance, target))
    return [target for _, target in sorted(scored)]


def edit_distance(one: str, other: str, limit: int) -> int:
    """Levenshtein's distance with transpositions; ``limit + 1`` for anything above it."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, right in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (left != right))
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > limit and min(before) > limit:
            return limit + 1
    return min(row[-1], limit + 1)


def nearest(value: str, allowed: Iterable[object]) -> str | None:
    """The allowed text that a value was meant to be: another case, else at most two edits."""
    texts = [one for one in allowed if isinstance(one, str) and len(one) <= MAX_KEY]
    if len(value) > MAX_KEY:
        return None
    for one in texts:
        if one.lower() == value.strip().lower():
            return one
    limit = 1 if len(value) < 6 else 2
    scored = [(edit_distance(value.lower(), one.lower(), limit), one) for one in texts]
    best = min(scored, default=(limit + 1, ""))
    return best[1] if best[0] <= limit else None
