"""The links of a run by URL and target, as the report lists them."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from linters.links.resolved_link import ResolvedLink
from linters.model.finding import Position, Range
from linters.model.link import Kind, LinkRecord, Outcome, Place, Syntax
from linters.util.redact import masked

_SYNTAXES = tuple(Syntax)
_NUMBERS = 6  # of a place: path, syntax, and the range's two lines and columns


@dataclass(slots=True)
class _RecordBuilder:
    """One pair of URL and target; ``target`` is what the network is asked, with user info.

    ``places`` are numbers, because a place as a value takes twenty times the memory.
    """

    kind: Kind
    target: str
    outcome: Outcome | None
    places: array[int] = field(default_factory=lambda: array("I"))


class LinkRecords:
    """Collects resolved links; keeps a place for each, and one entry per URL and target."""

    def __init__(self) -> None:
        self._entries: dict[tuple[str, str], _RecordBuilder] = {}
        self._paths: dict[str, int] = {}

    def add(self, resolved: ResolvedLink) -> None:
        """Take a link."""
        url, target = masked(resolved.link.url), masked(resolved.target)
        key = (url, url if url == target else target)  # one text in memory where they are equal
        entry = self._entries.get(key)
        if entry is None:
            asked = target if resolved.target == target else resolved.target
            asked = key[1] if asked == key[1] else asked
            entry = _RecordBuilder(resolved.kind, asked, resolved.outcome)
            self._entries[key] = entry
        start, end = resolved.link.range
        number = self._paths.setdefault(resolved.source, len(self._paths))
        syntax = _SYNTAXES.index(resolved.link.syntax)
        entry.places.extend((number, syntax, *start, *end))

    def urls(self) -> set[str]:
        """The URLs whose outcome only the network can give."""
        return {entry.target for entry in self._entries.values() if entry.outcome is None}

    def records(self, outcomes: Mapping[str, Outcome]) -> Iterator[LinkRecord]:
        """One record per pair of URL and target, sorted, with its places in order; user info
        in URLs is masked."""
        paths = tuple(self._paths)
        for key in sorted(self._entries):
            entry = self._entries[key]
            outcome = entry.outcome or outcomes[entry.target]
            places = tuple(sorted(_places(entry.places, paths)))
            yield LinkRecord(*key, entry.kind, outcome, places)


def _places(numbers: array[int], paths: Sequence[str]) -> Iterator[Place]:
    for index in range(0, len(numbers), _NUMBERS):
        path, syntax, *place = numbers[index : index + _NUMBERS]
        start, end = Position(*place[:2]), Position(*place[2:])
        yield Place(paths[path], Range(start, end), _SYNTAXES[syntax])
