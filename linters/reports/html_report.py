"""One self-contained HTML page: opens from an artifact store, offline, and sends nothing.

The page's own script and style are allowed by their hashes, everything else is forbidden by
its content security policy. Findings and links travel as JSON in a block that browsers do not
run; the script puts them into the page as text, never as markup, and only as many at a time as
a reader looks at, so that a page with 20,000 findings opens at once.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from linters import __version__
from linters.model.finding import Finding, Fix, Position
from linters.model.link import LinkRecord, Verdict
from linters.model.report import Report
from linters.reports.escape import escape
from linters.reports.json_text import json_text
from linters.reports.severities import LEVELS, severity_of
from linters.reports.statistics import most_severe_rules
from linters.util.shorten import CUT, shorten

MAX_FINDINGS = 100_000
MAX_LINKS = 100_000

_AUDIT_ROWS = 500
_FOLDER = Path(__file__).parent / "html"
_LONGEST = 2000
_CONTEXT = 160  # characters of a line before and after what is marked


def render(report: Report, *, color: bool = False) -> str:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        autoescape=True,
        loader=FileSystemLoader(_FOLDER),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["shown"] = lambda text: escape(shorten(text, _LONGEST))
    environment.tests["web_url"] = _is_web_url
    style, script = _own("style.css"), _own("script.js")
    page = environment.get_template("report.html.jinja").render(
        version=__version__,
        style=style,
        script=script,
        style_hash=_hash(style),
        script_hash=_hash(script),
        data=_data(report),
        report=report,
        levels=[(str(level), report.count(level)) for level in LEVELS],
        verdicts=[(str(verdict), count) for verdict, count in report.link_counts().items()],
        rules=most_severe_rules(report),
        errors=[escape(error) for error in report.errors],
        notes=[escape(str(note)) for note in report.notes],
        limits=_limits(report),
        **_audit(report),
    )
    return page.rstrip("\n") + "\n"


def _is_web_url(text: str) -> bool:
    """Whether a text may be the target of a hyperlink: never another scheme, nor cut off."""
    return text.startswith(("https://", "http://")) and len(text) <= _LONGEST


def _audit(report: Report) -> dict[str, Any]:
    """What the part of the page on an audit needs; ``audit`` is None for another report."""
    if report.audit is None:
        return {"audit": None}
    from linters.reports.audit_charts import trend_chart
    from linters.reports.audit_sections import PLACES, sections

    audit = sections(report, report.audit)
    chart = trend_chart(audit.trend)
    return {"audit": audit, "chart": chart, "limit": _AUDIT_ROWS, "places": PLACES}


def _limits(report: Report) -> list[str]:
    """What the page does not show because it would be too large to open."""
    return [
        f"The page lists the first {limit:,} of {count:,} {noun}."
        for noun, count, limit in (
            ("findings", len(report.findings), MAX_FINDINGS),
            ("links", len(report.links), MAX_LINKS),
        )
        if count > limit
    ]


def _own(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _data(report: Report) -> str:
    """The findings and links as JSON without a character that could end the block."""
    lines = dict(report.lines)
    data = {
        "rules": {finding.rule.code: finding.rule.name for finding in report.findings},
        "findings": [_finding(finding, lines) for finding in islice(report.findings, MAX_FINDINGS)],
        "links": list(islice(_links(report.links), MAX_LINKS)),
    }
    text = json_text(data, indent=None).rstrip("\n")
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _finding(finding: Finding, lines: Mapping[tuple[str, int], str]) -> dict[str, Any]:
    start, end = finding.range
    line = lines.get((finding.path, start.line))
    found: dict[str, Any] = {
        "s": str(severity_of(finding)),
        "c": finding.rule.code,
        "p": escape(finding.path),
        "l": start.line,
        "n": start.column,
        "m": escape(shorten(finding.message, _LONGEST)),
        "h": finding.help and escape(shorten(finding.help, _LONGEST)),
        "o": finding.owner and escape(finding.owner),
        "x": None if line is None else _excerpt(line, start, end),
        "f": finding.fix and _fix(finding.fix, start.line, line),
        "r": [
            escape(f"{related.path}:{related.line}:{related.column}: {related.message}")
            for related in finding.related
        ],
        "d": [
            [name, escape(shorten(value, _LONGEST))]
            for name in ("segment", "target", "source")
            if "source" in finding.data and isinstance(value := finding.data.get(name), str)
        ],
    }
    return {key: value for key, value in found.items() if value}


def _excerpt(line: str, start: Position, end: Position) -> list[str]:
    """The line before, in and after the marked range, cut to what fits."""
    first = min(start.column - 1, len(line))
    last = min(end.column - 1, len(line)) if end.line == start.line else len(line)
    last = max(first, last)
    before, marked, after = line[:first], line[first:last], line[last:]
    if len(before) > _CONTEXT:
        before = CUT + before[-_CONTEXT:]
    return [escape(before), escape(shorten(marked, 2 * _CONTEXT)), escape(shorten(after, _CONTEXT))]


def _fix(fix: Fix, number: int, line: str | None) -> dict[str, Any]:
    """Whether the fix is safe; the line as it is and as it becomes, or the edits in words."""
    if line is not None and all(_within(edit.start, edit.end, number, line) for edit in fix.edits):
        fixed = line
        for edit in sorted(fix.edits, key=lambda edit: edit.start, reverse=True):
            fixed = fixed[: edit.start.column - 1] + edit.text + fixed[edit.end.column - 1 :]
        shown = [escape(shorten(text, _LONGEST)) for text in (line, fixed)]
        return {"safe": fix.safe, "diff": shown}
    edits = [
        f"{edit.start.line}:{edit.start.column}-{edit.end.line}:{edit.end.column}: "
        + (f"replace by {edit.text!r}" if edit.text else "delete")
        for edit in fix.edits
    ]
    return {"safe": fix.safe, "edits": [escape(shorten(edit, _LONGEST)) for edit in edits]}


def _within(start: Position, end: Position, number: int, line: str) -> bool:
    return start.line == end.line == number and start.column <= end.column <= len(line) + 1


def _links(links: Sequence[LinkRecord]) -> Iterator[dict[str, Any]]:
    """The links grouped by what is asked, those that need a look first."""
    groups: dict[tuple[str, Verdict], list[LinkRecord]] = {}
    for link in links:
        groups.setdefault((link.target, link.outcome.verdict), []).append(link)
    order = {Verdict.BROKEN: 0, Verdict.UNKNOWN: 1, Verdict.BLOCKED: 2, Verdict.REDIRECTED: 3}
    for target, verdict in sorted(groups, key=lambda key: (order.get(key[1], 4), key[0])):
        group = groups[target, verdict]
        outcome = group[0].outcome
        found = {
            "t": escape(target),
            "v": str(verdict),
            "k": str(group[0].kind),
            "why": outcome.reason and escape(outcome.reason),
            "cause": outcome.cause and str(outcome.cause),
            "hops": [[escape(hop.url), hop.status] for hop in outcome.redirects],
            "end": outcome.final_url and escape(outcome.final_url),
            "p": [
                [escape(place.path), place.range.start.line, place.range.start.column, escape(url)]
                for place, url in sorted(
                    (place, link.url) for link in group for place in link.places
                )
            ],
        }
        yield {key: value for key, value in found.items() if value}
