"""The links of a run by URL and target, as the report lists them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from linters.links.local_check import LocalCheck
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

    def __init__(self, local: LocalCheck) -> None:
        self._local = local
        self._entries: dict[tuple[str, str], _Entry] = {}
        self._translated: set[Place] = set()

    def add(self, resolved: ResolvedLink) -> None:
        """Take a link."""
        key = (masked(resolved.link.url), masked(resolved.target))
        entry = self._entries.get(key)
        if entry is None:
            entry = _Entry(resolved.kind, resolved.target, resolved.outcome)
            self._entries[key] = entry
        place = Place(resolved.source, resolved.link.range, resolved.link.syntax)
        entry.places.append(place)
        if resolved.link.translated:
            self._translated.add(place)

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

    def is_inherited(self, place: Place) -> bool:
        """Whether a place is in a translation, and the source has the same link."""
        return place not in self._translated and self._local.is_translation(place.path)
