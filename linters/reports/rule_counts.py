"""How often each rule occurs, for the tables of summaries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from linters.model.finding import Finding, Severity
from linters.reports.severities import LEVELS, severity_of


@dataclass(frozen=True, slots=True)
class RuleCount:
    """The findings of one rule at one severity, and the files that they are in."""

    severity: Severity
    code: str
    name: str
    findings: int
    files: int


def rule_counts(findings: Iterable[Finding]) -> list[RuleCount]:
    """The counts of every rule: most severe first, then by the number of findings."""
    counts: Counter[tuple[Severity, str, str]] = Counter()
    files: dict[tuple[Severity, str, str], set[str]] = {}
    for finding in findings:
        key = (severity_of(finding), finding.rule.code, finding.rule.name)
        counts[key] += 1
        files.setdefault(key, set()).add(finding.path)
    rows = [RuleCount(*key, count, len(files[key])) for key, count in counts.items()]
    return sorted(rows, key=lambda row: (LEVELS.index(row.severity), -row.findings, row.code))
