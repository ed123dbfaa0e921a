"""The summary of a run: what broke, healed and moved, the trend, and who is concerned."""

from __future__ import annotations

import posixpath
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from urllib.parse import urlsplit

from linters.audit.journal import Run
from linters.model.audit_report import AuditSummary, LinkChange, Tally, TrendPoint
from linters.model.link import Cause, Kind, LinkRecord, Outcome, Verdict

TOP = 20
_MOST_BROKEN = 1000  # that are kept in memory to find those with the most places

_WORKS = (Verdict.OK, Verdict.REDIRECTED)
_NOT_REACHED = (Cause.DEADLINE, Cause.INTERRUPTED)
_ON_THE_WEB = (Kind.EXTERNAL, Kind.SITE)


class Summary:
    """The summary of the last of ``runs`` (the oldest first), link by link.

    ``owners`` maps paths.
    """

    def __init__(self, runs: Sequence[Run], owners: Mapping[str, str | None]) -> None:
        *self._earlier, self._run = runs
        self._owners = owners
        self._changes = _Changes()
        self._hosts, self._folders, self._people = _Tallies(), _Tallies(), _Tallies()
        self._verdicts: Counter[Verdict] = Counter()

    def add(self, link: LinkRecord, *, changed: bool, before: Outcome | None) -> None:
        """Count a link, which has the verdict of the audit.

        ``changed`` says whether the run changed its outcome, from ``before``.
        """
        verdict = link.outcome.verdict
        self._verdicts[verdict] += 1
        self._changes.add(link, changed=changed and bool(self._earlier), before=before)
        if link.kind in _ON_THE_WEB:
            self._hosts.add(verdict, {_host(link.target): len(link.places)})
        paths = [place.path for place in link.places]
        self._folders.add(verdict, Counter(posixpath.dirname(path) or "." for path in paths))
        self._people.add(verdict, Counter(map(self._owners.get, paths)))

    def finished(self) -> AuditSummary:
        """The summary of all links."""
        earlier, run, changes = self._earlier, self._run, self._changes
        previous = next((past for past in reversed(earlier) if past.finished is not None), None)
        present = TrendPoint(run.id, instant(run.started), _counts(self._verdicts))
        return AuditSummary(
            run=run.id,
            started=instant(run.started),
            finished=None if run.finished is None else instant(run.finished),
            previous=None if previous is None else instant(previous.started),
            broken_new=tuple(changes.broken_new),
            healed=tuple(changes.healed),
            moved=tuple(changes.moved),
            not_reached=tuple(changes.not_reached),
            flapping=tuple(changes.flapping),
            trend=(*(_point(each) for each in earlier if each.links is not None), present),
            hosts=self._hosts.sorted(),
            folders=self._folders.sorted(),
            owners=self._people.sorted(),
            top=tuple(changes.most_places()),
        )


@lru_cache(maxsize=4096)
def instant(timestamp: float) -> datetime:
    """Seconds since the epoch as an instant in UTC."""
    return datetime.fromtimestamp(timestamp, UTC)


class _Changes:
    """The links by what happened to them since the run before."""

    def __init__(self) -> None:
        self.broken_new: list[LinkChange] = []
        self.healed: list[LinkChange] = []
        self.moved: list[LinkChange] = []
        self.not_reached: list[LinkChange] = []
        self.flapping: list[LinkChange] = []
        self._broken: list[LinkChange] = []

    def add(self, link: LinkRecord, *, changed: bool, before: Outcome | None) -> None:
        """Sort one link in."""
        outcome = link.outcome
        change = LinkChange(link.url, link.target, outcome.verdict, len(link.places))
        if outcome.cause in _NOT_REACHED:
            self.not_reached.append(change)
            return
        if outcome.verdict is Verdict.BROKEN:
            self._add_broken(change)
        if link.history is not None and link.history.flapping:
            self.flapping.append(change)
        if not changed:
            return
        was = None if before is None else before.verdict
        if outcome.verdict is Verdict.BROKEN and was is not Verdict.BROKEN:
            self.broken_new.append(change)
        elif outcome.verdict in _WORKS and was is Verdict.BROKEN:
            self.healed.append(change)
        if outcome.verdict is Verdict.REDIRECTED and (
            before is None
            or (before.verdict, before.final_url) != (outcome.verdict, outcome.final_url)
        ):
            self.moved.append(change)

    def _add_broken(self, change: LinkChange) -> None:
        self._broken.append(change)
        if len(self._broken) > _MOST_BROKEN:
            self._broken = self.most_places()

    def most_places(self) -> list[LinkChange]:
        """The broken links with the most places."""
        return sorted(self._broken, key=lambda link: (-link.places, link.target))[:TOP]


class _Tallies:
    """Links and places by verdict, by name."""

    def __init__(self) -> None:
        self._links: dict[str | None, Counter[Verdict]] = defaultdict(Counter)
        self._places: dict[str | None, Counter[Verdict]] = defaultdict(Counter)

    def add(self, verdict: Verdict, places: Mapping[str | None, int] | Mapping[str, int]) -> None:
        """Count one link, and its places by name."""
        for name, count in places.items():
            self._links[name][verdict] += 1
            self._places[name][verdict] += count

    def sorted(self) -> tuple[Tally, ...]:
        """The most broken places first, then by name."""
        return tuple(sorted(self._all(), key=_order))

    def _all(self) -> Iterator[Tally]:
        for name, links in self._links.items():
            yield Tally(name, _counts(links), _counts(self._places[name]))


def _order(tally: Tally) -> tuple[int, int, bool, str]:
    broken = Verdict.BROKEN
    return -tally.places[broken], -tally.links[broken], tally.name is None, tally.name or ""


def _counts(counts: Mapping[Verdict, int]) -> dict[Verdict, int]:
    return {verdict: counts.get(verdict, 0) for verdict in Verdict}


def _point(run: Run) -> TrendPoint:
    return TrendPoint(run.id, instant(run.started), _counts(run.links or {}))


def _host(target: str) -> str:
    authority = _AUTHORITY.match(target)
    return _hostname(authority[1]) if authority else ""


@lru_cache(maxsize=4096)
def _hostname(authority: str) -> str:
    try:
        return urlsplit(f"//{authority}").hostname or ""
    except ValueError:
        return ""


_AUTHORITY = re.compile(r"[^:/?#]+://([^/?#]*)")
