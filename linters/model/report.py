"""One frozen, sorted value: all that reporters know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from linters.model.finding import Finding, FindingKey, Severity
from linters.model.hidden_finding import HiddenFinding
from linters.model.link import Cause, LinkRecord, Verdict
from linters.model.note import Note

if TYPE_CHECKING:
    from linters.model.audit_report import AuditSummary


@dataclass(frozen=True, slots=True)
class Report:
    """The result of a run; findings and links are in total order.

    ``findings`` and ``links`` can be iterated over several times and have a length; read
    them one after the other, because a large report keeps them on the disk. Every finding
    has its severity, fingerprint and owner. ``lines`` are the source lines of findings, by
    (path, 1-based line), for reporters that show them. ``errors`` name the checkers that
    failed: their findings are missing; ``tracebacks`` are for ``-v``. ``notes`` say what was
    ignored or skipped.
    ``owners`` are those of the reported articles that have one, by path; ``audit`` compares
    the run with the one before it, in an audit. ``new_suppressions`` counts the directives
    that a change adds (``--since``); ``hidden`` are the suppressed and baselined findings,
    where a format wants them. ``stale`` are the entries of the baseline that no longer occur.
    """

    articles: int
    findings: Sequence[Finding]
    links: Sequence[LinkRecord]
    suppressed: int = 0
    baselined: int = 0
    lines: tuple[tuple[tuple[str, int], str], ...] = ()
    interrupted: bool = False
    errors: tuple[str, ...] = ()
    tracebacks: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    owners: Mapping[str, str] = field(default_factory=dict)
    audit: AuditSummary | None = None
    new_suppressions: int = 0
    hidden: Sequence[HiddenFinding] = ()
    stale: tuple[FindingKey, ...] = ()

    def count(self, severity: Severity) -> int:
        """How many findings have a severity."""
        tally = getattr(self.findings, "tally", None)  # counted while they were kept
        if tally is not None:
            return int(tally[severity])
        return sum(finding.severity is severity for finding in self.findings)

    def link_counts(self) -> dict[Verdict, int]:
        """How many links have each verdict; every verdict is a key."""
        counts = dict.fromkeys(Verdict, 0)
        for (verdict, _), count in outcome_counts(self.links).items():
            counts[verdict] += count
        return counts

    def cause_count(self, *causes: Cause) -> int:
        """How many links have one of these causes."""
        counts = outcome_counts(self.links)
        return sum(count for (_, cause), count in counts.items() if cause in causes)


def outcome_counts(links: Sequence[LinkRecord]) -> Mapping[tuple[Verdict, Cause | None], int]:
    """How many links have each verdict and cause; a sequence that counts them has a ``tally``."""
    tally: Mapping[tuple[Verdict, Cause | None], int] | None = getattr(links, "tally", None)
    if tally is not None:
        return tally
    return Counter((link.outcome.verdict, link.outcome.cause) for link in links)


def sorted_notes(notes: Iterable[Note]) -> tuple[Note, ...]:
    """The distinct notes by path, line and message."""
    return tuple(sorted(set(notes), key=Note.sort_key))
