"""Finds the key that a misspelt one was meant to be."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from linters.metadata.key_translations import ENGLISH
from linters.metadata.known_keys import EXPECTED, OTHER
from linters.util.edit_distance import MAX_LENGTH, edit_distance, is_transposed

_LETTERS = re.compile(r"[\W_]+")


class Misspelling(Enum):
    """How a key was misspelt; ``NEAR`` is a guess, the others are certain."""

    PUNCTUATION = "punctuation or case"
    TRANSPOSED = "two characters or the parts between dots swapped"
    WORDS = "stray words"
    TRANSLATED = "translated"
    NEAR = "near"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The key that was meant."""

    key: str
    kind: Misspelling


def suggest_key(key: str, known: Collection[str], present: Collection[str]) -> Suggestion | None:
    """The key that an unknown one was meant to be; None where it is not a misspelling.

    ``known`` are the keys of the schemas in force, ``present`` those of the header: of several
    near keys, one that the header lacks is meant.
    """
    if key in known or key in EXPECTED or key in OTHER or len(key) > MAX_LENGTH:
        return None
    certain, near = _suggestions(key, frozenset(known))
    if certain is not None or not near:
        return certain
    return Suggestion(next((t for t in near if t not in present), near[0]), Misspelling.NEAR)


@lru_cache(maxsize=4096)
def _suggestions(key: str, known: frozenset[str]) -> tuple[Suggestion | None, tuple[str, ...]]:
    """The certain suggestion, else the near keys; cached, as articles share their keys."""
    targets = sorted(EXPECTED | {k for k in known if len(k) >= 4 and k not in OTHER})
    for kind, found in (
        (Misspelling.PUNCTUATION, (t for t in targets if _plain(t) == _plain(key))),
        (Misspelling.WORDS, _without_words(key, targets)),
        (Misspelling.TRANSLATED, _translated(key, targets)),
        (
            Misspelling.TRANSPOSED,
            (t for t in targets if is_transposed(key, t) or _reordered(key, t)),
        ),
    ):
        first = next(iter(found), None)
        if first is not None:
            return Suggestion(first, kind), ()
    return None, tuple(_near(key, targets))


@lru_cache(maxsize=4096)
def _plain(key: str) -> str:
    return _LETTERS.sub("", key).lower()


def _without_words(key: str, targets: Iterable[str]) -> list[str]:
    """Targets that remain when words with blanks are removed at one place."""
    if not re.search(r"\s", key):
        return []
    found = [
        target
        for target in targets
        if len(key) > len(target)
        and any(
            key.startswith(target[:cut])
            and key.endswith(target[cut:])
            and re.search(r"\s", key[cut : len(key) - len(target) + cut])
            for cut in range(len(target) + 1)
        )
    ]
    return sorted(found, key=lambda target: (-len(target), target))


def _translated(key: str, targets: Collection[str]) -> list[str]:
    parts = [ENGLISH.get(part.strip().lower(), part) for part in key.split(".")]
    english = ".".join(parts)
    if english == key:
        return []
    return [target for target in targets if target.lower() == english.lower()]


def _reordered(key: str, target: str) -> bool:
    """Whether the parts between the dots are the same in another order: ``custom.ms``."""
    return "." in key and sorted(key.split(".")) == sorted(target.split("."))


def _near(key: str, targets: Iterable[str]) -> list[str]:
    """Targets that differ by one edit, or by two where they are long.

    A key that differs only by the prefix ``ms.`` is a key of its own: ``page_type`` and
    ``ms.pagetype`` are both in use.
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
