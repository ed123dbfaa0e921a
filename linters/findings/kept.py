"""The findings and links of a report, in order, in as little memory as they need."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TypeVar

from linters.findings.records import Codec, FindingCodec
from linters.findings.spool import SpooledSequence
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
    if len(several) == 1 and isinstance(several[0], SpooledSequence):
        return several[0]
    in_order = (
        links if isinstance(links, SpooledSequence) else sorted(links, key=link_key)
        for links in several
    )
    kept = spooled_links()
    for _, group in groupby(heapq.merge(*in_order, key=link_key), key=link_key):
        first, *others = group
        if others:
            places = {place for link in (first, *others) for place in link.places}
            first = replace(first, places=tuple(sorted(places)))
        kept.append(first)
    return kept.finished()


def link_key(link: LinkRecord) -> tuple[str, str]:
    """The order of links, and what makes two of them the same."""
    return link.url, link.target


def with_encoded(items: Iterable[T], sequence: SpooledSequence[T]) -> Iterator[tuple[T, bytes]]:
    """Each item, and its bytes in a sequence."""
    return ((item, sequence.encode(item)) for item in items)
