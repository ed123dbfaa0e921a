"""What an audit adds to the JSON report; dates are RFC 3339 in UTC."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from linters.model.audit_report import AuditSummary, LinkChange, Tally
from linters.model.history import LinkHistory
from linters.model.link import Verdict
from linters.util.clock import rfc3339


def history_data(history: LinkHistory) -> dict[str, Any]:
    """The history of one link."""
    return {
        "first_seen": _text(history.first_seen),
        "since": _date(history.since),
        "last_ok": _date(history.last_ok),
        "failures": history.failures,
        "flapping": history.flapping,
        "asked": _date(history.asked),
    }


def audit_data(audit: AuditSummary) -> dict[str, Any]:
    """The summary of the run."""
    return {
        "run": audit.run,
        "started": _text(audit.started),
        "finished": _date(audit.finished),
        "previous": _date(audit.previous),
        "broken_new": _changes(audit.broken_new),
        "healed": _changes(audit.healed),
        "moved": _changes(audit.moved),
        "not_reached": _changes(audit.not_reached),
        "flapping": _changes(audit.flapping),
        "trend": [
            {"run": point.run, "date": _text(point.date), **_counts(point.links)}
            for point in audit.trend
        ],
        "hosts": [_tally(tally) for tally in audit.hosts],
        "folders": [_tally(tally) for tally in audit.folders],
        "owners": [_tally(tally) for tally in audit.owners],
        "top": [_change(change) for change in audit.top],
    }


def _changes(changes: Sequence[LinkChange]) -> dict[str, Any]:
    return {"count": len(changes), "links": [_change(change) for change in changes]}


def _change(change: LinkChange) -> dict[str, Any]:
    return {
        "url": change.url,
        "target": change.target,
        "verdict": str(change.verdict),
        "places": change.places,
    }


def _tally(tally: Tally) -> dict[str, Any]:
    return {"name": tally.name, "links": _counts(tally.links), "places": _counts(tally.places)}


def _counts(counts: Mapping[Verdict, int]) -> dict[str, int]:
    return {str(verdict): count for verdict, count in counts.items()}


def _date(instant: datetime | None) -> str | None:
    return None if instant is None else _text(instant)


_text = lru_cache(maxsize=4096)(rfc3339)  # most links of a run have the same dates
