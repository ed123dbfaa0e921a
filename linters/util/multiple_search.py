"""Searches a text for many others in one pass (Aho and Corasick 1975)."""

from __future__ import annotations

import re
from collections.abc import Iterable


def found_before(text: str, wanted: Iterable[str], end: re.Pattern[str]) -> set[str]:
    """Which texts occur where ``end`` matches after them; steps are linear in all lengths."""
    words = {word for word in wanted if word}
    following, words_at, fallback, shorter = _automaton(words)
    found: set[int] = set()
    state = 0
    for at, character in enumerate(text, 1):
        while state and character not in following[state]:
            state = fallback[state]
        state = following[state].get(character, 0)
        ending = state if state in words_at else shorter[state]
        if ending and ending not in found and end.match(text, at):
            # The shorter words that end here were found with a longer one, or are now.
            while ending and ending not in found:
                found.add(ending)
                ending = shorter[ending]
            if len(found) == len(words):
                break
    return {words_at[ending] for ending in found}


def _automaton(
    words: set[str],
) -> tuple[list[dict[str, int]], dict[int, str], list[int], list[int]]:
    """The transitions of each state, the word that ends in it, the state of its longest proper
    suffix, and the next shorter word that ends in it (0 for none)."""
    following: list[dict[str, int]] = [{}]
    words_at: dict[int, str] = {}
    for word in words:
        state = 0
        for character in word:
            if character not in following[state]:
                following[state][character] = len(following)
                following.append({})
            state = following[state][character]
        words_at[state] = word
    fallback = [0] * len(following)
    shorter = [0] * len(following)
    waiting = list(following[0].values())
    for state in waiting:  # by length: it grows meanwhile
        for character, target in following[state].items():
            suffix = fallback[state]
            while suffix and character not in following[suffix]:
                suffix = fallback[suffix]
            fallback[target] = suffix = following[suffix].get(character, 0)
            shorter[target] = suffix if suffix in words_at else shorter[suffix]
            waiting.append(target)
    return following, words_at, fallback, shorter
