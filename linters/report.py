"""One frozen, sorted value: all that reporters know."""

from __future__ import annotations

from dataclasses import dataclass

from linters.finding import Finding, Severity
from linters.links.record import LinkRecord, Verdict


@dataclass(frozen=True, slots=True)
class Report:
    """The result of a run; findings and links are in total order.

    Every finding has its severity, fingerprint and owner. ``lines`` holds the lines that
    findings stand in, by (path, 1-based line), for reporters that show them.
    ``errors`` says which checkers failed, and where: what they would have found is missing.
    """

    articles: int
    findings: tuple[Finding, ...]
    links: tuple[LinkRecord, ...]
    suppressed: int = 0
    baselined: int = 0
    lines: tuple[tuple[tuple[str, int], str], ...] = ()
    interrupted: bool = False
    errors: tuple[str, ...] = ()

    def count(self, severity: Severity) -> int:
        """How many findings have a severity."""
        return sum(finding.severity is severity for finding in self.findings)

    def link_counts(self) -> dict[Verdict, int]:
        """How many links have each verdict; every verdict is a key."""
        counts = dict.fromkeys(Verdict, 0)
        for link in self.links:
            counts[link.outcome.verdict] += 1
        return counts
