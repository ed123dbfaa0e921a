"""The report for people: each finding with its line, a caret and the help.

Findings of one rule with the same message about the same link are one block, with the first
places and the number of the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from linters.model.finding import Finding
from linters.model.report import Report
from linters.reports.concise import LONGEST, headline, style
from linters.reports.display import Display
from linters.reports.escape import escape, escape_line
from linters.reports.excerpt import excerpt
from linters.reports.summary import summary
from linters.reports.wrapping import wrap
from linters.util.shorten import shorten

_PLACES = 3
_GUTTER = 5  # " N | " without the digits of the line number


def render(report: Report, *, color: bool = False) -> str:
    """The findings, a block each, and the summary."""
    return render_for(report, Display(color))


def render_for(report: Report, display: Display) -> str:
    """The findings, a block each, and the summary."""
    lines = dict(report.lines)
    blocks = ["\n".join(_block(findings, lines, display)) + "\n\n" for findings in _grouped(report)]
    return "".join(blocks) + (summary(report, display) if display.summary else "")


def _grouped(report: Report) -> Iterator[Sequence[Finding]]:
    """The findings in order; those about one link are together, at the first one's place."""
    targets = {
        (place.path, place.range): link.target
        for link in report.links
        if len(link.places) > 1
        for place in link.places
    }
    groups: dict[object, list[Finding]] = defaultdict(list)
    for number, finding in enumerate(report.findings):
        target = targets.get((finding.path, finding.range))
        key = number if target is None else (target, finding.rule.code, finding.message)
        groups[key].append(finding)
    yield from groups.values()


def _block(
    findings: Sequence[Finding], lines: Mapping[tuple[str, int], str], display: Display
) -> Iterator[str]:
    finding = findings[0]
    yield from _wrapped_headline(finding, display)
    number = str(finding.range.start.line)
    margin = " " * len(number)
    text = lines.get((finding.path, finding.range.start.line))
    visible = ""
    if text is not None:
        shown = excerpt(text, finding.range, display.columns - len(number) - _GUTTER)
        yield display.paint("blue", f" {number} |") + f" {shown.text}"
        marks = display.paint(style(finding), shown.underline)
        yield display.paint("blue", f" {margin} |") + f" {marks}"
        visible = shown.text
        if shown.marked is not None:
            yield from _note(margin, "at", shown.marked, display)
    for name, value in _details(findings, visible, display):
        yield from _note(margin, name, escape(shorten(value, LONGEST)), display)


def _wrapped_headline(finding: Finding, display: Display) -> Iterator[str]:
    line = headline(finding, display)
    if not display.on_terminal:
        yield line
        return
    yield from wrap(line, display.columns, indent="  ")


def _details(
    findings: Sequence[Finding], visible: str, display: Display
) -> Iterator[tuple[str, str]]:
    finding = findings[0]
    if len(findings) > 1:
        yield "also at", _places(findings[1:], display)
    yield from _segment(finding, visible)
    for related in finding.related:
        path = display.path(related.path)
        yield "see", f"{path}:{related.line}:{related.column}: {related.message}"
    if finding.help:
        yield "help", finding.help
    if finding.fix is not None and not finding.fix.safe:
        yield "fix", "by --fix --unsafe-fixes"


def _segment(finding: Finding, visible: str) -> Iterator[tuple[str, str]]:
    """The segment's id and its two sides, without what the message and the excerpt show."""
    if not isinstance(finding.data.get("source"), str):
        return
    for name in ("segment", "target", "source"):
        value = finding.data.get(name)
        shown = {"segment": finding.message, "target": visible, "source": ""}[name]
        if isinstance(value, str) and value not in shown:
            yield name, value


def _places(findings: Sequence[Finding], display: Display) -> str:
    shown = [
        f"{display.path(finding.path)}:{finding.range.start.line}:{finding.range.start.column}"
        for finding in findings[:_PLACES]
    ]
    rest = len(findings) - len(shown)
    return ", ".join(shown) + (f" and {rest:,} more" if rest else "")


def _note(margin: str, name: str, value: str, display: Display) -> Iterator[str]:
    """The lines of a note, wrapped; URLs and paths stay whole."""
    indent = " " * (len(margin) + len(name) + 6)
    width = display.columns - len(indent)
    first, *rest = wrap(value, width) or [""]
    label = display.paint("blue", f" {margin} =") + f" {display.paint('bold', name)}: "
    yield label + first
    yield from (escape_line(indent + line) for line in rest)  # may begin with "::"
