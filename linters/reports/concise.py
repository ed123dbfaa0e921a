"""One line per finding: ``path:line:column: CODE[name] message``."""

from __future__ import annotations

from linters.report import Report


def render(report: Report) -> str:
    """The findings, a line each."""
    lines = []
    for finding in report.findings:
        line, column = finding.range.start
        rule = finding.rule
        lines.append(f"{finding.path}:{line}:{column}: {rule.code}[{rule.name}] {finding.message}")
    return "".join(line + "\n" for line in lines)
