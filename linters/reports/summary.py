"""The closing lines of a report for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from linters.model.finding import Severity
from linters.model.link import Cause, Verdict
from linters.model.report import Report, outcome_counts
from linters.reports.display import Display
from linters.reports.escape import escape
from linters.reports.severities import LEVELS
from linters.reports.statistics import RuleStatistics, rule_statistics
from linters.reports.wrapping import wrap
from linters.util.shorten import shorten

if TYPE_CHECKING:
    from linters.model.audit_report import AuditSummary

_NOT_CHECKED = {
    Cause.OFFLINE: "offline",
    Cause.DEADLINE: "deadline reached",
    Cause.INTERRUPTED: "interrupted",
}
_FREQUENT = 10
_TOP = 3
_LISTED = 10
_LONGEST_CAUSE = 100


def summary(report: Report, display: Display, *, causes: bool = True) -> str:
    """Findings by severity, fixes, frequent causes, and links by verdict."""
    rules = rule_statistics(report)
    frequent = _frequent(rules) if causes else ()
    lines = [
        _findings(report, rules),
        *_fixes(rules),
        *frequent,
        *_links(report),
        *_audit(report.audit),
    ]
    if report.interrupted:
        lines.append("Interrupted: this report is not complete.")
    wrapped = [part for line in lines for part in _wrap(line, display.columns)]
    wrapped[0] = display.paint("bold", wrapped[0])
    return "".join(line + "\n" for line in wrapped)


def plural(number: int, noun: str) -> str:
    """A number with its noun: ``1 link``, ``1,200 links``."""
    return f"{number:,} {noun}" + "s" * (number != 1)


def level_counts(rules: Sequence[RuleStatistics]) -> str:
    """``2 errors, 1 warning``; empty without findings."""
    return ", ".join(
        f"{number:,} {level}" if level is Severity.INFO else plural(number, str(level))
        for level in LEVELS
        if (number := sum(rule.levels.get(level, 0) for rule in rules))
    )


def _findings(report: Report, rules: Sequence[RuleStatistics]) -> str:
    counts = level_counts(rules)
    text = f"Found {counts}" if counts else "No findings"
    hidden = [
        f"{number:,} {word}"
        for number, word in ((report.suppressed, "suppressed"), (report.baselined, "in baseline"))
        if number
    ]
    if report.new_suppressions:
        hidden.append(plural(report.new_suppressions, "new suppression"))
    if report.articles or not counts:  # a change may break only links of articles that it leaves
        text += f" in {plural(report.articles, 'article')}"
    return text + (f" ({', '.join(hidden)})." if hidden else ".")


def _fixes(rules: Sequence[RuleStatistics]) -> Iterator[str]:
    safe = sum(rule.safe for rule in rules)
    unsafe = sum(rule.unsafe for rule in rules)
    if safe:
        more = f", {unsafe:,} more with --unsafe-fixes" if unsafe else ""
        yield f"[*] {safe:,} fixable with --fix{more}."
    elif unsafe:
        yield f"{unsafe:,} fixable with --fix --unsafe-fixes."


def _frequent(rules: Sequence[RuleStatistics]) -> Iterator[str]:
    """The messages that many findings share."""
    causes = [
        (cause.count, entry.rule.name, cause)
        for entry in rules
        for cause in entry.causes
        if cause.count >= _FREQUENT
    ]
    if not causes:
        return
    yield "Most frequent (all: --statistics):"
    for count, name, cause in sorted(causes, key=lambda item: (-item[0], item[1], item[2].message))[
        :_TOP
    ]:
        message = escape(shorten(cause.message, _LONGEST_CAUSE))
        yield f"  {count:,} × {name} in {plural(cause.files, 'file')}: {message}"


def _links(report: Report) -> Iterator[str]:
    if not report.links:
        return
    counts = report.link_counts()
    skipped: Counter[str] = Counter()
    for (_, cause), count in outcome_counts(report.links).items():
        if cause in _NOT_CHECKED:
            skipped[_NOT_CHECKED[cause]] += count
    verdicts = ", ".join(f"{counts[verdict]:,} {verdict}" for verdict in Verdict if counts[verdict])
    yield f"{plural(len(report.links), 'link')}: {verdicts}."
    if skipped:
        reasons = ", ".join(f"{number:,} {reason}" for reason, number in sorted(skipped.items()))
        if len(skipped) == 1:
            reasons = next(iter(skipped))
        yield f"Not checked: {plural(skipped.total(), 'link')} ({reasons})."


def _audit(audit: AuditSummary | None) -> Iterator[str]:
    """What an audit found to be different from the finished run before it."""
    if audit is None:
        return
    if audit.finished is None:
        yield f"Run {audit.run} is not finished; the next audit resumes it."
    if audit.previous is None:
        return
    yield (
        f"Since {audit.previous.date()}: {len(audit.broken_new):,} broke, "
        f"{len(audit.healed):,} healed, {len(audit.moved):,} moved."
    )
    for change in audit.broken_new[:_LISTED]:
        yield f"  broke: {escape(shorten(change.target, _LONGEST_CAUSE))}"
    if len(audit.broken_new) > _LISTED:
        yield f"  and {len(audit.broken_new) - _LISTED:,} more"


def _wrap(line: str, columns: int) -> Sequence[str]:
    """The line in pieces that fit; URLs and paths stay whole."""
    return wrap(line, columns, indent="    ")
