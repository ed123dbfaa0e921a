"""The JSON report; ``schemas/report.schema.json`` describes it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from linters import __version__
from linters.model.finding import Finding, Severity
from linters.model.link import Cause, LinkRecord
from linters.model.report import Report
from linters.reports.audit_json import audit_data, history_data
from linters.reports.json_text import json_text

_NOT_CHECKED = (Cause.DEADLINE, Cause.INTERRUPTED, Cause.OFFLINE)


_ITEMS = 500
"""Findings or links in one piece of text."""


def render(report: Report, *, color: bool = False) -> str:
    """The report as indented ASCII JSON with a final line end."""
    return "".join(pieces(report))


def pieces(report: Report) -> Iterator[str]:
    """The text of ``render`` in pieces: a report of a large repository is not in memory."""
    yield json_text(_head(report)).removesuffix("\n}\n") + ",\n"
    yield from _array("findings", map(_finding, report.findings))
    yield ",\n"
    yield from _array("links", map(_link, report.links))
    if report.audit is not None:
        yield ",\n" + json_text({"audit": audit_data(report.audit)})[2:-3]
    yield "\n}\n"


def _array(name: str, items: Iterator[Any]) -> Iterator[str]:
    """The text of one key of the report whose value is an array."""
    yield f'  "{name}": ['
    separator, end = "\n    ", "]"
    while batch := list(islice(items, _ITEMS)):
        # JSON has no line ends within a string, so that each one can be indented.
        texts = [json_text(item)[:-1].replace("\n", "\n    ") for item in batch]
        yield separator + ",\n    ".join(texts)
        separator, end = ",\n    ", "\n  ]"
    yield end


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


def _link(link: LinkRecord) -> dict[str, Any]:
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
        "places": [
            {
                "path": place.path,
                "line": place.range.start.line,
                "column": place.range.start.column,
                "end_line": place.range.end.line,
                "end_column": place.range.end.column,
                "syntax": str(place.syntax),
            }
            for place in link.places
        ],
    }
    if link.history is not None:
        data |= {"history": history_data(link.history), "owners": link.owners}
    if link.archived is not None:
        data["archived"] = link.archived
    return data
