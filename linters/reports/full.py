"""The report for people: each finding with its line, a caret and the help.

Findings of one rule with the same message about the same link are one block, with the first
places and the number of the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from linters.model.finding import Finding, Range
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

_Targets = Mapping[tuple[str, Range], str]
_Key = tuple[str, str, str]


def render(report: Report, *, color: bool = False) -> str:
    """The findings, a block each, and the summary."""
    return render_for(report, Display(color))


def render_for(report: Report, display: Display) -> str:
    """The findings, a block each, and the summary."""
    return "".join(pieces_for(report, display))


def pieces_for(report: Report, display: Display) -> Iterator[str]:
    """The text of ``render_for`` in pieces."""
    lines = dict(report.lines)
    targets = _targets(report)
    groups = _groups(report, targets)
    for finding in report.findings:
        key = _key(finding, targets)
        group = _NO_OTHERS if key is None else groups.pop(key, None)
        if group is not None:  # else it is named in the block of the first one
            yield "\n".join(_block(finding, group, lines, display)) + "\n\n"
    if display.summary:
        yield summary(report, display)


@dataclass(slots=True)
class _OtherPlaces:
    """The further findings that are in the block of one: the first places, and their number."""

    places: list[Finding] = field(default_factory=list)
    count: int = 0


_NO_OTHERS = _OtherPlaces()


def _targets(report: Report) -> _Targets:
    """What the links with several places lead to, by each of these places with a finding."""
    found: dict[str, set[Range]] = {}
    for finding in report.findings:
        found.setdefault(finding.path, set()).add(finding.range)
    return {
        (place.path, place.range): link.target
        for link in (report.links if found else ())
        if len(link.places) > 1
        for place in link.places
        if place.path in found and place.range in found[place.path]
    }


def _groups(report: Report, targets: _Targets) -> dict[_Key, _OtherPlaces]:
    """The groups of findings about links with several places."""
    groups: dict[_Key, _OtherPlaces] = {}
    for finding in report.findings if targets else ():
        key = _key(finding, targets)
        if key is None:
            continue
        group = groups.get(key)
        if group is None:
            groups[key] = _OtherPlaces()
            continue
        group.count += 1
        if group.count <= _PLACES:
            group.places.append(finding)
    return groups


def _key(finding: Finding, targets: _Targets) -> _Key | None:
    """What the findings of one block have in common; None for one that is alone."""
    target = targets.get((finding.path, finding.range))
    return None if target is None else (target, finding.rule.code, finding.message)


def _block(
    finding: Finding, group: _OtherPlaces, lines: Mapping[tuple[str, int], str], display: Display
) -> Iterator[str]:
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
    for name, value in _details(finding, group, visible, display):
        yield from _note(margin, name, escape(shorten(value, LONGEST)), display)


def _wrapped_headline(finding: Finding, display: Display) -> Iterator[str]:
    line = headline(finding, display)
    if not display.on_terminal:
        yield line
        return
    yield from wrap(line, display.columns, indent="  ")


def _details(
    finding: Finding, group: _OtherPlaces, visible: str, display: Display
) -> Iterator[tuple[str, str]]:
    if group.count:
        yield "also at", _places(group, display)
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


def _places(group: _OtherPlaces, display: Display) -> str:
    shown = [
        f"{display.path(finding.path)}:{finding.range.start.line}:{finding.range.start.column}"
        for finding in group.places
    ]
    rest = group.count - len(shown)
    return ", ".join(shown) + (f" and {rest:,} more" if rest else "")


def _note(margin: str, name: str, value: str, display: Display) -> Iterator[str]:
    """The lines of a note, wrapped; URLs and paths stay whole."""
    indent = " " * (len(margin) + len(name) + 6)
    width = display.columns - len(indent)
    first, *rest = wrap(value, width) or ("",)
    label = display.paint("blue", f" {margin} =") + f" {display.paint('bold', name)}: "
    yield label + first
    yield from (escape_line(indent + line) for line in rest)  # may begin with "::"
