"""Annotations in GitHub Actions: one workflow command per finding.

GitHub shows ten errors, ten warnings and ten notices of a step and drops the others without
a word. So the most severe come first, the others are plain lines of the log, and the last
line says how many they are. An annotation's message repeats its place and rule: the list of
annotations on a run's page shows neither.

The escapes are those of the runner (actions/toolkit's ``command``): percent signs and line
ends everywhere, colons and commas in properties as well.
"""

from __future__ import annotations

from collections import Counter

from linters.model.finding import Finding, Severity
from linters.model.report import Report
from linters.reports.escape import escape, escape_line
from linters.reports.severities import most_severe_first, severity_of
from linters.util.shorten import shorten

PER_LEVEL = 10

_LONGEST = 2000
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(report: Report, *, color: bool = False) -> str:
    """The findings, most severe first: annotations, then log lines and how many these are."""
    written: Counter[str] = Counter()
    annotations: list[str] = []
    others: list[str] = []
    for finding in most_severe_first(report.findings):
        name = _COMMANDS.get(severity_of(finding), "notice")
        written[name] += 1
        if written[name] <= PER_LEVEL:
            annotations.append(_command(name, finding))
        else:
            others.append(f"{name}: {escape_line(_text(finding))}")
    if others:
        others.append(
            f"{len(others):,} of {written.total():,} findings have no annotation: "
            f"GitHub shows {PER_LEVEL} of each level"
        )
    return "".join(f"{line}\n" for line in (*annotations, *others))


def _command(name: str, finding: Finding) -> str:
    (line, column), (end_line, end_column) = finding.range
    properties = {
        "file": finding.path,
        "line": str(line),
        "endLine": str(end_line),
        "title": f"{finding.rule.code}[{finding.rule.name}]",
    }
    if line == end_line:  # columns are shown only within one line, and their end is inclusive
        properties |= {"col": str(column), "endColumn": str(max(end_column - 1, column))}
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    text = _data(_text(finding))
    if finding.help:
        text += f"%0A{_data(shorten(finding.help, _LONGEST))}"
    return f"::{name} {listed}::{text}"


def _text(finding: Finding) -> str:
    line, column = finding.range.start
    rule = f"{finding.rule.code}[{finding.rule.name}]"
    return f"{finding.path}:{line}:{column}: {rule} {shorten(finding.message, _LONGEST)}"


def _data(text: str) -> str:
    return escape(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
