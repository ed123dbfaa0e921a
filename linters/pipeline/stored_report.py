"""A report as it is kept for the next run: encoded, and by article."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import TypeVar

import msgspec

from linters.findings.kept import finding_sequence, spooled_links, with_encoded
from linters.findings.records import Codec
from linters.model.finding import Rule, Severity
from linters.model.link import Cause, LinkRecord, Verdict
from linters.model.note import Note
from linters.model.report import Report, sorted_notes

_T = TypeVar("_T")
_Key = tuple[str, str]
_PICKLED = b"\xc1"
"""What the records begin with that only pickle can encode: they are not kept between runs."""

_LINKS = Codec(LinkRecord)


class StoredFinding(msgspec.Struct, array_like=True, gc=False, frozen=True):
    """One finding; ``data`` is its encoded record."""

    path: str
    severity: Severity | None
    data: bytes


class StoredLink(msgspec.Struct, array_like=True, gc=False, frozen=True):
    """One link; ``articles`` are the numbers of those that have it, in the order of places."""

    articles: tuple[int, ...]
    verdict: Verdict
    cause: Cause | None
    data: bytes


class StoredReport(msgspec.Struct, frozen=True):
    """The parts of a report on some articles; ``suppressed`` are numbers of findings."""

    reported: tuple[str, ...]
    findings: tuple[StoredFinding, ...]
    links: tuple[StoredLink, ...]
    lines: tuple[tuple[tuple[str, int], str], ...]
    owners: dict[str, str]
    suppressed: dict[str, int]
    notes: tuple[Note, ...]

    @classmethod
    def of(cls, report: Report, reported: Sequence[str], rules: Iterable[Rule]) -> StoredReport:
        """The parts of a report, which has its hidden findings; links count ``reported``."""
        findings = with_encoded(report.findings, finding_sequence(rules))
        links = with_encoded(report.links, spooled_links())
        numbers = {path: number for number, path in enumerate(reported)}
        return cls(
            tuple(reported),
            tuple(StoredFinding(found.path, found.severity, data) for found, data in findings),
            tuple(_stored(link, data, numbers) for link, data in links),
            report.lines,
            dict(report.owners),
            dict(Counter(hidden.finding.path for hidden in report.hidden)),
            report.notes,
        )

    @property
    def is_portable(self) -> bool:
        """Whether reading it back executes nothing."""
        records = chain((found.data for found in self.findings), (link.data for link in self.links))
        return not any(data.startswith(_PICKLED) for data in records)

    def next_places(self, changed: Collection[str]) -> set[str]:
        """The articles that describe a link if its first article, which has changed, no longer
        has it: the report describes a link as it is where it comes first."""
        numbers = {number for number, path in enumerate(self.reported) if path in changed}
        found: set[str] = set()
        for link in self.links:
            if link.articles[0] in numbers:
                rest = (number for number in link.articles if number not in numbers)
                found.update(self.reported[number] for number in [*rest][:1])
        return found

    def updated(self, newer: Report, again: frozenset[str], rules: Iterable[Rule]) -> StoredReport:
        """This report, where a newer one says what there is in the articles of ``again``."""
        part = StoredReport.of(newer, self.reported, rules)
        findings = (found for found in self.findings if found.path not in again)
        lines = (line for line in self.lines if line[0][0] not in again)
        rest = frozenset(self.reported) - again
        notes = (note for note in self.notes if note.path in rest)
        return StoredReport(
            self.reported,
            tuple(sorted((*findings, *part.findings), key=lambda found: found.path)),
            tuple(self._updated_links(part.links, again)),
            tuple(sorted((*lines, *part.lines))),
            _replaced(self.owners, part.owners, again),
            _replaced(self.suppressed, part.suppressed, again),
            sorted_notes((*notes, *part.notes)),
        )

    def report(self, rules: Iterable[Rule]) -> Report:
        """The report that this was made of, without its hidden findings."""
        findings = finding_sequence(rules)
        findings.extend_encoded(
            [found.data for found in self.findings], (found.severity for found in self.findings)
        )
        links = spooled_links()
        links.extend_encoded(
            [link.data for link in self.links], ((link.verdict, link.cause) for link in self.links)
        )
        return Report(
            articles=len(self.reported),
            findings=findings.finished(),
            links=links.finished(),
            suppressed=sum(self.suppressed.values()),
            lines=self.lines,
            owners=self.owners,
            notes=self.notes,
        )

    def _updated_links(
        self, newer: Iterable[StoredLink], again: frozenset[str]
    ) -> Iterable[StoredLink]:
        """The links in order; those of no article in ``again`` stay as they are encoded."""
        numbers = {number for number, path in enumerate(self.reported) if path in again}
        kept: list[StoredLink] = []
        changed: dict[_Key, LinkRecord] = {}
        for link in self.links:
            if numbers.isdisjoint(link.articles):
                kept.append(link)
                continue
            record = _LINKS.decode(link.data)
            places = tuple(place for place in record.places if place.path not in again)
            if places:
                changed[record.url, record.target] = replace(record, places=places)
        for link in newer:
            record = _LINKS.decode(link.data)
            key = record.url, record.target
            other = changed.get(key) or _taken(kept, key)
            changed[key] = record if other is None else _merged(record, other)
        articles = {path: number for number, path in enumerate(self.reported)}
        for key, record in changed.items():
            link = _stored(record, _LINKS.encode(record), articles)
            kept.insert(bisect_left(kept, key, key=_key), link)
        return kept


def _stored(link: LinkRecord, data: bytes, numbers: Mapping[str, int]) -> StoredLink:
    articles = dict.fromkeys(numbers[place.path] for place in link.places)
    return StoredLink(tuple(articles), link.outcome.verdict, link.outcome.cause, data)


def _key(link: StoredLink) -> _Key:
    record = _LINKS.decode(link.data)
    return record.url, record.target


def _taken(links: list[StoredLink], key: _Key) -> LinkRecord | None:
    """Remove the link with a key from a sorted list; None where it has none."""
    index = bisect_left(links, key, key=_key)
    if index == len(links) or _key(links[index]) != key:
        return None
    return _LINKS.decode(links.pop(index).data)


def _merged(*links: LinkRecord) -> LinkRecord:
    """One link with the places of all, described as it is in the first article."""
    first = min(links, key=lambda link: link.places[0].path)
    return replace(first, places=tuple(sorted(place for link in links for place in link.places)))


def _replaced(
    older: Mapping[str, _T], newer: Mapping[str, _T], again: frozenset[str]
) -> dict[str, _T]:
    rest: Iterator[tuple[str, _T]] = (entry for entry in older.items() if entry[0] not in again)
    return dict(sorted((*rest, *newer.items())))
