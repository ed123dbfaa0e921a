"""The closing lines of a report for people."""

from __future__ import annotations

from linters.model.finding import Severity
from linters.model.link import Verdict
from linters.model.report import Report


def summary(report: Report) -> str:
    """One line that counts everything, with a final line end."""
    counts = [
        plural(report.count(level), noun)
        for level, noun in (
            (Severity.ERROR, "error"),
            (Severity.WARNING, "warning"),
            (Severity.INFO, "note"),
        )
        if report.count(level)
    ]
    text = ", ".join(counts) if counts else "nothing found"
    text += f" in {plural(report.articles, 'article')}"
    hidden = [
        f"{number} {word}"
        for number, word in ((report.suppressed, "suppressed"), (report.baselined, "in baseline"))
        if number
    ]
    if hidden:
        text += f" ({', '.join(hidden)})"
    if report.links:
        text += f"; {plural(len(report.links), 'link')}: {_verdicts(report)}"
    if report.interrupted:
        text += "; interrupted, so this report is not complete"
    return f"{text[0].upper()}{text[1:]}.\n"


def plural(number: int, noun: str) -> str:
    """A number with its noun: ``1 link``, ``1,200 links``."""
    return f"{number:,} {noun}" + "s" * (number != 1)


def _verdicts(report: Report) -> str:
    counts = report.link_counts()
    return ", ".join(f"{counts[verdict]:,} {verdict}" for verdict in Verdict if counts[verdict])
