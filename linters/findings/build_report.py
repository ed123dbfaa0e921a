"""From raw findings to the report, path by path."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache, partial

from linters.checker import Checker
from linters.findings.baseline import Baseline
from linters.findings.core_rules import CORE_RULES
from linters.findings.fingerprints import ArticleSummary
from linters.findings.kept import finding_sequence, hidden_sequence, kept_links
from linters.findings.known_findings import KnownFindings
from linters.findings.new_suppressions import new_suppressions
from linters.findings.path_findings import PathFindings
from linters.findings.rule_settings import RuleTable
from linters.model.diff import Diff
from linters.model.finding import Finding, Rule, Severity
from linters.model.link import Cause, LinkRecord
from linters.model.note import Note
from linters.model.report import Report, outcome_counts


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

    def is_reported(self, finding: Finding) -> bool:
        """Whether a finding is in a path to report on, in no article, or due to the change."""
        path = finding.path
        return path in self.reported or finding.by_change or path not in self.articles


def build_report(
    findings: Iterable[tuple[str, Iterable[Finding]]],
    links: Iterable[Iterable[LinkRecord]],
    context: ReportContext,
    articles: Mapping[str, ArticleSummary],
    *,
    interrupted: bool = False,
) -> Report:
    """The report of one repository.

    ``findings`` are those of each path, the paths in order: every path with findings, and every
    article with directives. ``links`` are those of each checker. ``articles`` are those to
    report on and others with findings; reading ``findings`` may add to them.
    """
    sorted_links = kept_links(links)
    complete = context.change is None and not _cut_short(sorted_links, interrupted)
    was_checked = partial(_was_checked, context.table, complete and not context.offline)
    suppressed, baselined = (hidden_sequence(context.rules) for _ in range(2))
    known = KnownFindings(context.baseline, context.today, baselined.append)
    owner_of = lru_cache(maxsize=None)(partial(_owner, context, articles))
    of_path = PathFindings(
        context.rules,
        context.table,
        was_checked,
        owner_of,
        known,
        suppressed.append,
        context.change,
    )
    kept = finding_sequence(context.rules)
    for path, found in findings:
        directives = articles[path].directives if path in articles else ()
        kept.extend(of_path.of(path, found, directives))
    rules = {rule.code: rule for rule in context.rules}
    stale = known.stale(
        lambda key: (
            complete
            and (key.path in context.reported or not context.exists(key.path))
            and (key.rule not in rules or was_checked(key.path, rules[key.rule]) is not False)
        )
    )
    added = _added_suppressions(articles, context.change)
    counts = len(suppressed), len(baselined)
    suppressed.extend(baselined)
    owners = ((path, owner_of(path)) for path in articles)
    return Report(
        articles=len(context.reported),
        findings=kept.finished(),
        links=sorted_links,
        suppressed=counts[0],
        baselined=counts[1],
        interrupted=interrupted,
        owners={path: owner for path, owner in owners if owner},
        notes=(*known.notes, *added),
        new_suppressions=len(added),
        hidden=suppressed.finished() if context.keeps_hidden else (),
        stale=stale,
    )


def _owner(context: ReportContext, articles: Mapping[str, ArticleSummary], path: str) -> str | None:
    """The owner of a file."""
    article = articles.get(path)
    return context.owner(path, article.owner if article is not None else None)


def _added_suppressions(articles: Mapping[str, ArticleSummary], change: Diff | None) -> list[Note]:
    """A note for each directive that the change adds."""
    if change is None:
        return []
    return [
        Note(f"new suppression of {', '.join(directive.words)}", path, directive.range.start.line)
        for path, article in sorted(articles.items())
        for directive in new_suppressions(path, article.directives, change)
    ]


def _was_checked(table: RuleTable, network: bool, path: str, rule: Rule) -> bool | None:
    """Whether a rule was checked at a path (see ``linters.findings.suppressions.WasChecked``)."""
    level = table.level(path, rule)
    if level.severity is Severity.OFF:
        return False if level.configured else None
    return not rule.network or network


def _cut_short(links: Sequence[LinkRecord], interrupted: bool) -> bool:
    counts = outcome_counts(links)
    return interrupted or any(cause in (Cause.DEADLINE, Cause.INTERRUPTED) for _, cause in counts)
