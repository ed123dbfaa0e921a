"""The JSON report; ``schemas/report.schema.json`` describes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from linters import __version__
from linters.model.finding import Finding, Severity
from linters.model.link import Cause, LinkRecord, Place
from linters.model.report import Report
from linters.reports.audit_json import audit_data, history_data
from linters.reports.json_text import json_text

_NOT_CHECKED = (Cause.DEADLINE, Cause.INTERRUPTED, Cause.OFFLINE)


_PIECES = 1000
_PLACES = 500


def render(report: Report, *, color: bool = False) -> str:
    """The report as indented ASCII JSON with a final line end."""
    return "".join(pieces(report))


def pieces(report: Report) -> Iterator[str]:
    """The text of ``render`` in pieces: a report of a large repository is not in memory."""
    yield json_text(_head(report)).removesuffix("\n}\n") + ",\n"
    yield from _array("findings", ((json_text(_finding(item)),) for item in report.findings))
    yield ",\n"
    yield from _array("links", map(_link_pieces, report.links))
    if report.audit is not None:
        yield ",\n" + json_text({"audit": audit_data(report.audit)})[2:-3]
    yield "\n}\n"


def _array(name: str, items: Iterator[Iterable[str]]) -> Iterator[str]:
    """The text of one key of the report whose value is an array of items in pieces."""
    yield f'  "{name}": ['
    separator, end = "\n    ", "]"
    texts: list[str] = []
    for item in items:
        texts.append(separator)
        # JSON has no line ends within a string, so that each one can be indented.
        texts += (piece.removesuffix("\n").replace("\n", "\n    ") for piece in item)
        separator, end = ",\n    ", "\n  ]"
        if len(texts) > _PIECES:
            yield "".join(texts)
            texts = []
    yield "".join((*texts, end))


def _link_pieces(link: LinkRecord) -> Iterator[str]:
    """The text of a link: one URL may be at 100,000 places."""
    if len(link.places) <= _PLACES:
        yield json_text(_link(link, link.places))
        return
    before, key, after = json_text(_link(link, ())).partition('"places": [')
    yield before + key
    for start in range(0, len(link.places), _PLACES):
        places = [_place(place) for place in link.places[start : start + _PLACES]]
        yield json_text(places)[1:-3].replace("\n", "\n  ") + (
            "," if start + _PLACES < len(link.places) else "\n  "
        )
    yield after


def _head(report: Report) -> dict[str, Any]:
    """All but the findings and links."""
    levels = (Severity.ERROR, Severity.WARNING, Severity.INFO)
    return {
        "version": 1,
        "tool": {"name": "articlelint", "version": __version__},
        "summary": {
            "articles": report.articles,
            **{str(level): report.count(level) for level in levels},
            "suppressed": report.suppressed,
            "baselined": report.baselined,
            "new_suppressions": report.new_suppressions,
            "links": {str(verdict): n for verdict, n in report.link_counts().items()},
            "fixable": _fixable(report),
            "not_checked": _not_checked(report),
        },
        "notes": [
            {"message": note.message, "path": note.path, "line": note.line} for note in report.notes
        ],
    }


def _fixable(report: Report) -> dict[str, int]:
    counts = {"safe": 0, "unsafe": 0}
    for finding in report.findings:
        if finding.fix is not None:
            counts["safe" if finding.fix.safe else "unsafe"] += 1
    return counts


def _not_checked(report: Report) -> dict[str, int]:
    return {str(cause): report.cause_count(cause) for cause in _NOT_CHECKED}


def _finding(finding: Finding) -> dict[str, Any]:
    (line, column), (end_line, end_column) = finding.range
    fix = finding.fix
    return {
        "code": finding.rule.code,
        "name": finding.rule.name,
        "severity": str(finding.severity),
        "path": finding.path,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
        "message": finding.message,
        "help": finding.help,
        "data": finding.data,
        "related": [
            {
                "path": related.path,
                "line": related.line,
                "column": related.column,
                "message": related.message,
            }
            for related in finding.related
        ],
        "fix": fix
        and {
            "safe": fix.safe,
            "edits": [
                {"start": list(edit.start), "end": list(edit.end), "text": edit.text}
                for edit in fix.edits
            ],
        },
        "fingerprint": finding.fingerprint,
        "owner": finding.owner,
    }


def _link(link: LinkRecord, places: Sequence[Place]) -> dict[str, Any]:
    outcome = link.outcome
    data: dict[str, Any] = {
        "url": link.url,
        "target": link.target,
        "kind": str(link.kind),
        "verdict": str(outcome.verdict),
        "cause": outcome.cause and str(outcome.cause),
        "reason": outcome.reason,
        "status": outcome.status,
        "final_url": outcome.final_url,
        "redirects": [{"url": hop.url, "status": hop.status} for hop in outcome.redirects],
        "places": [_place(place) for place in places],
    }
    if link.history is not None:
        data |= {"history": history_data(link.history), "owners": link.owners}
    if link.archived is not None:
        data["archived"] = link.archived
    return data


def _place(place: Place) -> dict[str, Any]:
    return {
        "path": place.path,
        "line": place.range.start.line,
        "column": place.range.start.column,
        "end_line": place.range.end.line,
        "end_column": place.range.end.column,
        "syntax": str(place.syntax),
    }
