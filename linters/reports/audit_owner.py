"""The report of an audit for one owner: broken and moved links, with the owner's places only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from linters.model.link import LinkRecord, Place, Verdict
from linters.model.report import Report
from linters.reports.audit_markdown import MARKER, cell, day, table
from linters.reports.markdown_text import markdown_text
from linters.util.stable_digest import text_digest

_WANTED = (Verdict.BROKEN, Verdict.REDIRECTED)
_SLUG = re.compile(r"[^a-z0-9]+")
_LONGEST_SLUG = 40


def owner_reports(report: Report) -> Mapping[str, str]:
    """File name to Markdown: a report for each owner of a broken or moved link, and an index.

    Names are slugs with a short digest of the owner, so that no owner's name leads elsewhere.
    """
    links: dict[str, list[tuple[LinkRecord, tuple[Place, ...]]]] = {}
    for link in report.links:
        if link.outcome.verdict not in _WANTED:
            continue
        for owner in link.owners:
            places = tuple(place for place in link.places if report.owners.get(place.path) == owner)
            links.setdefault(owner, []).append((link, places))
    files = {file_name(owner): _report(report, owner, links[owner]) for owner in sorted(links)}
    return {**files, "index.md": _index(links)}


def file_name(owner: str) -> str:
    """The name of an owner's file: ``maria-0a1b2c3d.md``."""
    slug = _SLUG.sub("-", owner.lower()).strip("-")[:_LONGEST_SLUG].strip("-")
    return f"{slug or 'owner'}-{text_digest(owner, 8)}.md"


def _index(links: Mapping[str, list[tuple[LinkRecord, tuple[Place, ...]]]]) -> str:
    lines = [MARKER, "# Link audit by owner", ""]
    rows = (
        (
            f"[{markdown_text(owner)}]({file_name(owner)})",
            *(_count(links[owner], verdict) for verdict in _WANTED),
        )
        for owner in sorted(links)
    )
    lines += table(("owner", "broken links", "moved links"), rows)
    return "\n".join(lines)


def _count(links: Iterable[tuple[LinkRecord, object]], verdict: Verdict) -> int:
    return sum(link.outcome.verdict is verdict for link, _ in links)


def _report(report: Report, owner: str, links: list[tuple[LinkRecord, tuple[Place, ...]]]) -> str:
    lines = [MARKER, f"# Links of {markdown_text(owner)}", ""]
    if report.audit is not None:
        lines += [f"Run {report.audit.run} of {day(report.audit.started)}.", ""]
    for verdict, title in zip(_WANTED, ("Broken", "Moved permanently"), strict=True):
        rows = list(_rows(links, verdict))
        if rows:
            lines += [f"## {title} ({len(rows)})", ""]
            lines += table(("URL", "why", "since", "places"), rows)
    return "\n".join(lines)


def _rows(
    links: Iterable[tuple[LinkRecord, tuple[Place, ...]]], verdict: Verdict
) -> Iterator[tuple[str, str, str, str]]:
    for link, places in links:
        outcome, history = link.outcome, link.history
        if outcome.verdict is verdict:
            moved = outcome.final_url if verdict is Verdict.REDIRECTED else None
            yield (
                cell(link.target),
                cell(f"moved to {moved}" if moved else outcome.reason or str(outcome.cause or "")),
                day(history.since) if history and history.since else "",
                "<br>".join(cell(f"{place.path}:{place.range.start.line}") for place in places),
            )
