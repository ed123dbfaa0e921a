"""What an audit adds to a report: one run compared with the finished run before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from linters.model.link import Verdict


@dataclass(frozen=True, slots=True)
class LinkChange:
    """One link in a list of changes: the verdict is the present one."""

    url: str
    target: str
    verdict: Verdict
    places: int


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One run: its number, when it began, and its links by verdict."""

    run: int
    date: datetime
    links: Mapping[Verdict, int]


@dataclass(frozen=True, slots=True)
class Tally:
    """Links and places by verdict of one host, folder or owner (None: no owner)."""

    name: str | None
    links: Mapping[Verdict, int]
    places: Mapping[Verdict, int]


@dataclass(frozen=True, slots=True)
class AuditSummary:
    """One run of an audit compared with the finished run before it.

    ``finished`` is None where the run is to be resumed. ``trend`` begins with the oldest
    run and ends with the present one. ``top`` are the broken links with the most places.
    """

    run: int
    started: datetime
    finished: datetime | None
    previous: datetime | None
    broken_new: tuple[LinkChange, ...] = ()
    healed: tuple[LinkChange, ...] = ()
    moved: tuple[LinkChange, ...] = ()
    not_reached: tuple[LinkChange, ...] = ()
    flapping: tuple[LinkChange, ...] = ()
    trend: tuple[TrendPoint, ...] = ()
    hosts: tuple[Tally, ...] = ()
    folders: tuple[Tally, ...] = ()
    owners: tuple[Tally, ...] = ()
    top: tuple[LinkChange, ...] = ()
