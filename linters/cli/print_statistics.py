"""``--statistics``: findings by rule and cause in place of a list."""

from __future__ import annotations

from linters.model.report import Report
from linters.reports.display import Display
from linters.reports.json_text import json_text
from linters.reports.statistics import render_statistics, statistics_data
from linters.reports.summary import summary


def statistics_text(report: Report, name: str, display: Display) -> str:
    """The statistics in a text format or as JSON."""
    if name == "json":
        return json_text(statistics_data(report))
    text = render_statistics(report, display)
    return text + "\n" + summary(report, display, causes=False) if display.summary else text
