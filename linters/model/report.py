"""One frozen, sorted value: all that reporters know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from linters.model.audit_report import AuditSummary
from linters.model.finding import Finding, FindingKey, Severity
from linters.model.hidden_finding import HiddenFinding
from linters.model.link import Cause, Kind, LinkRecord, Verdict
from linters.model.note import Note


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
    hidden: tuple[HiddenFinding, ...] = ()
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


def merge(reports: Sequence[tuple[str, Report]]) -> Report:
    """One report of several roots; each prefix goes before its paths.

    A link that occurs in several roots is one link with all its places.
    """
    if len(reports) == 1 and not reports[0][0]:
        return reports[0][1]
    findings: list[Finding] = []
    links: dict[tuple[str, str], LinkRecord] = {}
    lines: list[tuple[tuple[str, int], str]] = []
    notes: list[Note] = []
    for prefix, report in reports:
        notes += (_prefixed_note(note, prefix) for note in report.notes)
        findings += (_prefixed(finding, prefix) for finding in report.findings)
        lines += (((_below(prefix, path), number), text) for (path, number), text in report.lines)
        for link in report.links:
            record = _prefixed_link(link, prefix)
            same = links.get((record.url, record.target))
            places = record.places if same is None else tuple(sorted(same.places + record.places))
            links[record.url, record.target] = replace(same or record, places=places)
    every = [report for _, report in reports]
    return Report(
        articles=sum(report.articles for report in every),
        findings=tuple(sorted(findings, key=_finding_key)),
        links=tuple(links[key] for key in sorted(links)),
        suppressed=sum(report.suppressed for report in every),
        baselined=sum(report.baselined for report in every),
        lines=tuple(lines),
        interrupted=any(report.interrupted for report in every),
        owners={
            _below(prefix, path): owner
            for prefix, report in reports
            for path, owner in report.owners.items()
        },
        new_suppressions=sum(report.new_suppressions for report in every),
        hidden=tuple(
            replace(hidden, finding=_prefixed(hidden.finding, prefix))
            for prefix, report in reports
            for hidden in report.hidden
        ),
        stale=tuple(
            key._replace(path=_below(prefix, key.path))
            for prefix, report in reports
            for key in report.stale
        ),
        errors=tuple(error for report in every for error in report.errors),
        tracebacks=tuple(text for report in every for text in report.tracebacks),
        notes=sorted_notes(notes),
    )


def _finding_key(finding: Finding) -> tuple[object, ...]:
    return finding.path, finding.range, finding.rule.code


def sorted_notes(notes: Iterable[Note]) -> tuple[Note, ...]:
    """The distinct notes by path, line and message."""
    return tuple(sorted(set(notes), key=Note.sort_key))


def _prefixed_note(note: Note, prefix: str) -> Note:
    return note if note.path is None else replace(note, path=_below(prefix, note.path))


def _prefixed(finding: Finding, prefix: str) -> Finding:
    related = tuple(replace(place, path=_below(prefix, place.path)) for place in finding.related)
    return replace(finding, path=_below(prefix, finding.path), related=related)


def _below(prefix: str, path: str) -> str:
    """A path with its root's prefix; an absolute one (``--config``'s) stays."""
    return path if PurePath(path).is_absolute() else prefix + path


def _prefixed_link(link: LinkRecord, prefix: str) -> LinkRecord:
    local = link.kind in (Kind.FILE, Kind.BOOKMARK)
    places = tuple(replace(place, path=prefix + place.path) for place in link.places)
    return replace(link, target=prefix + link.target if local else link.target, places=places)
