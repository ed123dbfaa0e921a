"""One line per finding: ``path:line:column: CODE[name] message``."""

from __future__ import annotations

from linters.model.finding import Finding
from linters.model.report import Report
from linters.reports.color import Paint
from linters.reports.escape import escape, escape_line, shorten

_LONGEST = 600


def render(report: Report, *, color: bool = False) -> str:
    """The findings, a line each."""
    paint = Paint(color)
    lines = []
    for finding in report.findings:
        rule = f"{finding.rule.code}[{finding.rule.name}]"
        place = paint("bold", location(finding))
        lines.append(f"{place} {paint('red', rule)} {escape(shorten(finding.message, _LONGEST))}")
    return "".join(line + "\n" for line in lines)


def location(finding: Finding) -> str:
    """``path:line:column:``, safe at the beginning of a line."""
    line, column = finding.range.start
    return escape_line(f"{finding.path}:{line}:{column}:")
