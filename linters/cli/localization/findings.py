"""Runs the checkers of ``verify`` and ``compare``, and reports findings as ``check`` does."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from linters.checker import Checker, NetworkOptions
from linters.cli.inputs import Input, check_selectors, configurations_of
from linters.cli.options import ReadOptions, RuleOptions, add_read_arguments, add_rule_arguments
from linters.cli.print_report import print_findings, write_reports
from linters.cli.report_options import (
    GateOptions,
    OutputOptions,
    add_gate_arguments,
    add_output_arguments,
)
from linters.findings.build_report import rules_of
from linters.findings.core_rules import UNUSED_SUPPRESSION
from linters.findings.path_findings import sort_key
from linters.model.report import Report
from linters.pipeline.plugins import load_checkers
from linters.pipeline.run import Options, RunInput
from linters.pipeline.run import run as run_pipeline


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingsOptions:
    """The options of the subcommands that report findings."""

    read: ReadOptions
    rules: RuleOptions
    gate: GateOptions
    output: OutputOptions


def add_report_arguments(parser: argparse.ArgumentParser, metavar: str, text: str) -> None:
    """The arguments of ``FindingsOptions``."""
    add_read_arguments(parser, metavar, text)
    add_rule_arguments(parser)
    add_gate_arguments(parser)
    add_output_arguments(parser)


def report(options: FindingsOptions, work: Iterable[tuple[Input, Sequence[Checker]]]) -> int:
    """Check the inputs and print the report; returns the exit status, as of ``check``."""
    output = options.output
    formats = {output.format, *(name for name, _ in output.report_files())}
    given = list(work)
    inputs = [entry for entry, _ in given]
    selection = options.rules.selection
    check_selectors(selection, configurations_of(inputs), rules_of(load_checkers()))
    run_options = Options(
        choice=selection, network=NetworkOptions(offline=True), lines=bool(formats - {"json"})
    )
    parts = []
    for entry, checkers in given:
        chosen = entry.selection
        part = run_pipeline(RunInput(chosen.repository, chosen.reported, checkers, run_options))
        parts.append((entry.prefix, part))
    done = _joined(parts)
    if output.prints_report:
        print_findings(done, output, inputs)
    write_reports(done, output, inputs)
    return options.gate.status(done)


def _joined(parts: Sequence[tuple[str, Report]]) -> Report:
    """One report of several roots; each path gets its root's prefix."""
    findings = [
        replace(finding, path=prefix + finding.path)
        for prefix, part in parts
        for finding in part.findings
        if finding.rule != UNUSED_SUPPRESSION  # most rules did not run
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
