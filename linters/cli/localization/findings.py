"""Runs checkers that look at other trees as ``check`` runs its own, and reports alike."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace

from linters.checker import Checker, Network
from linters.cli.localization.inputs import Inputs
from linters.finding import Severity
from linters.pipeline import Options
from linters.pipeline import run as run_pipeline
from linters.report import Report
from linters.reports import FORMATS, renderer
from linters.selection import sort_key


def add_report_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments that say how findings are reported."""
    parser.add_argument("--output-format", choices=list(FORMATS), default="full")


def report(arguments: argparse.Namespace, work: Iterable[tuple[Inputs, Sequence[Checker]]]) -> int:
    """Check the inputs and print the report; returns the exit status, as of ``check``."""
    options = Options(network=Network(offline=True), lines=arguments.output_format == "full")
    parts = []
    for inputs, checkers in work:
        selection = inputs.selection
        part = run_pipeline(
            selection.repository, selection.reported, inputs.settings_of, checkers, options
        )
        parts.append((inputs.prefix, part))
    done = _joined(parts)
    sys.stdout.write(renderer(arguments.output_format)(done))
    for error in done.errors:
        print(f"articlelint: error: {error}", file=sys.stderr)
    if done.errors:
        return 2
    return 1 if done.count(Severity.ERROR) else 0


def _joined(parts: Sequence[tuple[str, Report]]) -> Report:
    """One report of several roots; each path gets its root's prefix."""
    findings = [
        replace(finding, path=prefix + finding.path)
        for prefix, part in parts
        for finding in part.findings
    ]
    return Report(
        articles=sum(part.articles for _, part in parts),
        findings=tuple(sorted(findings, key=sort_key)),
        links=(),
        suppressed=sum(part.suppressed for _, part in parts),
        baselined=sum(part.baselined for _, part in parts),
        lines=tuple(
            ((prefix + path, line), text)
            for prefix, part in parts
            for (path, line), text in part.lines
        ),
        errors=tuple(error for _, part in parts for error in part.errors),
    )
