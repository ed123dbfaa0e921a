"""Reporters: from a Report to text; one module per format, in one literal table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from linters.report import Report

Renderer = Callable[[Report], str]
FORMATS: Mapping[str, str] = {
    "concise": "linters.reports.concise",
    "json": "linters.reports.json_report",
}


def renderer(name: str) -> Renderer:
    """The renderer of a format; its module is imported only now."""
    render: Renderer = import_module(FORMATS[name]).render
    return render
