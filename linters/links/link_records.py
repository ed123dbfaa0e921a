"""The links of a run by URL and target, as the report lists them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from linters.links.resolved_link import ResolvedLink
from linters.model.link import Kind, LinkRecord, Outcome, Place
from linters.util.redact import masked


@dataclass(slots=True)
class _Entry:
    """One pair of URL and target; ``target`` is what the network is asked, with user info."""

    kind: Kind
    target: str
    outcome: Outcome | None
    places: list[Place] = field(default_factory=list)


class LinkRecords:
    """Collects resolved links; keeps a place for each, and one entry per URL and target."""

    def __init__(self) -> None:
        self._entries: dict[tuple[str, str], _Entry] = {}

    def add(self, resolved: ResolvedLink) -> None:
        """Take a link."""
        key = (masked(resolved.link.url), masked(resolved.target))
        entry = self._entries.get(key)
        if entry is None:
            entry = _Entry(resolved.kind, resolved.target, resolved.outcome)
            self._entries[key] = entry
        entry.places.append(Place(resolved.source, resolved.link.range, resolved.link.syntax))

    def urls(self) -> set[str]:
        """The URLs whose outcome only the network can give."""
        return {entry.target for entry in self._entries.values() if entry.outcome is None}

    def records(self, outcomes: Mapping[str, Outcome]) -> Iterator[LinkRecord]:
        """One record per pair of URL and target, sorted, with its places in order; user info
        in URLs is masked."""
        for key in sorted(self._entries):
            entry = self._entries[key]
            outcome = entry.outcome or outcomes[entry.target]
            yield LinkRecord(*key, entry.kind, outcome, tuple(sorted(entry.places)))
