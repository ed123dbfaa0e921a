"""The report of an audit as Markdown, for a tracker's issue that is updated in place.

The same sections come in the same order at every run, and nothing in it depends on how long
the run took.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from linters.model.audit import Tally
from linters.model.link import Place, Verdict
from linters.model.report import Report
from linters.reports.audit_sections import PLACES, ROWS, AuditSections, LinkRow, sections
from linters.reports.escape import escape, shorten

MARKER = "<!-- articlelint audit -->"
"""The first line: what finds the issue to update."""

_LONGEST = 300
_MARKUP = re.compile(r"([\\`*_{}\[\]<>()#+!|~@&:-])")


def render(report: Report) -> str:
    """The report of an audit (``report.audit`` is set)."""
    assert report.audit is not None
    return "\n".join(_blocks(sections(report, report.audit))) + "\n"


def _blocks(shown: AuditSections) -> Iterator[str]:
    summary = shown.summary
    counts = dict(shown.verdicts)
    state = "finished" if summary.finished else "not finished, will be resumed"
    yield MARKER
    yield "# Link audit"
    yield ""
    yield f"Run {summary.run} of {_day(summary.started)} ({state})."
    yield (
        f"{counts['broken']} of {sum(counts.values())} links are broken; "
        f"{len(shown.broken_new)} broke and {len(shown.healed)} healed since "
        f"{_day(summary.previous) if summary.previous else 'the beginning'}."
    )
    yield ""
    yield from _table(("verdict", "links"), shown.verdicts)
    yield from _links("Broken since the last audit", shown.broken_new)
    yield from _links("Healed since the last audit", shown.healed)
    yield from _top(shown)
    yield from _links("All broken links", shown.broken)
    yield from _section("Age of breakages")
    yield from _table(("broken for", "links"), shown.ages)
    yield from _links("Moved for good", shown.moved)
    yield from _links("Flapping", shown.flapping)
    if shown.not_reached:
        yield from _section("Not reached")
        yield f"{shown.not_reached} links were not asked before the deadline."
        yield ""
    yield from _tallies("By owner", "owner", shown.owners)
    yield from _tallies("By host", "host", shown.hosts)
    yield from _tallies("By folder", "folder", shown.folders)
    yield from _section("Trend")
    yield from _table(
        ("date", "ok", "redirected", "broken", "unknown"),
        (
            (
                _day(point.date),
                point.links[Verdict.OK],
                point.links[Verdict.REDIRECTED],
                point.links[Verdict.BROKEN],
                point.links[Verdict.UNKNOWN],
            )
            for point in shown.trend
        ),
    )


def _top(shown: AuditSections) -> Iterator[str]:
    if not shown.top:
        return
    places = sum(len(row.places) for row in shown.top)
    urls = "this URL" if len(shown.top) == 1 else f"these {len(shown.top)} URLs"
    yield from _section("Fix these first")
    yield f"Fixing {urls} mends {places} place{'s' * (places != 1)}."
    yield ""
    yield from _table(
        ("places", "URL", "why"),
        ((len(row.places), _text(row.target), _text(row.reason)) for row in shown.top),
    )


def _links(title: str, rows: Sequence[LinkRow]) -> Iterator[str]:
    yield from _section(f"{title} ({len(rows)})")
    if not rows:
        yield "None."
        yield ""
        return
    yield from _table(
        ("URL", "why", "since", "places", "owners"),
        (
            (
                _text(row.target) + (f" (archived: {_text(row.archived)})" if row.archived else ""),
                _text(row.reason),
                _day(row.since) if row.since else "",
                _places(row.places),
                ", ".join(map(_text, row.owners[:PLACES])),
            )
            for row in rows[: 10 * ROWS]
        ),
    )
    if len(rows) > 10 * ROWS:
        yield f"{len(rows) - 10 * ROWS} more are in the JSON report."
        yield ""


def _tallies(title: str, name: str, tallies: Sequence[Tally]) -> Iterator[str]:
    if not tallies:
        return
    yield from _section(title)
    yield from _table(
        (name, "broken links", "broken places"),
        (
            (
                _text(tally.name) if tally.name else "(none)",
                tally.links[Verdict.BROKEN],
                tally.places[Verdict.BROKEN],
            )
            for tally in tallies
        ),
    )


def _places(places: Sequence[Place]) -> str:
    named = [f"{_text(place.path)}:{place.range.start.line}" for place in places[:PLACES]]
    more = len(places) - len(named)
    return "<br>".join([*named, f"and {more} more"] if more else named)


def _section(title: str) -> tuple[str, str]:
    return f"## {title}", ""


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(map(str, row))} |"
    yield ""


def _text(text: str) -> str:
    """Foreign text in a table cell: no markup, no mention, no link of its own."""
    return _MARKUP.sub(r"\\\1", shorten(escape(text), _LONGEST)).replace("\\@", "&#64;")


def _day(instant: datetime) -> str:
    return instant.date().isoformat()
