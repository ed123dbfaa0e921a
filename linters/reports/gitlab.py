"""GitLab's Code Quality report: the Code Climate issues that GitLab reads.

Each entry has a description, the rule as ``check_name``, a fingerprint by which GitLab
compares two branches, a severity (info, minor, major, critical or blocker), and a place.
"""

from __future__ import annotations

from typing import Any

from linters.model.finding import Finding, Severity
from linters.model.report import Report
from linters.reports.escape import escape
from linters.reports.json_text import json_text
from linters.reports.severities import severity_of
from linters.util.shorten import shorten

_LONGEST = 2000
_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(report: Report, *, color: bool = False) -> str:
    """The findings as one JSON array."""
    return json_text([_issue(finding) for finding in report.findings])


def _issue(finding: Finding) -> dict[str, Any]:
    return {
        "description": escape(f"{finding.rule.code}: {shorten(finding.message, _LONGEST)}"),
        "check_name": finding.rule.name,
        "fingerprint": finding.fingerprint,
        "severity": _SEVERITIES.get(severity_of(finding), "info"),
        "location": {
            "path": escape(finding.path),
            "lines": {"begin": finding.range.start.line, "end": finding.range.end.line},
        },
    }
