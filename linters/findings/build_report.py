"""From raw findings to the report: grade, deduplicate, suppress, keep what is new, sort."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

from linters.checker import Checker
from linters.findings.baseline import Baseline
from linters.findings.core_rules import CORE_RULES
from linters.findings.fingerprints import ArticleSummary, fingerprinted
from linters.findings.kept import kept_findings, kept_links
from linters.findings.known_findings import KnownFindings
from linters.findings.new_suppressions import new_suppressions
from linters.findings.rule_settings import RuleTable
from linters.findings.suppressions import suppress
from linters.model.diff import Diff
from linters.model.finding import Finding, Group, Range, Rule, Severity
from linters.model.hidden_finding import HiddenFinding
from linters.model.link import Cause, LinkRecord
from linters.model.note import Note
from linters.model.report import Report, outcome_counts
from linters.util.redact import masked_finding


def rules_of(checkers: Iterable[Checker]) -> tuple[Rule, ...]:
    """All rules: the core's and the checkers'."""
    return (*CORE_RULES, *(rule for checker in checkers for rule in checker.rules))


@dataclass(frozen=True, slots=True)
class ReportContext:
    """What the report depends on, apart from findings and links.

    ``rules`` are all rules, ``table`` their levels; ``reported`` the paths to report on,
    ``articles`` all articles of the repository and ``exists`` whether it has a file.
    ``owner(path, author)`` is the owner of a file whose header names an author or none. The
    ``baseline`` hides known findings, those of expired entries (``today``) excepted. With
    ``keeps_hidden`` the report has the hidden findings.
    """

    rules: Sequence[Rule]
    table: RuleTable
    reported: frozenset[str]
    articles: frozenset[str]
    offline: bool
    change: Diff | None = None
    baseline: Baseline = field(default_factory=Baseline)
    today: date = date.max
    owner: Callable[[str, str | None], str | None] = lambda _path, author: author
    exists: Callable[[str], bool] = lambda _path: True
    keeps_hidden: bool = False


def build_report(
    findings: Iterable[Finding],
    links: Iterable[Iterable[LinkRecord]],
    context: ReportContext,
    contexts: Mapping[str, ArticleSummary],
    *,
    interrupted: bool = False,
) -> Report:
    """The report of one repository; ``links`` are those of each checker,
    ``contexts`` those of the reported articles, by path.

    In order: keep what is reported on, grade by severity, one finding per damage, take out
    what directives suppress, sort, add owner and fingerprint, take out what the baseline
    knows, keep what the diff touches. Fingerprints come before the diff, so that a finding has
    the same one in every run.
    """
    sorted_links = kept_links(links)
    complete = context.change is None and not _cut_short(sorted_links, interrupted)
    table = context.table
    here = (finding for finding in findings if _is_reported(finding, context))
    first = _first_by_precedence(_distinct(table.graded(here)))
    directives = {path: article.directives for path, article in contexts.items()}
    network = complete and not context.offline
    judged = partial(_judged, table, network)
    suppressed = suppress(first, directives, context.rules, judged)
    owners = _Owners(context, contexts)
    known = KnownFindings(context.baseline, context.today)
    numbered = _numbered(table.graded(suppressed.findings), owners)
    new = (
        finding
        for finding in known.unknown(numbered)
        if context.change is None or _is_new(finding, context.change.lines)
    )
    kept = kept_findings(new, context.rules)
    rules = {rule.code: rule for rule in context.rules}
    stale = known.stale(
        lambda key: (
            complete
            and (key.path in context.reported or not context.exists(key.path))
            and (key.rule not in rules or judged(key.path, rules[key.rule]) is not False)
        )
    )
    added = _added_suppressions(contexts, context.change)
    hidden = _numbered_hidden(suppressed.hidden, owners) if context.keeps_hidden else ()
    return Report(
        articles=len(context.reported),
        findings=kept,
        links=sorted_links,
        suppressed=len(suppressed.hidden),
        baselined=len(known.hidden),
        interrupted=interrupted,
        owners=owners.of_articles(),
        notes=(*known.notes, *added),
        new_suppressions=len(added),
        hidden=(*hidden, *known.hidden) if context.keeps_hidden else (),
        stale=stale,
    )


class _Owners:
    """The owners of files, looked up once each."""

    def __init__(self, context: ReportContext, articles: Mapping[str, ArticleSummary]) -> None:
        self._context = context
        self._articles = articles
        self._known: dict[str, str | None] = {}

    def of(self, path: str) -> str | None:
        """The owner of a file."""
        if path not in self._known:
            article = self._articles.get(path)
            author = article.owner if article is not None else None
            self._known[path] = self._context.owner(path, author)
        return self._known[path]

    def of_articles(self) -> dict[str, str]:
        """The owners of the reported articles that have one."""
        owned = ((path, self.of(path)) for path in self._articles)
        return {path: owner for path, owner in owned if owner}


def _numbered(findings: Iterable[Finding], owners: _Owners) -> Iterator[Finding]:
    """The findings in order, masked, with owner and fingerprint."""
    ordered = map(masked_finding, sorted(findings, key=sort_key))
    return fingerprinted(replace(finding, owner=owners.of(finding.path)) for finding in ordered)


def _numbered_hidden(hidden: Iterable[HiddenFinding], owners: _Owners) -> tuple[HiddenFinding, ...]:
    ordered = sorted(hidden, key=lambda entry: sort_key(entry.finding))
    findings = _numbered((entry.finding for entry in ordered), owners)
    return tuple(
        replace(entry, finding=finding) for entry, finding in zip(ordered, findings, strict=True)
    )


def _added_suppressions(articles: Mapping[str, ArticleSummary], change: Diff | None) -> list[Note]:
    """A note for each directive that the change adds."""
    if change is None:
        return []
    return [
        Note(f"new suppression of {', '.join(directive.words)}", path, directive.range.start.line)
        for path, article in sorted(articles.items())
        for directive in new_suppressions(path, article.directives, change)
    ]


def _judged(table: RuleTable, network: bool, path: str, rule: Rule) -> bool | None:
    """Whether a rule was checked at a path (see ``linters.findings.suppressions.Judged``)."""
    level = table.level(path, rule)
    if level.severity is Severity.OFF:
        return False if level.configured else None
    return not rule.network or network


def sort_key(finding: Finding) -> tuple[object, ...]:
    """The total order of findings."""
    return (finding.path, finding.range, finding.rule.code, finding.message)


def _cut_short(links: Sequence[LinkRecord], interrupted: bool) -> bool:
    counts = outcome_counts(links)
    return interrupted or any(cause in (Cause.DEADLINE, Cause.INTERRUPTED) for _, cause in counts)


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
    """Whether a finding is on a line that the change touches, or is caused by the change."""
    (first, _), (last, column) = finding.range
    last = last - 1 if column == 1 and last > first else last
    touched = lines.get(finding.path, ())
    return finding.by_change or any(number in touched for number in range(first, last + 1))
