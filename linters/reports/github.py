"""Annotations in GitHub Actions: one workflow command per finding.

The escapes are those of the runner (actions/toolkit's ``command``): percent signs and line
ends everywhere, colons and commas in properties as well.
"""

from __future__ import annotations

from linters.model.finding import Finding, Severity
from linters.model.report import Report
from linters.reports.escape import escape, shorten

_LONGEST = 2000
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(report: Report, *, color: bool = False) -> str:
    """The findings, a workflow command each; the title holds the rule."""
    return "".join(f"{_command(finding)}\n" for finding in report.findings)


def _command(finding: Finding) -> str:
    (line, column), (end_line, end_column) = finding.range
    properties = {
        "file": finding.path,
        "line": str(line),
        "endLine": str(end_line),
        "title": f"{finding.rule.code}[{finding.rule.name}]",
    }
    if line == end_line:  # columns are shown only within one line, and their end is inclusive
        properties |= {"col": str(column), "endColumn": str(max(end_column - 1, column))}
    name = _COMMANDS.get(finding.severity or finding.rule.severity, "notice")
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    text = _data(shorten(finding.message, _LONGEST))
    if finding.help:
        text += f"%0A{_data(shorten(finding.help, _LONGEST))}"
    return f"::{name} {listed}::{text}"


def _data(text: str) -> str:
    return escape(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
