"""The JSON report; ``schemas/report.schema.json`` describes it."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

from linters import __version__
from linters.model.finding import Finding, Severity
from linters.model.link import LinkRecord
from linters.model.report import Report

# Nothing in the output may be taken for a command of a CI runner ("##vso[…]").
_COMMAND = re.compile(r"##(?=\w*\[)")


def render(report: Report, *, color: bool = False) -> str:
    """The report as indented ASCII JSON with a final line end."""
    return _COMMAND.sub(r"#\\u0023", json.dumps(as_data(report), indent=2)) + "\n"


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
            "links": {str(verdict): n for verdict, n in report.link_counts().items()},
        },
        "notes": [
            {"message": note.message, "path": note.path, "line": note.line} for note in report.notes
        ],
        "findings": [_finding(finding) for finding in report.findings],
        "links": [_link(link) for link in report.links],
    }
    plain: dict[str, Any] = _plain(data)
    return plain


def _plain(value: Any) -> Any:
    """The value in JSON's types, whatever a plug-in put in ``data``.

    Lone surrogates (of file names that are not UTF-8) become ``\\udcNN`` spelt out: strict
    readers refuse the whole report because of one of them. Infinity and NaN become text.
    """
    if isinstance(value, str):
        return str(value).encode("utf-8", "backslashreplace").decode("utf-8")
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, Mapping):
        return {_plain(str(key)): _plain(one) for key, one in value.items()}
    if isinstance(value, Sequence):
        return [_plain(one) for one in value]
    return _plain(str(value))


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
