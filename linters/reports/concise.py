"""One line per finding: ``path:line:column: severity CODE[name] message``, then the summary."""

from __future__ import annotations

from collections.abc import Iterator

from linters.model.finding import Finding, Severity
from linters.model.report import Report
from linters.reports.display import Display
from linters.reports.escape import escape, escape_line
from linters.reports.severities import severity_of
from linters.reports.summary import summary
from linters.util.shorten import shorten

LONGEST = 600
_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}


def render(report: Report, *, color: bool = False) -> str:
    """The findings and the summary."""
    return render_for(report, Display(color))


def render_for(report: Report, display: Display) -> str:
    """The findings and the summary; no line of a finding is wrapped, so that it can be searched."""
    return "".join(pieces_for(report, display))


def pieces_for(report: Report, display: Display) -> Iterator[str]:
    """The text of ``render_for`` in pieces."""
    for finding in report.findings:
        yield headline(finding, display) + "\n"
    if display.summary:
        yield summary(report, display)


def headline(finding: Finding, display: Display) -> str:
    """Place, severity, rule and message; ``[*]`` marks what ``--fix`` fixes."""
    severity = severity_of(finding)
    rule = display.paint(style(finding), f"{severity} {finding.rule.code}[{finding.rule.name}]")
    mark = " [*]" if finding.fix is not None and finding.fix.safe else ""
    message = escape(shorten(finding.message, LONGEST))
    return f"{display.paint('bold', location(finding, display))} {rule}{mark} {message}"


def location(finding: Finding, display: Display) -> str:
    """``path:line:column:``, safe at the beginning of a line."""
    line, column = finding.range.start
    return escape_line(f"{display.path(finding.path)}:{line}:{column}:")


def style(finding: Finding) -> str:
    """The colour of a finding's severity."""
    return _COLORS.get(severity_of(finding), "bold")
