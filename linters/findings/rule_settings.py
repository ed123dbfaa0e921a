"""Which rules speak, and how loudly: selection and severities by CODES."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from linters.findings import rule_selectors
from linters.model.errors import UserError
from linters.model.finding import Rule, Severity
from linters.model.settings import Settings


@dataclass(frozen=True, slots=True)
class Choice:
    """``--select``, ``--ignore`` and ``--extend-select``; ``select`` is None: as configured."""

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Level:
    """How one rule speaks.

    ``severity`` is a finding's that has none of its own (``off``: the rule is silent);
    ``forced`` what the configuration says outright, before a finding's own. ``configured``
    says whether the rule would speak without the command line's choice.
    """

    severity: Severity
    forced: Severity | None = None
    configured: bool = True

    def of(self, own: Severity | None) -> Severity:
        """The severity of a finding whose checker gave it ``own``."""
        if self.severity is Severity.OFF:
            return Severity.OFF
        return self.forced or own or self.severity


def levels(settings: Settings, choice: Choice, rules: Sequence[Rule]) -> Mapping[str, Level]:
    """The level of every rule, by its code."""
    found = {}
    for rule in rules:
        configured = _level(rule, settings, Choice())
        level = configured if choice == Choice() else _level(rule, settings, choice)
        spoke = configured.severity is not Severity.OFF
        found[rule.code] = Level(level.severity, level.forced, spoke)
    return found


def check_codes(settings: Settings, rules: Sequence[Rule]) -> None:
    """UserError if the configuration names a rule that there is not."""
    source = settings.source or "the defaults"
    rule_selectors.require(settings.select, rules, f"{source}: select")
    rule_selectors.require(settings.ignore, rules, f"{source}: ignore")
    rule_selectors.require(settings.severity, rules, f"{source}: severity")
    for glob, words in settings.per_file_ignores.items():
        rule_selectors.require(words, rules, f"{source}: per-file-ignores.{glob}")


def check_choice(choice: Choice, rules: Sequence[Rule]) -> None:
    """UserError if the command line names a rule that there is not."""
    rule_selectors.require(choice.select or (), rules, "--select")
    rule_selectors.require(choice.ignore, rules, "--ignore")
    rule_selectors.require(choice.extend_select, rules, "--extend-select")
    if choice.select is not None and not choice.select:
        raise UserError("--select names no rule")


def _level(rule: Rule, settings: Settings, choice: Choice) -> Level:
    silent = Level(Severity.OFF)
    selected = _selected(rule, settings.select, (), settings.ignore, selected=False)
    selected = _selected(
        rule, choice.select, choice.extend_select, choice.ignore, selected=selected
    )
    if not selected:
        return silent
    asked = any(
        rule_selectors.names(word, rule) for word in (*(choice.select or ()), *choice.extend_select)
    )
    words = [word for word in settings.severity if rule_selectors.matches(word, rule)]
    closest = max(words, key=lambda word: rule_selectors.specificity(word, rule), default=None)
    said = settings.severity[closest] if closest is not None else None
    if said is Severity.OFF and not asked:
        return silent
    forced = None if said is Severity.OFF else said
    if rule.severity is not Severity.OFF:
        return Level(forced or rule.severity, forced)
    named = asked or (
        choice.select is None and any(rule_selectors.names(word, rule) for word in settings.select)
    )
    if not named and not (closest is not None and rule_selectors.names(closest, rule)):
        return silent
    return Level(forced or Severity.WARNING, forced)


def _selected(
    rule: Rule,
    select: tuple[str, ...] | None,
    extend: tuple[str, ...],
    ignore: tuple[str, ...],
    *,
    selected: bool,
) -> bool:
    """Whether one layer (configuration, then command line) selects a rule.

    A layer that has a ``select`` begins anew. The closest word decides; between equally
    close ones, ``ignore`` does.
    """
    chosen = [
        rule_selectors.specificity(word, rule)
        for word in (*(select or ()), *extend)
        if rule_selectors.matches(word, rule)
    ]
    ignored = [
        rule_selectors.specificity(word, rule)
        for word in ignore
        if rule_selectors.matches(word, rule)
    ]
    if not chosen and not ignored:
        return selected and select is None
    return max(chosen, default=-1) > max(ignored, default=-1)
