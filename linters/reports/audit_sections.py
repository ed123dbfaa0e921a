"""What the reports of an audit show, whatever their format: rows of text and numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from linters.model.audit_report import AuditSummary, LinkChange, Tally, TrendPoint
from linters.model.link import LinkRecord, Outcome, Place, Verdict
from linters.model.report import Report

PLACES = 5
"""So many places of a link are named; the others are counted."""
TREND = 30
ROWS = 20

_AGES = (
    (timedelta(days=7), "less than a week"),
    (timedelta(days=30), "less than 30 days"),
    (timedelta(days=90), "less than 90 days"),
    (timedelta.max, "90 days or more"),
)


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One link with what a reader needs to fix it."""

    url: str
    target: str
    verdict: str
    reason: str
    places: tuple[Place, ...]
    owners: tuple[str, ...]
    since: datetime | None
    archived: str | None


@dataclass(frozen=True, slots=True)
class AuditSections:
    """The sections of a report; ``ages`` are counts of broken links, the youngest first."""

    summary: AuditSummary
    verdicts: tuple[tuple[str, int], ...]
    broken_new: tuple[LinkRow, ...]
    broken: tuple[LinkRow, ...]
    healed: tuple[LinkRow, ...]
    redirected: tuple[LinkRow, ...]
    flapping: tuple[LinkRow, ...]
    not_reached: int
    ages: tuple[tuple[str, int], ...]
    top: tuple[LinkRow, ...]
    trend: tuple[TrendPoint, ...]
    hosts: tuple[Tally, ...]
    folders: tuple[Tally, ...]
    owners: tuple[Tally, ...]


def sections(report: Report, audit: AuditSummary) -> AuditSections:
    """The sections of an audit's report; only what is shown is kept of the links."""
    changed = {
        (change.url, change.target)
        for changes in (audit.broken_new, audit.healed, audit.flapping, audit.top)
        for change in changes
    }
    rows: dict[tuple[str, str], LinkRow] = {}
    broken: list[LinkRow] = []
    redirected: list[LinkRow] = []
    for link in report.links:
        verdict = link.outcome.verdict
        listed = verdict in (Verdict.BROKEN, Verdict.REDIRECTED)
        if not listed and (link.url, link.target) not in changed:
            continue
        row = _row(link)
        rows[link.url, link.target] = row
        if listed:
            (broken if verdict is Verdict.BROKEN else redirected).append(row)

    def of(changes: Iterable[LinkChange]) -> tuple[LinkRow, ...]:
        return tuple(
            rows[change.url, change.target]
            for change in changes
            if (change.url, change.target) in rows
        )

    counts = report.link_counts()
    return AuditSections(
        summary=audit,
        verdicts=tuple((str(verdict), counts[verdict]) for verdict in Verdict),
        broken_new=of(audit.broken_new),
        broken=_most_places_first(broken),
        healed=of(audit.healed),
        redirected=_most_places_first(redirected),
        flapping=of(audit.flapping),
        not_reached=len(audit.not_reached),
        ages=_ages(broken, audit.started),
        top=of(audit.top),
        trend=audit.trend[-TREND:],
        hosts=_worst(audit.hosts),
        folders=_worst(audit.folders),
        owners=_worst(audit.owners),
    )


def _row(link: LinkRecord) -> LinkRow:
    outcome = link.outcome
    history = link.history
    return LinkRow(
        url=link.url,
        target=link.target,
        verdict=str(outcome.verdict),
        reason=_reason(outcome),
        places=link.places,
        owners=link.owners,
        since=history.since if history else None,
        archived=link.archived,
    )


def _reason(outcome: Outcome) -> str:
    if outcome.verdict is Verdict.REDIRECTED and outcome.final_url:
        return f"moved to {outcome.final_url}"
    return outcome.reason or str(outcome.cause or "")


def _most_places_first(rows: Iterable[LinkRow]) -> tuple[LinkRow, ...]:
    return tuple(sorted(rows, key=lambda row: (-len(row.places), row.target)))


def _ages(broken: Iterable[LinkRow], now: datetime) -> tuple[tuple[str, int], ...]:
    counts = dict.fromkeys((label for _, label in _AGES), 0)
    for row in broken:
        age = now - row.since if row.since is not None else timedelta(0)
        counts[next(label for limit, label in _AGES if age < limit)] += 1
    return tuple(counts.items())


def _worst(tallies: Sequence[Tally]) -> tuple[Tally, ...]:
    """The names with broken links; they are sorted by those already."""
    return tuple(tally for tally in tallies if tally.links[Verdict.BROKEN])[:ROWS]
