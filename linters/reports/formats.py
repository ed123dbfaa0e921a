"""Reporters: from a Report to text; one module per format, in one literal table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import Protocol

from linters.model.report import Report
from linters.reports.display import Display

FORMATS: Mapping[str, str] = {
    "full": "linters.reports.full",
    "concise": "linters.reports.concise",
    "json": "linters.reports.json_report",
    "sarif": "linters.reports.sarif",
    "junit": "linters.reports.junit",
    "github": "linters.reports.github",
    "azure": "linters.reports.azure",
    "gitlab": "linters.reports.gitlab",
    "rdjson": "linters.reports.rdjson",
    "markdown": "linters.reports.markdown_report",
    "html": "linters.reports.html_report",
}
TEXT_FORMATS = ("full", "concise")
"""For people: they follow the terminal; the others are for programs."""


class Renderer(Protocol):
    """What a format's module has: ``render``."""

    def __call__(self, report: Report, *, color: bool = False) -> str:
        """The report as text with a final line end; formats without colours ignore ``color``."""


def renderer(name: str) -> Renderer:
    """The renderer of a format; its module is imported only now. KeyError: no such format."""
    render: Renderer = import_module(FORMATS[name]).render
    return render


def render_pieces(name: str, report: Report) -> Iterable[str]:
    """The text of ``renderer(name)`` in pieces, for formats that can be large."""
    module = import_module(FORMATS[name])
    pieces: Callable[[Report], Iterable[str]] | None = getattr(module, "pieces", None)
    return [module.render(report)] if pieces is None else pieces(report)


def text_pieces(name: str, report: Report, display: Display) -> Iterable[str]:
    """A report in one of the text formats, as a terminal shows it, in pieces."""
    pieces: Iterable[str] = import_module(FORMATS[name]).pieces_for(report, display)
    return pieces
