"""The JSON report; ``schemas/report.schema.json`` describes it."""

from __future__ import annotations

import json
from typing import Any

from linters import __version__
from linters.finding import Finding, Severity
from linters.links.record import LinkRecord
from linters.report import Report


def render(report: Report) -> str:
    """The report as JSON, indented, with a final line end."""
    return json.dumps(as_data(report), indent=2, ensure_ascii=False) + "\n"


def as_data(report: Report) -> dict[str, Any]:
    """The report as JSON values."""
    levels = (Severity.ERROR, Severity.WARNING, Severity.INFO)
    return {
        "version": 1,
        "tool": {"name": "articlelint", "version": __version__},
        "summary": {
            "articles": report.articles,
            **{str(level): report.count(level) for level in levels},
            "suppressed": report.suppressed,
            "baselined": report.baselined,
            "links": {str(verdict): n for verdict, n in report.link_counts().items()},
        },
        "findings": [_finding(finding) for finding in report.findings],
        "links": [_link(link) for link in report.links],
    }


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
        "data": dict(finding.data),
        "related": [
            {"path": one.path, "line": one.line, "column": one.column, "message": one.message}
            for one in finding.related
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
    return {
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
