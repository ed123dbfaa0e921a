"""Adds the source lines of findings to a report, for reporters that show them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import groupby

from linters.article.article import Article, UnreadableError
from linters.model.report import Report
from linters.util.redact import masked_in_place


def with_lines(report: Report, read: Callable[[str], Article]) -> Report:
    """The report with the text of every line that a finding begins in, passwords masked.

    Files that can no longer be read, and lines that are not there, have no text.
    """
    lines: list[tuple[tuple[str, int], str]] = []
    for path, findings in groupby(report.findings, key=lambda finding: finding.path):
        try:
            index = read(path).lines
        except UnreadableError:
            continue
        numbers = sorted({finding.range.start.line for finding in findings})
        lines += [
            ((path, n), masked_in_place(index.line(n))) for n in numbers if 1 <= n <= len(index)
        ]
    return replace(report, lines=tuple(lines))
