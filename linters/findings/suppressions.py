"""Takes out the findings that directives suppress, and reports directives without effect."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from linters.findings import rule_selectors
from linters.findings.core_rules import UNUSED_SUPPRESSION
from linters.findings.directives import DISABLE, ENABLE, LINE, NEXT_LINE, Directive
from linters.model.finding import Finding, Position, Rule

Judged = Callable[[str, Rule], bool | None]
"""Whether a rule spoke at a path: None where the configuration keeps it silent, False where
only this run does (``--select``, ``--offline``), so that nothing follows from its silence."""


class Suppressed(NamedTuple):
    """The findings that remain, unused directives among them, and how many were taken out."""

    findings: list[Finding]
    suppressed: int


def suppress(
    findings: Iterable[Finding],
    directives: Mapping[str, Sequence[Directive]],
    rules: Sequence[Rule],
    judged: Judged,
) -> Suppressed:
    """Apply the directives of each path to the findings there."""
    articles = {path: _Article(found) for path, found in directives.items() if found}
    kept: list[Finding] = []
    count = 0
    for finding in findings:
        article = articles.get(finding.path)
        if article is not None and article.covers(finding):
            count += 1
        else:
            kept.append(finding)
    for path, article in articles.items():
        for finding in article.complaints(path, rules, judged):
            if article.covers(finding, named=True):
                count += 1
            else:
                kept.append(finding)
    return Suppressed(kept, count)


class _Article:
    """The directives of one article and what they suppressed so far."""

    def __init__(self, directives: Sequence[Directive]) -> None:
        self._directives = directives
        self._used: set[tuple[Directive, str]] = set()
        self._lines: dict[int, list[Directive]] = {}
        self._switches = [one for one in directives if one.verb in (DISABLE, ENABLE)]
        self._timelines: dict[str, tuple[list[Position], list[tuple[Directive, str] | None]]] = {}
        for one in directives:
            if one.verb == NEXT_LINE:
                self._lines.setdefault(one.range.end.line + 1, []).append(one)
            elif one.verb == LINE:
                self._lines.setdefault(one.range.start.line, []).append(one)

    def covers(self, finding: Finding, *, named: bool = False) -> bool:
        """Whether a directive suppresses a finding; with ``named``, ALL does not count."""
        start = finding.range.start
        covering = [
            (directive, word)
            for directive in self._lines.get(start.line, ())
            for word in directive.words
            if rule_selectors.matches(word, finding.rule)
        ]
        positions, openers = self._timeline(finding.rule)
        index = bisect_right(positions, start) - 1
        opener = openers[index] if index >= 0 else None
        covering += [opener] if opener is not None else []
        if named:
            covering = [(directive, word) for directive, word in covering if word != "ALL"]
        self._used.update(covering)
        return bool(covering)

    def _timeline(self, rule: Rule) -> tuple[list[Position], list[tuple[Directive, str] | None]]:
        """From which positions on which ``disable`` is in force for a rule."""
        if rule.code not in self._timelines:
            positions: list[Position] = []
            openers: list[tuple[Directive, str] | None] = []
            for directive in self._switches:
                word = next((w for w in directive.words if rule_selectors.matches(w, rule)), None)
                opened = bool(openers) and openers[-1] is not None
                if word is None or opened == (directive.verb == DISABLE):
                    continue
                positions.append(directive.range.start)
                openers.append((directive, word) if directive.verb == DISABLE else None)
            self._timelines[rule.code] = (positions, openers)
        return self._timelines[rule.code]

    def complaints(self, path: str, rules: Sequence[Rule], judged: Judged) -> Iterable[Finding]:
        """A finding for each directive that is misspelt or without effect."""
        disabled: set[str] = set()
        for directive in self._directives:
            message = _mistake(directive, rules)
            if message is None and directive.verb == ENABLE:
                message = _needless(directive, disabled, rules)
            elif message is None:
                idle = [
                    word
                    for word in directive.words
                    if (directive, word) not in self._used and _judged(word, path, rules, judged)
                ]
                message = f"suppresses nothing: no {', '.join(idle)} here" if idle else None
            if directive.verb == DISABLE:
                disabled |= _named(directive.words, rules)
            elif directive.verb == ENABLE:
                disabled -= _named(directive.words, rules)
            if message is not None:
                yield Finding(
                    rule=UNUSED_SUPPRESSION,
                    path=path,
                    range=directive.range,
                    message=f"articlelint-{directive.verb} {message}",
                    help="delete the comment, or the codes in it that match nothing",
                )


def _judged(word: str, path: str, rules: Sequence[Rule], judged: Judged) -> bool:
    """Whether the silence of all that a word names shows that it is not needed."""
    if word != "ALL" and rule_selectors.matches(word, UNUSED_SUPPRESSION):
        return False
    spoke = [judged(path, rule) for rule in rules if rule_selectors.matches(word, rule)]
    return True in spoke and False not in spoke


def _mistake(directive: Directive, rules: Sequence[Rule]) -> str | None:
    """What is wrong with how a directive is written."""
    verbs = (NEXT_LINE, LINE, DISABLE, ENABLE)
    if directive.verb not in verbs:
        return f"is no directive; there are {', '.join(verbs)}"
    if not directive.words:
        return "names no rule; codes are mandatory"
    wrong = next(
        (found for word in directive.words if (found := rule_selectors.problem(word, rules))), None
    )
    return f"has {wrong}" if wrong else None


def _needless(directive: Directive, disabled: set[str], rules: Sequence[Rule]) -> str | None:
    """What an ``enable`` turns on again that is not off where it stands."""
    idle = [word for word in directive.words if disabled.isdisjoint(_named((word,), rules))]
    return f"enables what is not disabled: {', '.join(idle)}" if idle else None


def _named(words: Iterable[str], rules: Sequence[Rule]) -> set[str]:
    """The codes of all rules that some words name."""
    return {rule.code for word in words for rule in rules if rule_selectors.matches(word, rule)}
