"""CODES: a code, a prefix of codes, a rule's name or ALL."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from linters.model.errors import UserError
from linters.model.finding import Rule

_EXACT = 1000


def split(text: str) -> tuple[str, ...]:
    """The words of comma-separated CODES; blanks part them too."""
    return tuple(re.findall(r"[^\s,]+", text))


def matches(word: str, rule: Rule) -> bool:
    """Whether a word names a rule, alone or among others."""
    return word == "ALL" or word == rule.name or rule.code.startswith(word)


def names(word: str, rule: Rule) -> bool:
    """Whether a word names this rule and no other."""
    return word in (rule.code, rule.name)


def specificity(word: str, rule: Rule) -> int:
    """How closely a matching word fits: ALL least, then the longer prefix, then the rule."""
    if word == "ALL":
        return 0
    return _EXACT if names(word, rule) else len(word)


def problem(word: str, rules: Sequence[Rule]) -> str | None:
    """Why a word names no rule, with a suggestion; None where it names one."""
    if any(matches(word, rule) for rule in rules):
        return None
    known = ["ALL", *(text for rule in rules for text in (rule.name, rule.code))]
    known += sorted({rule.code.rstrip("0123456789") for rule in rules})
    same = [text for text in known if text.lower() == word.lower()]
    near = same or get_close_matches(word[:100], known, n=1)
    near = near or get_close_matches(word[:100].upper(), known, n=1)
    return f"no rule {word[:100]!r}" + (f"; did you mean {near[0]!r}?" if near else "")


def require(words: Iterable[str], rules: Sequence[Rule], where: str) -> None:
    """UserError if one of the words names no rule."""
    for word in words:
        wrong = problem(word, rules)
        if wrong is not None:
            raise UserError(f"{where}: {wrong}")
