"""From raw findings to the report: grade, deduplicate, suppress, keep what is new, sort."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from linters.checker import Checker
from linters.findings.core_rules import CORE_RULES
from linters.findings.fingerprints import ArticleSummary, fingerprinted
from linters.findings.rule_settings import RuleTable
from linters.findings.suppressions import suppress
from linters.model.diff import Diff
from linters.model.finding import Finding, Group, Range, Rule, Severity
from linters.model.link import Cause, LinkRecord
from linters.model.report import Report
from linters.util.redact import masked_finding


def rules_of(checkers: Iterable[Checker]) -> tuple[Rule, ...]:
    """All rules: the core's and the checkers'."""
    return (*CORE_RULES, *(rule for checker in checkers for rule in checker.rules))


@dataclass(frozen=True, slots=True)
class ReportContext:
    """What the report depends on besides findings and links.

    ``rules`` are all rules, ``table`` their levels; ``reported`` the paths to report on,
    ``articles`` all articles of the repository.
    """

    rules: Sequence[Rule]
    table: RuleTable
    reported: frozenset[str]
    articles: frozenset[str]
    offline: bool
    change: Diff | None = None


def build_report(
    findings: Iterable[Finding],
    links: Iterable[LinkRecord],
    context: ReportContext,
    contexts: Mapping[str, ArticleSummary],
    *,
    interrupted: bool = False,
) -> Report:
    """The report of one repository; ``contexts`` are those of the reported articles, by path.

    In order: keep what is reported on, grade by severity, one finding per damage, take out
    what directives suppress, keep what the diff touches, sort, add owner and fingerprint.
    """
    sorted_links = tuple(sorted(links, key=lambda link: (link.url, link.target)))
    complete = context.change is None and not _cut_short(sorted_links, interrupted)
    table = context.table
    here = (finding for finding in findings if _is_reported(finding, context))
    first = _first_by_precedence(_distinct(table.graded(here)))
    directives = {path: article.directives for path, article in contexts.items()}
    network = complete and not context.offline
    suppressed = suppress(first, directives, context.rules, partial(_judged, table, network))
    kept = list(table.graded(suppressed.findings))
    if context.change is not None:
        kept = [finding for finding in kept if _is_new(finding, context.change.lines)]
    owned = [
        replace(finding, owner=contexts[finding.path].owner)
        if finding.path in contexts
        else finding
        for finding in map(masked_finding, sorted(kept, key=sort_key))
    ]
    return Report(
        articles=len(context.reported),
        findings=tuple(fingerprinted(owned)),
        links=sorted_links,
        suppressed=suppressed.suppressed,
        interrupted=interrupted,
        owners={path: article.owner for path, article in contexts.items() if article.owner},
    )


def _judged(table: RuleTable, network: bool, path: str, rule: Rule) -> bool | None:
    """Whether a rule was checked at a path (see ``linters.findings.suppressions.Judged``)."""
    level = table.level(path, rule)
    if level.severity is Severity.OFF:
        return False if level.configured else None
    return not rule.network or network


def sort_key(finding: Finding) -> tuple[object, ...]:
    """The total order of findings."""
    return (finding.path, finding.range, finding.rule.code, finding.message)


def _cut_short(links: Iterable[LinkRecord], interrupted: bool) -> bool:
    return interrupted or any(
        link.outcome.cause in (Cause.DEADLINE, Cause.INTERRUPTED) for link in links
    )


def _is_reported(finding: Finding, context: ReportContext) -> bool:
    """Whether a finding is in a path that the command line names, or in no article at all."""
    path = finding.path
    return path in context.reported or finding.by_change or path not in context.articles


def _distinct(findings: Iterable[Finding]) -> Iterable[Finding]:
    seen = set()
    for finding in findings:
        key = (finding.path, finding.range, finding.rule.code, finding.message)
        if key not in seen:
            seen.add(key)
            yield finding


def _first_by_precedence(findings: Iterable[Finding]) -> list[Finding]:
    """One damage, one finding: of each group of rules only the lowest rank at its place."""
    every = list(findings)
    lowest: dict[tuple[Group, str, Range | None], int] = {}
    for finding in every:
        precedence = finding.rule.precedence
        if precedence is not None:
            key = _scope(finding, precedence.group)
            lowest[key] = min(precedence.rank, lowest.get(key, precedence.rank))
    return [
        finding
        for finding in every
        if (precedence := finding.rule.precedence) is None
        or precedence.rank == lowest[_scope(finding, precedence.group)]
    ]


def _scope(finding: Finding, group: Group) -> tuple[Group, str, Range | None]:
    return group, finding.path, None if group.per_article else finding.range


def _is_new(finding: Finding, lines: Mapping[str, Collection[int]]) -> bool:
    """Whether a finding stands on a line that the change touches, or comes of the change."""
    (first, _), (last, column) = finding.range
    last = last - 1 if column == 1 and last > first else last
    touched = lines.get(finding.path, ())
    return finding.by_change or any(number in touched for number in range(first, last + 1))
