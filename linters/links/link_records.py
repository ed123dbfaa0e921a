"""The links of a run by URL and target, as the report lists them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from operator import itemgetter

import msgspec

from linters.findings.records import Codec
from linters.findings.spool import Sorter, pair_key, pair_of
from linters.links.resolved_link import ResolvedLink
from linters.model.finding import Range
from linters.model.link import Kind, LinkRecord, Outcome, Place, Syntax
from linters.util.redact import masked


class _Row(msgspec.Struct, array_like=True, gc=False):
    """One link at one place; ``asked`` is what the network is asked, where user info makes that
    differ from the target."""

    kind: Kind
    path: int
    range: Range
    syntax: Syntax
    outcome: Outcome | None = None
    asked: str | None = None


_Entry = tuple[str, str, list[_Row]]


class LinkRecords:
    """Collects resolved links; they are sorted outside the memory."""

    def __init__(self) -> None:
        self._codec = Codec(_Row)
        self._sorter = Sorter()
        self._paths: dict[str, int] = {}

    def add(self, resolved: ResolvedLink) -> None:
        """Take a link."""
        link, target = resolved.link, masked(resolved.target)
        row = _Row(
            resolved.kind,
            self._paths.setdefault(resolved.source, len(self._paths)),
            link.range,
            link.syntax,
            resolved.outcome,
            None if target == resolved.target else resolved.target,
        )
        self._sorter.add(pair_key(masked(link.url), target), self._codec.encode(row))

    def urls(self) -> Iterator[str]:
        """The URLs whose outcome only the network can give; one may come several times."""
        for _, target, (row, *_) in self._entries():
            if row.outcome is None:
                yield row.asked or target

    def records(self, outcome_of: Callable[[str], Outcome]) -> Iterator[LinkRecord]:
        """One record per pair of URL and target, sorted, with its places in order; user info
        in URLs is masked."""
        paths = tuple(self._paths)
        for url, target, rows in self._entries():
            row = rows[0]
            outcome = row.outcome or outcome_of(row.asked or target)
            places = sorted(Place(paths[each.path], each.range, each.syntax) for each in rows)
            yield LinkRecord(url, target, row.kind, outcome, tuple(places))

    def _entries(self) -> Iterator[_Entry]:
        """URL, target and places of each pair, in order."""
        for key, group in groupby(self._sorter, key=itemgetter(0)):
            yield *pair_of(key), [self._codec.decode(data) for _, data in group]
