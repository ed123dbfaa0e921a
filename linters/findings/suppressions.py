"""Applies the directives of an article to its findings, and reports directives without effect."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from linters.findings.core_rules import UNUSED_SUPPRESSION
from linters.findings.directives import DISABLE, ENABLE, LINE, NEXT_LINE, Directive
from linters.findings.rule_selectors import is_all, matches, problem
from linters.model.finding import Edit, Finding, Fix, Position, Rule
from linters.model.hidden_finding import HiddenBy, HiddenFinding
from linters.util.suggestions import closest_word

_VERBS = (NEXT_LINE, LINE, DISABLE, ENABLE)
_NO_DIRECTIVE = "is not a directive and suppresses nothing"
_DELETE = "delete the comment, or the codes in it that match nothing"

WasChecked = Callable[[str, Rule], bool | None]
"""Whether a rule was checked at a path: None where the configuration disables it, False where
only this run does (``--select``, ``--offline``), so that its directives may still be needed."""


class Suppressed(NamedTuple):
    """The findings that remain, unused directives among them, and those that are hidden."""

    findings: list[Finding]
    hidden: list[HiddenFinding]


def suppress(
    path: str,
    findings: Iterable[Finding],
    directives: Sequence[Directive],
    rules: Sequence[Rule],
    was_checked: WasChecked,
) -> Suppressed:
    """Apply the directives of one path to the findings there."""
    if not directives:
        return Suppressed([*findings], [])
    article = _ArticleDirectives(directives)
    result = Suppressed([], [])
    for finding in findings:
        _sort_in(result, finding, article.covering(finding))
    for finding in article.unused(path, rules, was_checked):
        _sort_in(result, finding, article.covering(finding, by_name=True))
    return result


def _sort_in(result: Suppressed, finding: Finding, directive: Directive | None) -> None:
    if directive is None:
        result.findings.append(finding)
    else:
        result.hidden.append(HiddenFinding(finding, HiddenBy.DIRECTIVE, directive.reason))


class _ArticleDirectives:
    """The directives of one article and what they suppressed so far."""

    def __init__(self, directives: Sequence[Directive]) -> None:
        self._directives = directives
        self._used: set[tuple[Directive, str]] = set()
        self._lines: dict[int, list[Directive]] = {}
        self._switches = [
            found for found in directives if found.verb in (DISABLE, ENABLE) and not found.spelling
        ]
        self._timelines: dict[str, tuple[list[Position], list[tuple[Directive, str] | None]]] = {}
        for directive in directives:
            if directive.spelling is not None:
                continue
            if directive.verb == NEXT_LINE:
                self._lines.setdefault(directive.range.end.line + 1, []).append(directive)
            elif directive.verb == LINE:
                self._lines.setdefault(directive.range.start.line, []).append(directive)

    def covering(self, finding: Finding, *, by_name: bool = False) -> Directive | None:
        """A directive that suppresses a finding; with ``by_name``, ALL does not count."""
        start = finding.range.start
        covering = [
            (directive, word)
            for directive in self._lines.get(start.line, ())
            for word in directive.words
            if matches(word, finding.rule)
        ]
        positions, openers = self._timeline(finding.rule)
        index = bisect_right(positions, start) - 1
        opener = openers[index] if index >= 0 else None
        covering += [opener] if opener is not None else []
        if by_name:
            covering = [(directive, word) for directive, word in covering if not is_all(word)]
        self._used.update(covering)
        return covering[0][0] if covering else None

    def _timeline(self, rule: Rule) -> tuple[list[Position], list[tuple[Directive, str] | None]]:
        """The positions at which a rule is disabled (by a directive) or enabled (None)."""
        if rule.code not in self._timelines:
            positions: list[Position] = []
            openers: list[tuple[Directive, str] | None] = []
            for directive in self._switches:
                word = next((word for word in directive.words if matches(word, rule)), None)
                opened = bool(openers) and openers[-1] is not None
                if word is None or opened == (directive.verb == DISABLE):
                    continue
                positions.append(directive.range.start)
                openers.append((directive, word) if directive.verb == DISABLE else None)
            self._timelines[rule.code] = (positions, openers)
        return self._timelines[rule.code]

    def unused(
        self, path: str, rules: Sequence[Rule], was_checked: WasChecked
    ) -> Iterable[Finding]:
        """A finding for each directive that is misspelt or without effect."""
        disabled: set[str] = set()
        for directive in self._directives:
            message, advice = _mistake(directive, rules) or (None, _DELETE)
            idle: list[str] = []
            if message is None and directive.verb == ENABLE:
                idle = _needless(directive, disabled, rules)
                message = f"enables what is not disabled: {', '.join(idle)}" if idle else None
            elif message is None:
                idle = [
                    word
                    for word in directive.words
                    if (directive, word) not in self._used
                    and _all_checked(word, path, rules, was_checked)
                ]
                message = f"suppresses nothing: no {', '.join(idle)} here" if idle else None
            if directive.spelling is not None:
                pass
            elif directive.verb == DISABLE:
                disabled |= _selected(directive.words, rules)
            elif directive.verb == ENABLE:
                disabled -= _selected(directive.words, rules)
            if message is not None:
                yield Finding(
                    rule=UNUSED_SUPPRESSION,
                    path=path,
                    range=directive.range,
                    message=f"{directive.spelling or f'articlelint-{directive.verb}'} {message}",
                    help=advice,
                    fix=_fix(directive, idle),
                )


def _fix(directive: Directive, idle: Sequence[str]) -> Fix | None:
    """The fix that takes words out of a directive, or the directive with its last word."""
    if not idle:
        return None
    words = [word for word in directive.words if word not in idle]
    if words:
        return Fix(True, (Edit(*directive.range, directive.comment(words)),))
    return None if directive.removal is None else Fix(True, (directive.removal,))


def _all_checked(word: str, path: str, rules: Sequence[Rule], was_checked: WasChecked) -> bool:
    """Whether the rules that a word selects were checked, so that the word is not needed."""
    if not is_all(word) and matches(word, UNUSED_SUPPRESSION):
        return False
    checked = [was_checked(path, rule) for rule in rules if matches(word, rule)]
    return True in checked and False not in checked


def _mistake(directive: Directive, rules: Sequence[Rule]) -> tuple[str, str] | None:
    """What is wrong with how a directive is written, and how to write it."""
    if directive.spelling is not None:
        return _NO_DIRECTIVE, f"did you mean articlelint-{directive.verb}?"
    if directive.verb not in _VERBS:
        near = closest_word(directive.verb, _VERBS)
        expected = f"expected one of {', '.join(_VERBS)}"
        return _NO_DIRECTIVE, f"did you mean articlelint-{near}?" if near else expected
    if not directive.words:
        example = f"articlelint-{directive.verb} file-not-found"
        return "names no rule; expected at least one code", f"name the rules, for example {example}"
    wrong = next((found for word in directive.words if (found := problem(word, rules))), None)
    if wrong is None:
        return None
    return f"has {wrong}", "articlelint rule --list lists all rules; a reason follows --"


def _needless(directive: Directive, disabled: set[str], rules: Sequence[Rule]) -> list[str]:
    """What an ``enable`` enables although it is not disabled at that place."""
    return [word for word in directive.words if disabled.isdisjoint(_selected((word,), rules))]


def _selected(words: Iterable[str], rules: Sequence[Rule]) -> set[str]:
    """The codes of all rules that some words select."""
    return {rule.code for word in words for rule in rules if matches(word, rule)}
