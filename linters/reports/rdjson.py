"""Reviewdog's diagnostic format, ``rdjson`` (reviewdog's ``proto/rdf/reviewdog.proto``).

Its columns count the bytes of UTF-8, from 1, ends exclusive; ours count code points. The
report contains the lines that findings begin in: where another line's text would be needed,
the column is left out, and so is a suggestion, which cannot do without.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from linters.model.finding import Finding, Fix, Position, Severity
from linters.model.report import Report
from linters.reports.escape import escape
from linters.reports.json_text import json_text
from linters.reports.severities import severity_of
from linters.util.shorten import shorten

_LONGEST = 2000
_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}


def render(report: Report, *, color: bool = False) -> str:
    """The findings as one ``DiagnosticResult``."""
    columns = _Columns(dict(report.lines))
    return json_text(
        {
            "source": {"name": "articlelint"},
            "diagnostics": [_diagnostic(finding, columns) for finding in report.findings],
        }
    )


class _Columns:
    """Columns in bytes, for the lines whose text is known."""

    def __init__(self, lines: Mapping[tuple[str, int], str]) -> None:
        self._lines = lines

    def position(self, path: str, place: Position) -> dict[str, int]:
        """The place as reviewdog writes it; without a column where the line is not known."""
        if place.column == 1:
            return {"line": place.line, "column": 1}
        text = self._lines.get((path, place.line))
        if text is None or place.column > len(text) + 1:
            return {"line": place.line}
        before = text[: place.column - 1].encode("utf-8", "surrogatepass")
        return {"line": place.line, "column": len(before) + 1}

    def range(self, path: str, start: Position, end: Position) -> dict[str, dict[str, int]]:
        """The range between two places."""
        return {"start": self.position(path, start), "end": self.position(path, end)}


def _diagnostic(finding: Finding, columns: _Columns) -> dict[str, Any]:
    text = shorten(finding.message, _LONGEST)
    if finding.help:
        text += f" ({shorten(finding.help, _LONGEST)})"
    diagnostic: dict[str, Any] = {
        "message": escape(text),
        "location": {
            "path": escape(finding.path),
            "range": columns.range(finding.path, *finding.range),
        },
        "severity": _SEVERITIES.get(severity_of(finding), "INFO"),
        "code": {"value": f"{finding.rule.code}[{finding.rule.name}]"},
    }
    if finding.fix is not None:
        suggestions = _suggestions(finding.path, finding.fix, columns)
        if suggestions:
            diagnostic["suggestions"] = suggestions
    if finding.related:
        diagnostic["related_locations"] = [
            {
                "message": escape(related.message),
                "location": {
                    "path": escape(related.path),
                    "range": {"start": {"line": related.line}},
                },
            }
            for related in finding.related
        ]
    return diagnostic


def _suggestions(path: str, fix: Fix, columns: _Columns) -> list[dict[str, Any]]:
    """The edits of a fix; none where the column of a single one is not known."""
    ranges = [columns.range(path, edit.start, edit.end) for edit in fix.edits]
    if not all("column" in place for span in ranges for place in span.values()):
        return []
    return [
        {"range": span, "text": edit.text} for span, edit in zip(ranges, fix.edits, strict=True)
    ]
