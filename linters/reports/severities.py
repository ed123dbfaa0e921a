"""The order of findings in formats that show only the first ones."""

from __future__ import annotations

from collections.abc import Iterable

from linters.model.finding import Finding, Severity

LEVELS = (Severity.ERROR, Severity.WARNING, Severity.INFO)


def severity_of(finding: Finding) -> Severity:
    """The severity of a finding; the rule's own where the pipeline has not set one."""
    return finding.severity or finding.rule.severity


def most_severe_first(findings: Iterable[Finding]) -> list[Finding]:
    """Errors, then warnings, then the rest; within a level in the order of the report."""
    rank = {level: number for number, level in enumerate(LEVELS)}
    return sorted(findings, key=lambda finding: rank.get(severity_of(finding), len(LEVELS)))
