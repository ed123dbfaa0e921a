"""Issues of an Azure Pipelines run: one logging command per error and warning.

The agent knows errors and warnings only: findings of severity info are plain log lines.
The escapes are those of the agent (azure-pipelines-task-lib's ``TaskCommand``): percent
signs and line ends everywhere, semicolons and brackets in properties as well.
"""

from __future__ import annotations

from linters.model.finding import Finding, Severity
from linters.model.report import Report
from linters.reports.escape import escape, escape_line
from linters.reports.severities import most_severe_first, severity_of
from linters.util.shorten import shorten

_LONGEST = 2000
_TYPES = {Severity.ERROR: "error", Severity.WARNING: "warning"}
_PROPERTY = str.maketrans({";": "%3B", "]": "%5D"})


def render(report: Report, *, color: bool = False) -> str:
    """The findings, most severe first, a line each."""
    return "".join(f"{_line(finding)}\n" for finding in most_severe_first(report.findings))


def _line(finding: Finding) -> str:
    line, column = finding.range.start
    place = f"{finding.path}:{line}:{column}"
    text = f"{place}: {finding.rule.code}[{finding.rule.name}] {shorten(finding.message, _LONGEST)}"
    if finding.help:
        text += f" ({shorten(finding.help, _LONGEST)})"
    kind = _TYPES.get(severity_of(finding))
    if kind is None:
        return escape_line(f"info: {text}")
    properties = {
        "type": kind,
        "sourcepath": finding.path,
        "linenumber": str(line),
        "columnnumber": str(column),
        "code": finding.rule.code,
    }
    listed = ";".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"##vso[task.logissue {listed}]{_data(text)}"


def _data(text: str) -> str:
    return escape(text).replace("%", "%AZP25")


def _property(text: str) -> str:
    return _data(text).translate(_PROPERTY)
