"""Reports to render, hostile and plain."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from linters.model.finding import Edit, Finding, Fix, Position, Range, Related, Rule, Severity
from linters.model.link import Cause, Hop, Kind, LinkRecord, Outcome, Place, Syntax, Verdict
from linters.model.report import Report

RULE = Rule("META001", "missing-attribute", Severity.ERROR, "A key is missing.")
HOSTILE = "\x1b[31m\r\n::error::x ##vso[task] 100%\u202e\udcff\x9b,:"


def place(line: int = 2, column: int = 1, end_line: int = 2, end_column: int = 1) -> Range:
    """A range from four numbers."""
    return Range(Position(line, column), Position(end_line, end_column))


def finding(message: str = "`title` is missing", **changes: Any) -> Finding:
    """A finding as the pipeline hands it to reporters."""
    plain = Finding(
        rule=RULE,
        path="docs/a.md",
        range=place(),
        message=message,
        severity=Severity.ERROR,
        fingerprint="0123456789abcdef",
    )
    return replace(plain, **changes)


def rich() -> Finding:
    """A finding with everything."""
    return finding(
        "the link text is empty",
        range=place(3, 5, 3, 11),
        severity=Severity.WARNING,
        help="Translate it.",
        data={"segment": "ab12-101", "target": "[](x.md)", "source": "[Text](x.md)"},
        related=(Related("docs/b.md", 7, 2, "the source stands here"),),
        fix=Fix(False, (Edit(Position(3, 5), Position(3, 11), "text"),)),
        owner="writer",
    )


def link() -> LinkRecord:
    """A broken link."""
    return LinkRecord(
        url="https://example.org/x",
        target="https://example.org/x",
        kind=Kind.EXTERNAL,
        outcome=Outcome(
            Verdict.BROKEN,
            Cause.STATUS,
            "404 Not Found",
            404,
            "https://example.org/y",
            (Hop("https://example.org/x", 301),),
        ),
        places=(Place("docs/a.md", place(9, 14, 9, 40), Syntax.INLINE),),
    )


def report(*findings: Finding, **changes: Any) -> Report:
    """A report of one article."""
    return replace(Report(articles=1, findings=findings, links=()), **changes)
