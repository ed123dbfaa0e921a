"""The JSON report; ``schemas/report.schema.json`` describes it."""

from __future__ import annotations

from typing import Any

from linters import __version__
from linters.model.finding import Finding, Severity
from linters.model.link import Cause, LinkRecord
from linters.model.report import Report
from linters.reports.audit_json import audit_data, history_data
from linters.reports.json_text import json_text, plain

_NOT_CHECKED = (Cause.DEADLINE, Cause.INTERRUPTED, Cause.OFFLINE)


def render(report: Report, *, color: bool = False) -> str:
    """The report as indented ASCII JSON with a final line end."""
    return json_text(as_data(report))


def as_data(report: Report) -> dict[str, Any]:
    """The report as JSON values."""
    levels = (Severity.ERROR, Severity.WARNING, Severity.INFO)
    data: dict[str, Any] = {
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
        "findings": [_finding(finding) for finding in report.findings],
        "links": [_link(link) for link in report.links],
    }
    if report.audit is not None:
        data["audit"] = audit_data(report.audit)
    values: dict[str, Any] = plain(data)
    return values


def _fixable(report: Report) -> dict[str, int]:
    counts = {"safe": 0, "unsafe": 0}
    for finding in report.findings:
        if finding.fix is not None:
            counts["safe" if finding.fix.safe else "unsafe"] += 1
    return counts


def _not_checked(report: Report) -> dict[str, int]:
    counts = dict.fromkeys(_NOT_CHECKED, 0)
    for link in report.links:
        if link.outcome.cause in counts:
            counts[link.outcome.cause] += 1
    return {str(cause): count for cause, count in counts.items()}


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
