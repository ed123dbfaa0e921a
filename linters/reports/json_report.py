"""The JSON report; ``schemas/report.schema.json`` describes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from linters import __version__
from linters.model.finding import Finding, Severity
from linters.model.link import Cause, LinkRecord, Place
from linters.model.report import Report
from linters.reports.audit_json import audit_data, history_data
from linters.reports.json_text import json_text

_NOT_CHECKED = (Cause.DEADLINE, Cause.INTERRUPTED, Cause.OFFLINE)
_BATCH = 500
"""Findings, or links and their places, that become text at once."""

_T = TypeVar("_T")


def render(report: Report, *, color: bool = False) -> str:
    """The report as indented ASCII JSON with a final line end."""
    return "".join(pieces(report))


def pieces(report: Report) -> Iterator[str]:
    """The text of ``render`` in pieces: a report of a large repository is not in memory."""
    yield json_text(_head(report)).removesuffix("\n}\n") + ",\n"
    yield from _array("findings", _finding_texts(report.findings))
    yield ",\n"
    yield from _array("links", _link_texts(report.links))
    if report.audit is not None:
        yield ",\n" + json_text({"audit": audit_data(report.audit)})[2:-3]
    yield "\n}\n"


def _array(name: str, texts: Iterable[Iterable[str]]) -> Iterator[str]:
    """The text of one key of the report whose value is an array; each of ``texts`` is that of
    some items, in pieces."""
    yield f'  "{name}": ['
    separator, end = "", "]"
    for text in texts:
        yield separator
        yield from text
        separator, end = ",", "\n  ]"
    yield end


def _finding_texts(findings: Iterable[Finding]) -> Iterator[Iterable[str]]:
    for batch in _batches(findings, lambda _: 1):
        yield [_items(list(map(_finding, batch)))]


def _link_texts(links: Iterable[LinkRecord]) -> Iterator[Iterable[str]]:
    for batch in _batches(links, lambda link: 1 + len(link.places)):
        if len(batch[0].places) < _BATCH:
            yield [_items([_link(link, link.places) for link in batch])]
        else:  # one URL may be at 100,000 places
            yield _link_pieces(batch[0])


def _batches(items: Iterable[_T], size_of: Callable[[_T], int]) -> Iterator[list[_T]]:
    """The items in lists of limited size; one that is larger is alone.

    Many items become text at once, because that takes half as long.
    """
    batch: list[_T] = []
    total = 0
    for item in items:
        size = size_of(item)
        if batch and total + size > _BATCH:
            yield batch
            batch, total = [], 0
        batch.append(item)
        total += size
    if batch:
        yield batch


def _items(values: Sequence[Any]) -> str:
    """The text of an array's items, as the report indents them."""
    return json_text({"": values})[len('{\n  "": [') : -len("\n  ]\n}\n")]


def _link_pieces(link: LinkRecord) -> Iterator[str]:
    """The text of a link with many places."""
    before, key, after = _items([_link(link, ())]).partition('"places": [')
    yield before + key
    separator = ""
    for start in range(0, len(link.places), _BATCH):
        places = [_place(place) for place in link.places[start : start + _BATCH]]
        yield separator + _items(places).replace("\n", "\n    ")
        separator = ","
    yield "\n      " + after


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
