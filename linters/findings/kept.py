"""The findings and links of a report, in order, in as little memory as they need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, groupby, pairwise
from operator import itemgetter
from typing import TypeGuard, TypeVar

from linters.findings.records import Codec, FindingCodec
from linters.findings.spool import Sorter, SpooledSequence, pair_key
from linters.model.finding import Finding, Rule
from linters.model.link import LinkRecord

T = TypeVar("T")


def kept_findings(findings: Iterable[Finding], rules: Iterable[Rule]) -> Sequence[Finding]:
    """The findings in the order given."""
    kept = finding_sequence(rules)
    for finding in findings:
        kept.append(finding)
    return kept.finished()


def finding_sequence(rules: Iterable[Rule]) -> SpooledSequence[Finding]:
    """An empty sequence for findings; its tally counts them by severity."""
    codec = FindingCodec(rules)
    return SpooledSequence(
        lambda finding: codec.encode([finding]),
        lambda data: codec.decode(data)[0],
        lambda finding: finding.severity,
    )


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
