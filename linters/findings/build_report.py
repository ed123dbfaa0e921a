"""From raw findings to the report: select, rank, suppress, keep what is new, sort."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from linters.checker import Checker, Run
from linters.findings import rule_selectors
from linters.findings.core_rules import CORE_RULES
from linters.findings.fingerprints import Background, fingerprinted
from linters.findings.rule_settings import Choice, Level, levels
from linters.findings.suppressions import suppress
from linters.model.finding import Finding, Range, Rule, Severity
from linters.model.link import Cause, LinkRecord
from linters.model.report import Report
from linters.model.settings import Settings
from linters.util.globs import globs
from linters.util.redact import masked_finding

__all__ = ["Choice", "finish", "rules_of", "sort_key"]

HEADER_RULES = (
    "header-unreadable",
    "span-in-header",
    "yaml-header-syntax-error",
    "yaml-header-not-object",
    "yaml-duplicate-key",
    "header-missing",
)
"""One damage, one finding: of these only the first speaks in one article."""

LINK_RULES = (
    "link-invalid",
    "link-broken",
    "fragment-not-found",
    "link-blocked",
    "outdated-host",
    "locale-in-link",
    "link-redirected",
    "link-unknown",
    "insecure-link",
)
"""One URL at one place has one finding: of these only the first speaks there."""


def rules_of(checkers: Iterable[Checker]) -> tuple[Rule, ...]:
    """All rules: the core's and the checkers'."""
    return (*CORE_RULES, *(rule for checker in checkers for rule in checker.rules))


def finish(
    findings: Iterable[Finding],
    links: Iterable[LinkRecord],
    run: Run,
    checkers: Sequence[Checker],
    choice: Choice,
    backgrounds: Mapping[str, Background] | None = None,
    *,
    interrupted: bool = False,
) -> Report:
    """The report of one repository; ``backgrounds`` are those of the reported articles."""
    rules = rules_of(checkers)
    sorted_links = tuple(sorted(links, key=lambda link: (link.url, link.target)))
    partial = run.change is not None or _cut_short(sorted_links, interrupted)
    voices = _Voices(run, choice, rules, complete=not partial)
    known = backgrounds or {}
    here = (finding for finding in findings if _is_reported(finding, run))
    spoken = _first_of_link(_first_of_header(_distinct(voices.heard(here))))
    directives = {path: one.directives for path, one in known.items()}
    suppressed = suppress(spoken, directives, rules, voices.judged)
    kept = list(voices.heard(suppressed.findings))
    if run.change is not None:
        kept = [finding for finding in kept if _is_new(finding, run.change.lines)]
    owned = [
        replace(finding, owner=known[finding.path].owner) if finding.path in known else finding
        for finding in map(masked_finding, sorted(kept, key=sort_key))
    ]
    return Report(
        articles=len(run.reported),
        findings=tuple(fingerprinted(owned)),
        links=sorted_links,
        suppressed=suppressed.suppressed,
        interrupted=interrupted,
    )


def sort_key(finding: Finding) -> tuple[object, ...]:
    """The total order of findings."""
    return (finding.path, finding.range, finding.rule.code, finding.message)


@dataclass
class _Voices:
    """Which rule speaks where."""

    run: Run
    choice: Choice
    rules: Sequence[Rule]
    complete: bool

    def __post_init__(self) -> None:
        self._levels: dict[int, tuple[Settings, Mapping[str, Level]]] = {}

    def heard(self, findings: Iterable[Finding]) -> Iterable[Finding]:
        """The findings of rules that speak, with their severities."""
        for finding in findings:
            level = self._level(finding.path, finding.rule)
            severity = level.of(finding.severity)
            if severity is not Severity.OFF:
                yield replace(finding, severity=severity)

    def judged(self, path: str, rule: Rule) -> bool | None:
        """Whether a rule spoke at a path (see ``linters.findings.suppressions.Judged``)."""
        level = self._level(path, rule)
        if level.severity is Severity.OFF:
            return False if level.configured else None
        return not rule.network or (self.complete and not self.run.network.offline)

    def _level(self, path: str, rule: Rule) -> Level:
        settings = self.run.settings_of(path)
        if id(settings) not in self._levels:
            table = levels(settings, self.choice, self.rules)
            self._levels[id(settings)] = (settings, table)
        level = self._levels[id(settings)][1][rule.code]
        for glob, words in settings.per_file_ignores.items():
            if any(rule_selectors.matches(word, rule) for word in words) and globs(
                (glob,)
            ).match_file(settings.local(path)):
                return Level(Severity.OFF, configured=False)
        return level


def _cut_short(links: Iterable[LinkRecord], interrupted: bool) -> bool:
    return interrupted or any(
        link.outcome.cause in (Cause.DEADLINE, Cause.INTERRUPTED) for link in links
    )


def _is_reported(finding: Finding, run: Run) -> bool:
    """Whether a finding stands in what the command line names, or in no article at all."""
    path = finding.path
    return path in run.reported or finding.by_change or path not in run.repository.articles


def _distinct(findings: Iterable[Finding]) -> Iterable[Finding]:
    seen = set()
    for finding in findings:
        key = (finding.path, finding.range, finding.rule.code, finding.message)
        if key not in seen:
            seen.add(key)
            yield finding


def _first_of_header(findings: Iterable[Finding]) -> list[Finding]:
    every = list(findings)
    ranks = {name: rank for rank, name in enumerate(HEADER_RULES)}
    first: dict[str, int] = {}
    for finding in every:
        rank = ranks.get(finding.rule.name)
        if rank is not None:
            first[finding.path] = min(rank, first.get(finding.path, rank))
    return [
        finding
        for finding in every
        if ranks.get(finding.rule.name, -1) in (-1, first.get(finding.path))
    ]


def _first_of_link(findings: Iterable[Finding]) -> list[Finding]:
    every = list(findings)
    ranks = {name: rank for rank, name in enumerate(LINK_RULES)}
    first: dict[tuple[str, Range], int] = {}
    for finding in every:
        rank = ranks.get(finding.rule.name)
        if rank is not None:
            place = (finding.path, finding.range)
            first[place] = min(rank, first.get(place, rank))
    return [
        finding
        for finding in every
        if ranks.get(finding.rule.name, -1) in (-1, first.get((finding.path, finding.range)))
    ]


def _is_new(finding: Finding, lines: Mapping[str, Collection[int]]) -> bool:
    """Whether a finding stands on a line that the change touches, or comes of the change."""
    (first, _), (last, column) = finding.range
    last = last - 1 if column == 1 and last > first else last
    touched = lines.get(finding.path, ())
    return finding.by_change or any(number in touched for number in range(first, last + 1))
