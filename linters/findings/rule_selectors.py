"""CODES: a code, a prefix of codes, a rule's name or ALL, in upper or lower case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from linters.model.finding import Rule
from linters.util.shorten import shorten
from linters.util.suggestions import suggestion

_EXACT = 1000


def split(text: str) -> tuple[str, ...]:
    """The words of CODES, separated by commas or blanks."""
    return tuple(re.findall(r"[^\s,]+", text))


def is_all(word: str) -> bool:
    """Whether a word selects every rule."""
    return word.upper() == "ALL"


def matches(word: str, rule: Rule) -> bool:
    """Whether a word selects a rule, alone or among others."""
    return is_all(word) or word.lower() == rule.name or rule.code.startswith(word.upper())


def names(word: str, rule: Rule) -> bool:
    """Whether a word selects this rule and no other."""
    return word.upper() == rule.code or word.lower() == rule.name


def specificity(word: str, rule: Rule) -> int:
    """How specific a matching word is: ALL least, then the longer prefix, then the rule."""
    if is_all(word):
        return 0
    return _EXACT if names(word, rule) else len(word)


def problem(word: str, rules: Sequence[Rule]) -> str | None:
    """Why a word selects no rule, with a suggestion; None where it selects one."""
    if any(matches(word, rule) for rule in rules):
        return None
    known = ["ALL", *(text for rule in rules for text in (rule.name, rule.code))]
    known += sorted({rule.code.rstrip("0123456789") for rule in rules})
    return f"unknown rule {shorten(word)!r}{suggestion(word, known)}"


def problems(words: Iterable[str], rules: Sequence[Rule]) -> Iterator[tuple[str, str]]:
    """Each word that selects no rule, and why."""
    for word in words:
        wrong = problem(word, rules)
        if wrong is not None:
            yield word, wrong
