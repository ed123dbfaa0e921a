"""One report of several repositories."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import starmap
from pathlib import PurePath

from linters.findings.kept import FindingsByPath, finding_sequence, hidden_sequence, kept_links
from linters.model.finding import Finding, Rule
from linters.model.link import Kind, LinkRecord
from linters.model.note import Note
from linters.model.report import Report, sorted_notes


def merge(reports: Sequence[tuple[str, Report]], rules: Sequence[Rule]) -> Report:
    """One report of several roots; each prefix goes before its paths. ``rules`` are all rules.

    A link that occurs in several roots is one link with all its places.
    """
    if len(reports) == 1 and not reports[0][0]:
        return reports[0][1]
    findings = FindingsByPath(rules)
    hidden = hidden_sequence(rules)
    lines: list[tuple[tuple[str, int], str]] = []
    notes: list[Note] = []
    for prefix, report in reports:
        notes += (_prefixed_note(note, prefix) for note in report.notes)
        findings.add(_prefixed(finding, prefix) for finding in report.findings)
        hidden.extend(
            replace(entry, finding=_prefixed(entry.finding, prefix)) for entry in report.hidden
        )
        lines += (((_below(prefix, path), number), text) for (path, number), text in report.lines)
    kept = finding_sequence(rules)
    for _, of_path in findings:
        kept.extend(sorted(of_path, key=_place))
    every = [report for _, report in reports]
    return Report(
        articles=sum(report.articles for report in every),
        findings=kept.finished(),
        links=kept_links(starmap(_prefixed_links, reports)),
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
        hidden=hidden.finished(),
        stale=tuple(
            key._replace(path=_below(prefix, key.path))
            for prefix, report in reports
            for key in report.stale
        ),
        errors=tuple(error for report in every for error in report.errors),
        tracebacks=tuple(text for report in every for text in report.tracebacks),
        notes=sorted_notes(notes),
    )


def _place(finding: Finding) -> tuple[object, ...]:
    return finding.range, finding.rule.code


def _prefixed_note(note: Note, prefix: str) -> Note:
    return note if note.path is None else replace(note, path=_below(prefix, note.path))


def _prefixed(finding: Finding, prefix: str) -> Finding:
    related = tuple(replace(place, path=_below(prefix, place.path)) for place in finding.related)
    return replace(finding, path=_below(prefix, finding.path), related=related)


def _below(prefix: str, path: str) -> str:
    """A path with its root's prefix; an absolute one (``--config``'s) stays."""
    return path if PurePath(path).is_absolute() else prefix + path


def _prefixed_links(prefix: str, report: Report) -> Iterator[LinkRecord]:
    return (_prefixed_link(link, prefix) for link in report.links)


def _prefixed_link(link: LinkRecord, prefix: str) -> LinkRecord:
    local = link.kind in (Kind.FILE, Kind.BOOKMARK)
    places = tuple(replace(place, path=prefix + place.path) for place in link.places)
    return replace(link, target=prefix + link.target if local else link.target, places=places)
