"""SARIF 2.1.0 (OASIS), within what GitHub's code scanning takes.

GitHub refuses a file with more than 25,000 results in a run or over 10 MB once compressed,
and shows the first 5,000 by severity. So the most severe come first, and what is over the
limits is counted in a notification. GitHub reads the partial fingerprint
``primaryLocationLineHash`` alone, which its upload action computes from the files and warns
about where a tool gives another one: ours has a name of its own.

What directives and the baseline hide comes last, with its ``suppressions``; the other results
have an empty list, which says that they are not suppressed. GitHub would open alerts for them:
in GitHub Actions the report has none of them.

Columns count code points (``columnKind``), ends are exclusive. Paths are relative to
``%SRCROOT%``, which whoever reads the file binds to the root of the repository.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from linters import __version__
from linters.model.finding import Finding, Fix, Position, Rule, Severity
from linters.model.hidden_finding import HiddenBy, HiddenFinding
from linters.model.report import Report
from linters.reports.escape import escape
from linters.reports.json_text import json_text
from linters.reports.severities import most_severe_first, severity_of
from linters.rule_docs.pages import explanation
from linters.util.shorten import shorten

MAX_RESULTS = 25_000
MAX_COMPRESSED = 10_000_000
FINGERPRINT = "articlelint/v1"

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_ROOT = "%SRCROOT%"
_LONGEST = 2000
_SPECIAL = re.compile(r"[\\\[\]]")
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_SUPPRESSIONS = {HiddenBy.DIRECTIVE: "inSource", HiddenBy.BASELINE: "external"}
_KINDS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "recommendation",
}


def render(report: Report, *, color: bool = False) -> str:
    """The findings, most severe first, as one run; as many as GitHub takes."""
    findings = most_severe_first(report.findings)
    shown = findings[:MAX_RESULTS]
    text = json_text(_log(report, shown, len(findings) - len(shown)), indent=None)
    while len(text) > MAX_COMPRESSED and len(gzip.compress(text.encode())) > MAX_COMPRESSED:
        shown = shown[: len(shown) // 2]
        text = json_text(_log(report, shown, len(findings) - len(shown)), indent=None)
    return text


def _log(report: Report, findings: Sequence[Finding], left_out: int) -> dict[str, Any]:
    hidden = report.hidden[: max(MAX_RESULTS - len(findings), 0)] if not left_out else ()
    every = (*findings, *(entry.finding for entry in hidden))
    rules = {finding.rule.code: finding.rule for finding in every}
    codes = sorted(rules)
    indexes = {code: index for index, code in enumerate(codes)}
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "articlelint",
                        "semanticVersion": __version__,
                        "version": __version__,
                        "rules": [_rule(rules[code]) for code in codes],
                    }
                },
                "automationDetails": {"id": "articlelint/"},
                "originalUriBaseIds": {
                    _ROOT: {"description": {"text": "The root of the repository."}}
                },
                "columnKind": "unicodeCodePoints",
                "invocations": [_invocation(report, left_out)],
                "results": [
                    *(_result(finding, indexes) | {"suppressions": []} for finding in findings),
                    *(_hidden(entry, indexes) for entry in hidden),
                ],
            }
        ],
    }


def _hidden(entry: HiddenFinding, indexes: Mapping[str, int]) -> dict[str, Any]:
    suppression: dict[str, Any] = {"kind": _SUPPRESSIONS[entry.by]}
    if entry.reason:
        suppression["justification"] = escape(shorten(entry.reason, _LONGEST))
    return _result(entry.finding, indexes) | {"suppressions": [suppression]}


def _invocation(report: Report, left_out: int) -> dict[str, Any]:
    notifications = [_notification("error", error) for error in report.errors]
    notifications += [_notification("note", str(note)) for note in report.notes]
    if report.interrupted:
        notifications.append(_notification("error", "interrupted: this report is not complete"))
    if left_out:
        text = f"{left_out:,} more findings exceed the limits of GitHub and are not in this file"
        notifications.append(_notification("warning", text))
    invocation: dict[str, Any] = {
        "executionSuccessful": not report.errors and not report.interrupted
    }
    if notifications:
        invocation["toolExecutionNotifications"] = notifications
    return invocation


def _notification(level: str, text: str) -> dict[str, Any]:
    return {"level": level, "message": {"text": _message(text)}}


def _rule(rule: Rule) -> dict[str, Any]:
    markdown = explanation(rule.name)
    full = markdown.partition("\n## ")[0].strip() or rule.summary
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": " ".join(full.split())},
        "help": {"text": markdown or rule.summary, "markdown": markdown or rule.summary},
        "defaultConfiguration": {
            "level": _LEVELS.get(rule.severity, "warning"),
            "enabled": rule.severity is not Severity.OFF,
        },
        "properties": {
            "problem.severity": _KINDS.get(rule.severity, "warning"),
            "tags": ["documentation", rule.code.rstrip("0123456789").lower()],
        },
    }


def _result(finding: Finding, indexes: Mapping[str, int]) -> dict[str, Any]:
    text = shorten(finding.message, _LONGEST)
    if finding.help:
        text += f" ({shorten(finding.help, _LONGEST)})"
    result: dict[str, Any] = {
        "ruleId": finding.rule.code,
        "ruleIndex": indexes[finding.rule.code],
        "level": _LEVELS.get(severity_of(finding), "note"),
        "message": {"text": _message(text)},
        "locations": [_location(finding.path, _region(*finding.range))],
        "partialFingerprints": {FINGERPRINT: finding.fingerprint},
    }
    if finding.related:
        result["relatedLocations"] = [
            {
                "id": number,
                "message": {"text": _message(related.message)},
                **_location(
                    related.path, {"startLine": related.line, "startColumn": related.column}
                ),
            }
            for number, related in enumerate(finding.related, 1)
        ]
    if finding.fix is not None and finding.fix.edits:
        result["fixes"] = [_fix(finding.path, finding.fix)]
    if finding.owner:
        result["properties"] = {"owner": escape(finding.owner)}
    return result


def _fix(path: str, fix: Fix) -> dict[str, Any]:
    flags = "--fix" if fix.safe else "--fix --unsafe-fixes"
    return {
        "description": {"text": f"What articlelint check {flags} writes."},
        "artifactChanges": [
            {
                "artifactLocation": _artifact(path),
                "replacements": [
                    {
                        "deletedRegion": _region(edit.start, edit.end),
                        "insertedContent": {"text": edit.text},
                    }
                    for edit in fix.edits
                ],
            }
        ],
    }


def _location(path: str, region: Mapping[str, int]) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": _artifact(path), "region": region}}


def _artifact(path: str) -> dict[str, str]:
    if PurePath(path).is_absolute():  # a configuration outside the repository
        return {"uri": PurePath(path).as_uri()}
    try:
        name = path.encode("utf-8", "surrogateescape")  # bytes of a name that is not UTF-8
    except UnicodeEncodeError:
        name = path.encode("utf-8", "surrogatepass")
    return {"uri": quote(name, safe="/"), "uriBaseId": _ROOT}


def _region(start: Position, end: Position) -> dict[str, int]:
    return {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    }


def _message(text: str) -> str:
    """The text as a SARIF message, in which ``[text](target)`` would be a link."""
    shown = escape(text)
    return _SPECIAL.sub(r"\\\g<0>", shown) if "](" in shown else shown
