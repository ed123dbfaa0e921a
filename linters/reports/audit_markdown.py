"""The report of an audit as Markdown, for a tracker's issue that is updated in place.

The same sections come in the same order at every run, and nothing in it depends on how long
the run took.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from linters.model.audit_report import Tally
from linters.model.link import Place, Verdict
from linters.model.report import Report
from linters.reports.audit_sections import PLACES, ROWS, AuditSections, LinkRow, sections
from linters.reports.markdown_text import markdown_text
from linters.reports.summary import plural
from linters.util.shorten import shorten

MARKER = "<!-- articlelint audit -->"
"""The first line: what finds the issue to update."""

_LONGEST = 300


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
    yield f"Run {summary.run} of {day(summary.started)} ({state})."
    yield (
        f"Broken: {counts['broken']} of {plural(sum(counts.values()), 'link')}; "
        f"{len(shown.broken_new)} broke and {len(shown.healed)} healed since "
        f"{day(summary.previous) if summary.previous else 'the beginning'}."
    )
    yield ""
    yield from table(("verdict", "links"), shown.verdicts)
    yield from _links("Broken since the last audit", shown.broken_new)
    yield from _links("Healed since the last audit", shown.healed)
    yield from _top(shown)
    yield from _links("All broken links", shown.broken)
    yield from _section("Age of breakages")
    yield from table(("broken for", "links"), shown.ages)
    yield from _links("Moved permanently", shown.redirected)
    yield from _links("Flapping", shown.flapping)
    if shown.not_reached:
        yield from _section("Not reached")
        yield f"{plural(shown.not_reached, 'link')} not requested before the deadline."
        yield ""
    yield from _tallies("By owner", "owner", shown.owners)
    yield from _tallies("By host", "host", shown.hosts)
    yield from _tallies("By folder", "folder", shown.folders)
    yield from _section("Trend")
    yield from table(
        ("date", "ok", "redirected", "broken", "unknown", "blocked"),
        (
            (
                day(point.date),
                point.links[Verdict.OK],
                point.links[Verdict.REDIRECTED],
                point.links[Verdict.BROKEN],
                point.links[Verdict.UNKNOWN],
                point.links[Verdict.BLOCKED],
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
    yield f"Fixing {urls} repairs {places} place{'s' * (places != 1)}."
    yield ""
    yield from table(
        ("places", "URL", "why"),
        ((len(row.places), cell(row.target), cell(row.reason)) for row in shown.top),
    )


def _links(title: str, rows: Sequence[LinkRow]) -> Iterator[str]:
    yield from _section(f"{title} ({len(rows)})")
    if not rows:
        yield "None."
        yield ""
        return
    yield from table(
        ("URL", "why", "since", "places", "owners"),
        (
            (
                cell(row.target) + (f" (archived: {cell(row.archived)})" if row.archived else ""),
                cell(row.reason),
                day(row.since) if row.since else "",
                _places(row.places),
                ", ".join(map(cell, row.owners[:PLACES])),
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
    yield from table(
        (name, "broken links", "broken places"),
        (
            (
                cell(tally.name) if tally.name else "(none)",
                tally.links[Verdict.BROKEN],
                tally.places[Verdict.BROKEN],
            )
            for tally in tallies
        ),
    )


def _places(places: Sequence[Place]) -> str:
    named = [f"{cell(place.path)}:{place.range.start.line}" for place in places[:PLACES]]
    more = len(places) - len(named)
    return "<br>".join([*named, f"and {more} more"] if more else named)


def _section(title: str) -> tuple[str, str]:
    return f"## {title}", ""


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(map(str, row))} |"
    yield ""


def cell(text: str) -> str:
    """Foreign text in a table cell, cut to what a reader looks at."""
    return markdown_text(shorten(text, _LONGEST))


def day(instant: datetime) -> str:
    return instant.date().isoformat()
