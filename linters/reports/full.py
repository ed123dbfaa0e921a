"""The report for people: each finding with its line, a caret and the help."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from linters.model.finding import Finding, Severity
from linters.model.report import Report
from linters.reports.color import Paint
from linters.reports.concise import location
from linters.reports.escape import escape, shorten
from linters.reports.excerpt import excerpt
from linters.reports.summary import summary

_LONGEST = 600
_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}


def render(report: Report, *, color: bool = False) -> str:
    """The findings, a block each, and a closing line that counts them."""
    paint = Paint(color)
    lines = dict(report.lines)
    blocks = ["\n".join(_block(finding, lines, paint)) + "\n\n" for finding in report.findings]
    return "".join(blocks) + paint("bold", summary(report).rstrip("\n")) + "\n"


def _block(finding: Finding, lines: Mapping[tuple[str, int], str], paint: Paint) -> Iterator[str]:
    severity = finding.severity or finding.rule.severity
    color = _COLORS.get(severity, "bold")
    rule = paint(color, f"{severity} {finding.rule.code}[{finding.rule.name}]")
    yield f"{paint('bold', location(finding))} {rule} {escape(shorten(finding.message, _LONGEST))}"
    number = str(finding.range.start.line)
    margin = " " * len(number)
    text = lines.get((finding.path, finding.range.start.line))
    if text is not None:
        shown = excerpt(text, finding.range)
        yield paint("blue", f" {number} |") + f" {shown.text}"
        yield paint("blue", f" {margin} |") + f" {paint(color, shown.underline)}"
        if shown.marked is not None:
            yield _note(margin, "at", shown.marked, paint)
    for name, value in _details(finding):
        yield _note(margin, name, escape(shorten(value, _LONGEST)), paint)


def _details(finding: Finding) -> Iterator[tuple[str, str]]:
    for name in ("segment", "target", "source"):
        value = finding.data.get(name)
        if isinstance(value, str) and "source" in finding.data:
            yield name, value
    for related in finding.related:
        yield "see", f"{related.path}:{related.line}:{related.column}: {related.message}"
    if finding.help:
        yield "help", finding.help
    if finding.fix is not None:
        yield "fix", "by --fix" if finding.fix.safe else "by --fix --unsafe-fixes"


def _note(margin: str, name: str, value: str, paint: Paint) -> str:
    return paint("blue", f" {margin} =") + f" {paint('bold', name)}: {value}"
