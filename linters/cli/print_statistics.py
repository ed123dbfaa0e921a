"""``--statistics``: findings by rule and cause in place of a list."""

from __future__ import annotations

from linters.model.errors import UserError
from linters.model.report import Report
from linters.reports.display import Display
from linters.reports.formats import TEXT_FORMATS
from linters.reports.json_text import json_text
from linters.reports.statistics import render_statistics, statistics_data
from linters.reports.summary import summary


def statistics_text(report: Report, name: str, display: Display) -> str:
    """The statistics in a format; UserError for a format without them."""
    if name == "json":
        return json_text(statistics_data(report))
    if name not in TEXT_FORMATS:
        raise UserError(f"--statistics: expected the format full, concise or json, got {name}")
    text = render_statistics(report, display)
    return text + "\n" + summary(report, display, causes=False) if display.summary else text
