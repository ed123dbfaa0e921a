"""Findings by rule, and by the message they share: a value or URL that is wrong in many articles
is one thing to decide."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from linters.model.finding import Finding, Rule
from linters.model.report import Report
from linters.reports.display import Display
from linters.reports.escape import escape, shorten

_SHOWN_CAUSES = 3
_INDENT = 10


@dataclass(frozen=True, slots=True)
class SharedMessage:
    """A message of a rule, how many findings have it, and in how many files."""

    message: str
    count: int
    files: int


@dataclass(frozen=True, slots=True)
class RuleStatistics:
    """The findings of one rule; ``causes`` are its messages, the most frequent first.

    ``safe`` and ``unsafe`` count the findings with a fix.
    """

    rule: Rule
    count: int
    files: int
    safe: int
    unsafe: int
    causes: tuple[SharedMessage, ...]


def rule_statistics(report: Report) -> tuple[RuleStatistics, ...]:
    """The counts of every rule with findings, the most frequent first."""
    by_rule: dict[str, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        by_rule[finding.rule.code].append(finding)
    counts = [_count(findings) for findings in by_rule.values()]
    return tuple(sorted(counts, key=lambda entry: (-entry.count, entry.rule.code)))


def render_statistics(report: Report, display: Display) -> str:
    """A line for each rule, and below it the values or URLs with the most findings."""
    counts = rule_statistics(report)
    if not counts:
        return "no findings\n"
    lines = [display.paint("bold", f"{'findings':>8}  {'files':>6}  fixable  rule")]
    for entry in counts:
        fixable = f"{entry.safe:,}" + (f"+{entry.unsafe:,}" if entry.unsafe else "")
        mark = "[*] " if entry.safe else ""
        rule = f"{entry.rule.code}[{entry.rule.name}]"
        lines.append(f"{entry.count:>8,}  {entry.files:>6,}  {fixable:>7}  {mark}{rule}")
        lines += _cause_lines(entry, display)
    if any(entry.unsafe for entry in counts):
        lines.append("fixable: by --fix + by --unsafe-fixes")
    return "".join(line + "\n" for line in lines)


def statistics_data(report: Report) -> list[dict[str, object]]:
    """The same as JSON values."""
    return [
        {
            "code": entry.rule.code,
            "name": entry.rule.name,
            "count": entry.count,
            "files": entry.files,
            "fixable": {"safe": entry.safe, "unsafe": entry.unsafe},
            "causes": [asdict(cause) for cause in entry.causes],
        }
        for entry in rule_statistics(report)
    ]


def _count(findings: list[Finding]) -> RuleStatistics:
    counts = Counter(finding.message for finding in findings)
    files: dict[str, set[str]] = defaultdict(set)
    for finding in findings:
        files[finding.message].add(finding.path)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return RuleStatistics(
        rule=findings[0].rule,
        count=len(findings),
        files=len({finding.path for finding in findings}),
        safe=sum(finding.fix is not None and finding.fix.safe for finding in findings),
        unsafe=sum(finding.fix is not None and not finding.fix.safe for finding in findings),
        causes=tuple(
            SharedMessage(message, count, len(files[message])) for message, count in ordered
        ),
    )


def _cause_lines(entry: RuleStatistics, display: Display) -> Iterator[str]:
    for cause in entry.causes[:_SHOWN_CAUSES]:
        line = f"{cause.count:>{_INDENT + 6},} × {escape(cause.message)}"
        yield shorten(line, display.columns)
    rest = len(entry.causes) - _SHOWN_CAUSES
    if rest > 0:
        yield f"{'':>{_INDENT + 9}}and {rest:,} more"
