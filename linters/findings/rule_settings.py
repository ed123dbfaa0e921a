"""Resolves which rules are enabled at which severity, from configuration and command line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from linters.findings import rule_selectors
from linters.model.errors import UserError
from linters.model.finding import Finding, Rule, Severity
from linters.model.settings import Settings
from linters.util.globs import globs


@dataclass(frozen=True, slots=True)
class RuleSelection:
    """``--select``, ``--ignore`` and ``--extend-select``; ``select`` is None: as configured."""

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Level:
    """The severity of one rule.

    ``severity`` is that of a finding without its own (``off``: the rule is disabled);
    ``forced`` is set by the configuration and goes before a finding's own. ``configured``
    says whether the rule would be enabled without the command line's selection.
    """

    severity: Severity
    forced: Severity | None = None
    configured: bool = True

    def of(self, own: Severity | None) -> Severity:
        """The severity of a finding whose checker gave it ``own``."""
        if self.severity is Severity.OFF:
            return Severity.OFF
        return self.forced or own or self.severity


def levels(settings: Settings, choice: RuleSelection, rules: Sequence[Rule]) -> Mapping[str, Level]:
    """The level of every rule, by its code."""
    found = {}
    for rule in rules:
        configured = _level(rule, settings, RuleSelection())
        level = configured if choice == RuleSelection() else _level(rule, settings, choice)
        spoke = configured.severity is not Severity.OFF
        found[rule.code] = Level(level.severity, level.forced, spoke)
    return found


class RuleTable:
    """The level of every rule at every path; the table of each configuration is made once.

    ``settings_of`` gives the settings of a root-relative path.
    """

    def __init__(
        self,
        settings_of: Callable[[str], Settings],
        selection: RuleSelection,
        rules: Sequence[Rule],
    ) -> None:
        self._settings_of = settings_of
        self._selection = selection
        self._rules = rules
        self._tables: dict[int, tuple[Settings, Mapping[str, Level]]] = {}

    def level(self, path: str, rule: Rule) -> Level:
        """The level of a rule at a path, ``per-file-ignores`` included."""
        settings = self._settings_of(path)
        level = self._table(settings)[rule.code]
        for glob, words in settings.per_file_ignores.items():
            if any(rule_selectors.matches(word, rule) for word in words) and globs(
                (glob,)
            ).match_file(settings.local(path)):
                return Level(Severity.OFF, configured=False)
        return level

    def graded(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """The findings of enabled rules, each with its severity."""
        for finding in findings:
            severity = self.level(finding.path, finding.rule).of(finding.severity)
            if severity is not Severity.OFF:
                yield replace(finding, severity=severity)

    def is_enabled(self, path: str, rule: Rule) -> bool:
        """Whether a rule is enabled at a path (``""``: at the root)."""
        return self.level(path, rule).severity is not Severity.OFF

    def _table(self, settings: Settings) -> Mapping[str, Level]:
        key = id(settings)
        if key not in self._tables:
            self._tables[key] = (settings, levels(settings, self._selection, self._rules))
        return self._tables[key][1]


def check_codes(settings: Settings, rules: Sequence[Rule]) -> None:
    """UserError if the configuration names a rule that there is not."""
    source = settings.source or "the defaults"
    rule_selectors.require(settings.select, rules, f"{source}: select")
    rule_selectors.require(settings.ignore, rules, f"{source}: ignore")
    rule_selectors.require(settings.severity, rules, f"{source}: severity")
    for glob, words in settings.per_file_ignores.items():
        rule_selectors.require(words, rules, f"{source}: per-file-ignores.{glob}")


def check_choice(choice: RuleSelection, rules: Sequence[Rule]) -> None:
    """UserError if the command line names a rule that there is not."""
    rule_selectors.require(choice.select or (), rules, "--select")
    rule_selectors.require(choice.ignore, rules, "--ignore")
    rule_selectors.require(choice.extend_select, rules, "--extend-select")
    if choice.select is not None and not choice.select:
        raise UserError("--select names no rule")


def _level(rule: Rule, settings: Settings, choice: RuleSelection) -> Level:
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
