"""The findings and links of a report, in order, in as little memory as they need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, groupby, pairwise
from operator import itemgetter
from typing import TypeGuard, TypeVar

import msgspec

from linters.findings.records import Codec, FindingCodec
from linters.findings.spool import Sorter, SpooledSequence, pair_key, text_key, text_of
from linters.model.finding import Finding, Rule
from linters.model.hidden_finding import HiddenBy, HiddenFinding
from linters.model.link import LinkRecord

T = TypeVar("T")


def finding_sequence(rules: Iterable[Rule]) -> SpooledSequence[Finding]:
    """An empty sequence for findings; its tally counts them by severity."""
    codec = FindingCodec(rules)
    return SpooledSequence(
        lambda finding: codec.encode([finding]),
        lambda data: codec.decode(data)[0],
        lambda finding: finding.severity,
    )


class _HiddenRecord(msgspec.Struct, array_like=True, gc=False):
    """A hidden finding; ``finding`` is encoded."""

    finding: bytes
    by: HiddenBy
    reason: str | None


def hidden_sequence(rules: Iterable[Rule]) -> SpooledSequence[HiddenFinding]:
    """An empty sequence for hidden findings; its tally counts them by what hides them."""
    findings = FindingCodec(rules)
    records = Codec(_HiddenRecord)

    def encode(hidden: HiddenFinding) -> bytes:
        finding = findings.encode([hidden.finding])
        return records.encode(_HiddenRecord(finding, hidden.by, hidden.reason))

    def decode(data: bytes) -> HiddenFinding:
        record = records.decode(data)
        return HiddenFinding(findings.decode(record.finding)[0], record.by, record.reason)

    return SpooledSequence(encode, decode, lambda hidden: hidden.by)


class FindingsByPath:
    """Findings in any order, given back path by path: only those of one path are objects.

    The findings of one path stay in the order in which they were added.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._codec = FindingCodec(rules)
        self._sorter = Sorter()

    def add(self, findings: Iterable[Finding]) -> None:
        """Add findings of any paths."""
        for finding in findings:
            self._sorter.add(text_key(finding.path), self._codec.encode([finding]))

    def add_path(self, path: str) -> None:
        """Give back a path even if it has no findings."""
        self._sorter.add(text_key(path), self._codec.encode([]))

    def __iter__(self) -> Iterator[tuple[str, list[Finding]]]:
        """The paths in order, each with its findings."""
        for key, group in groupby(self._sorter, key=itemgetter(0)):
            findings = [finding for _, data in group for finding in self._codec.decode(data)]
            yield text_of(key), findings


def spooled_links() -> SpooledSequence[LinkRecord]:
    """An empty sequence for links by URL and target, each once; its tally counts them by verdict
    and cause."""
    codec = Codec(LinkRecord)
    return SpooledSequence(
        codec.encode, codec.decode, lambda link: (link.outcome.verdict, link.outcome.cause)
    )


def kept_links(sources: Iterable[Iterable[LinkRecord]]) -> Sequence[LinkRecord]:
    """The links of several checkers by URL and target; one that several give has the places of
    all."""
    several = [links for links in sources if links]
    if len(several) == 1 and _is_in_order(several[0]):
        return several[0]
    codec = Codec(LinkRecord)
    sorter = Sorter()
    for link in chain.from_iterable(several):
        sorter.add(pair_key(link.url, link.target), codec.encode(link))
    kept = spooled_links()
    for _, group in groupby(sorter, key=itemgetter(0)):
        first, *others = (codec.decode(data) for _, data in group)
        if others:
            places = {place for link in (first, *others) for place in link.places}
            first = replace(first, places=tuple(sorted(places)))
        kept.append(first)
    return kept.finished()


def _is_in_order(links: Iterable[LinkRecord]) -> TypeGuard[Sequence[LinkRecord]]:
    """Whether links are kept and in order already, as those of the links checker are."""
    if isinstance(links, SpooledSequence):
        return True
    if not isinstance(links, tuple):
        return False
    keys = [(link.url, link.target) for link in links]
    return all(before < after for before, after in pairwise(keys))


def with_encoded(items: Iterable[T], sequence: SpooledSequence[T]) -> Iterator[tuple[T, bytes]]:
    """Each item, and its bytes in a sequence."""
    return ((item, sequence.encode(item)) for item in items)
