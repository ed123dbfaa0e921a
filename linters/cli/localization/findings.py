"""Runs checkers that look at other trees as ``check`` runs its own, and reports alike."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace

from linters.checker import Checker, NetworkOptions
from linters.cli import check_arguments as words
from linters.cli.check import status, write_files
from linters.cli.common import (
    HUMAN_FORMATS,
    Input,
    add_common_arguments,
    check_rule_words,
    complain,
    emit,
    output_format,
)
from linters.findings.build_report import rules_of, sort_key
from linters.findings.core_rules import UNUSED_SUPPRESSION
from linters.model.report import Report
from linters.pipeline.plugins import load_checkers
from linters.pipeline.run import Options, RunInput
from linters.pipeline.run import run as run_pipeline
from linters.reports.color import wants_color
from linters.reports.formats import renderer


def add_report_arguments(parser: argparse.ArgumentParser, metavar: str, text: str) -> None:
    """The paths, and the arguments that choose findings and say how they are reported."""
    add_common_arguments(parser, metavar, text)
    words.add_rules(parser)
    words.add_gate(parser)
    words.add_output(parser)


def report(arguments: argparse.Namespace, work: Iterable[tuple[Input, Sequence[Checker]]]) -> int:
    """Check the inputs and print the report; returns the exit status, as of ``check``."""
    name = output_format(arguments)
    files = words.report_files(arguments)
    choice = words.choice(arguments)
    given = list(work)
    check_rule_words(choice, [one for one, _ in given], rules_of(load_checkers()))
    options = Options(choice=choice, network=NetworkOptions(offline=True), lines=name != "json")
    parts = []
    for one, checkers in given:
        selection = one.selection
        part = run_pipeline(RunInput(selection.repository, selection.reported, checkers, options))
        parts.append((one.prefix, part))
    done = _joined(parts)
    if not (arguments.quiet and name in HUMAN_FORMATS and not done.findings):
        color = wants_color(arguments.color, sys.stdout, os.environ)
        emit(renderer(name)(done, color=color), name)
    sys.stdout.flush()
    write_files(files, done)
    for error in done.errors:
        complain(error)
    return status(arguments, done)


def _joined(parts: Sequence[tuple[str, Report]]) -> Report:
    """One report of several roots; each path gets its root's prefix."""
    findings = [
        replace(finding, path=prefix + finding.path)
        for prefix, part in parts
        for finding in part.findings
        if finding.rule != UNUSED_SUPPRESSION  # most rules have not been asked
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
