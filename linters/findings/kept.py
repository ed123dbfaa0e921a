"""The findings and links of a report, in order, in as little memory as they need."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from linters.findings.records import FindingCodec, LinkCodec
from linters.findings.spool import Sorter, SpooledSequence
from linters.model.finding import Finding, Rule
from linters.model.link import LinkRecord


def kept_findings(findings: Iterable[Finding], rules: Iterable[Rule]) -> Sequence[Finding]:
    """The findings in the order given."""
    codec = FindingCodec(rules)
    kept = SpooledSequence[Finding](
        lambda finding: codec.encode([finding]),
        lambda data: codec.decode(data)[0],
        lambda finding: finding.severity,
    )
    for finding in findings:
        kept.append(finding)
    return kept.finished()


def spooled_links() -> SpooledSequence[LinkRecord]:
    """An empty sequence for links; its tally counts them by verdict and cause."""
    codec = LinkCodec()
    return SpooledSequence(
        codec.encode, codec.decode, lambda link: (link.outcome.verdict, link.outcome.cause)
    )


def kept_links(links: Iterable[LinkRecord]) -> Sequence[LinkRecord]:
    """The links by URL and target; one that is given several times has the places of all."""
    codec = LinkCodec()
    sorter = Sorter(_link_key, codec.encode, codec.decode)
    for link in links:
        sorter.add(link)
    kept = spooled_links()
    for _, group in groupby(sorter, key=_link_key):
        first, *others = group
        if others:
            places = {place for link in (first, *others) for place in link.places}
            first = replace(first, places=tuple(sorted(places)))
        kept.append(first)
    return kept.finished()


def _link_key(link: LinkRecord) -> tuple[str, str]:
    return link.url, link.target
