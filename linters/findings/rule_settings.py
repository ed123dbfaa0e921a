"""Resolves which rules are enabled and at which severity, from configuration and command line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from linters.findings.core_rules import UNREADABLE_FILE
from linters.findings.rule_selectors import matches, names, specificity
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
    ``forced`` is set by the configuration and overrides a finding's own. ``configured``
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


def rule_levels(
    settings: Settings, selection: RuleSelection, rules: Sequence[Rule]
) -> Mapping[str, Level]:
    """The level of every rule, by its code."""
    levels = {}
    for rule in rules:
        configured = _rule_level(rule, settings, RuleSelection())
        level = configured
        if selection != RuleSelection():
            level = _rule_level(rule, settings, selection)
        enabled = configured.severity is not Severity.OFF
        levels[rule.code] = Level(level.severity, level.forced, enabled)
    return levels


class RuleTable:
    """The level of every rule at every path; each configuration is resolved once.

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
            if any(_ignores(word, rule) for word in words) and globs((glob,)).match_file(
                settings.local(path)
            ):
                return Level(Severity.OFF, configured=False)
        return level

    def graded(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """The findings of enabled rules, each with its severity."""
        for finding in findings:
            severity = self.level(finding.path, finding.rule).of(finding.severity)
            if severity is finding.severity:
                yield finding
            elif severity is not Severity.OFF:
                yield replace(finding, severity=severity)

    def is_enabled(self, path: str, rule: Rule) -> bool:
        """Whether a rule is enabled at a path (``""``: at the root)."""
        return self.level(path, rule).severity is not Severity.OFF

    def _table(self, settings: Settings) -> Mapping[str, Level]:
        key = id(settings)
        if key not in self._tables:
            self._tables[key] = (settings, rule_levels(settings, self._selection, self._rules))
        return self._tables[key][1]


def _rule_level(rule: Rule, settings: Settings, selection: RuleSelection) -> Level:
    words = [word for word in settings.severity if matches(word, rule)]
    closest = max(words, key=lambda word: specificity(word, rule), default="")
    configured = settings.severity[closest] if closest else None
    # A severity for a rule by its name enables it, as extend-select does.
    extended = settings.extend_select
    if closest and names(closest, rule) and configured is not Severity.OFF:
        extended = (*extended, closest)
    selected = _is_selected(
        rule, settings.select, extended, settings.ignore, before=rule == UNREADABLE_FILE
    )
    selected = _is_selected(
        rule, selection.select, selection.extend_select, selection.ignore, before=selected
    )
    if not selected:
        return Level(Severity.OFF)
    asked = _is_named(rule, (*(selection.select or ()), *selection.extend_select))
    if configured is Severity.OFF and not asked:
        return Level(Severity.OFF)
    forced = None if configured is Severity.OFF else configured
    if rule.severity is not Severity.OFF:
        return Level(forced or rule.severity, forced)
    named = (*extended, *(settings.select if selection.select is None else ()))
    if not asked and not _is_named(rule, named):
        return Level(Severity.OFF)
    return Level(forced or Severity.WARNING, forced)


def _is_named(rule: Rule, words: Iterable[str]) -> bool:
    return any(names(word, rule) for word in words)


def _ignores(word: str, rule: Rule) -> bool:
    """Whether a word ignores a rule; an unreadable file is ignored by the rule's name only."""
    return names(word, rule) if rule == UNREADABLE_FILE else matches(word, rule)


def _is_selected(
    rule: Rule,
    select: tuple[str, ...] | None,
    extend: tuple[str, ...],
    ignore: tuple[str, ...],
    *,
    before: bool,
) -> bool:
    """Whether a rule is selected after one layer (configuration, then command line).

    A layer with a ``select`` replaces the selection ``before`` it. The most specific word
    decides, and ``ignore`` between equally specific ones. An unreadable file is selected
    whatever ``select`` says: nothing else in it was checked.
    """
    chosen = [specificity(word, rule) for word in (*(select or ()), *extend) if matches(word, rule)]
    ignored = [specificity(word, rule) for word in ignore if _ignores(word, rule)]
    if not chosen and not ignored:
        return before and (select is None or rule == UNREADABLE_FILE)
    return max(chosen, default=-1) > max(ignored, default=-1)
