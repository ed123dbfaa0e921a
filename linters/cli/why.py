"""Explain one link: its places, rule and verdict, every hop, and what is stored of it.

The link is asked now, past the store and without changing it; with --offline only what is
stored is shown. Exit status: 1 where the link has a finding that is an error (or is broken,
where no article has it), else 0.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from linters.audit.story import story
from linters.checker import NetworkOptions
from linters.cli.command import Command
from linters.cli.exit_status import ExitStatus
from linters.cli.inputs import (
    Input,
    NamedPaths,
    check_selectors_of_all,
    configurations,
    configurations_of,
    named_paths,
    open_inputs,
    root_of,
)
from linters.cli.options import (
    NetworkFlags,
    ReadOptions,
    absolute,
    add_network_arguments,
    add_output_format,
    add_read_arguments,
    output_format,
)
from linters.cli.output import print_lines, print_notes, print_report
from linters.cli.run_all import run_all, unreadable_notes
from linters.findings.rule_settings import RuleSelection
from linters.links.checker import LinkChecker
from linters.links.known_outcomes import KnownOutcomes
from linters.model.errors import UserError
from linters.model.finding import Severity
from linters.model.link import Cause, Kind, LinkRecord, Outcome, Verdict
from linters.model.report import Report, sorted_notes
from linters.pipeline.run import Options
from linters.reports.formats import TEXT_FORMATS, renderer
from linters.repository.discovery import Selection
from linters.repository.repository import Repository
from linters.util.redact import masked


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyOptions:
    """The options of ``articlelint why``."""

    url: str
    read: ReadOptions
    network: NetworkFlags
    output_format: str | None = None
    journal: str | None = None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``WhyOptions``."""
    parser.add_argument("url", metavar="URL", help="absolute, or as an article writes it")
    add_read_arguments(parser)
    add_network_arguments(parser)
    group = parser.add_argument_group("output")
    group.add_argument(
        "--journal", metavar="FILE", help="also print the link's history in an audit's journal"
    )
    add_output_format(group)


def run(options: WhyOptions) -> int:
    """Run ``articlelint why``; returns the exit status."""
    name = output_format(options.output_format)
    inputs = _inputs(options.read)
    check_selectors_of_all(options.read.select, configurations_of(inputs))
    settings = inputs[0].configurations.of("").links
    network = options.network.network_options()
    report = _report(options, inputs, network, {})
    url = _url(options.url, report)
    inspection = None
    if url is not None:
        from linters.links.inspection import inspect

        inspection = inspect(url, settings, network)
        outcome = inspection.outcome
        if outcome is not None:
            report = _with(options, inputs, network, report, url, outcome)
    print_notes(report.notes)
    if name in TEXT_FORMATS:
        from linters.links.explanation import explain

        print_lines(explain(url or options.url, report, inspection, settings))
        if options.journal is not None:
            print_lines(story(absolute(options.journal), url or options.url))
    else:
        print_report(renderer(name)(report), name)
    return _status(report)


COMMAND = Command(add_arguments, WhyOptions, run)


def _inputs(options: ReadOptions) -> tuple[Input, ...]:
    """The named paths; without any, the whole repository that the current folder is in."""
    if options.paths:
        return open_inputs(options, named_paths(options.paths), prints_notes=False)
    root = root_of(absolute("."), options.configuration)
    try:
        return open_inputs(options, NamedPaths((root,)), prints_notes=False)
    except UserError:  # no articles here: the link is explained nevertheless
        nothing = Selection(Repository(root, frozenset()), ())
        return (Input(nothing, configurations(root, options.configuration)),)


def _report(
    options: WhyOptions,
    inputs: Iterable[Input],
    network: NetworkOptions,
    outcomes: Mapping[str, Outcome],
) -> Report:
    """What the repositories have of the link: its records, and the findings at its places."""
    run_options = Options(
        choice=RuleSelection(select=options.read.select),
        network=NetworkOptions(cache_dir=network.cache_dir),
    )
    report = run_all(inputs, (KnownOutcomes(outcomes),), run_options)
    wanted = masked(options.url)
    links = tuple(link for link in report.links if wanted in (link.url, link.target))
    places = {(place.path, place.range) for link in links for place in link.places}
    rules = {rule.code for rule in LinkChecker.rules}
    findings = tuple(
        finding
        for finding in report.findings
        if (finding.path, finding.range) in places and finding.rule.code in rules
    )
    notes = sorted_notes((*report.notes, *unreadable_notes(report)))
    return replace(report, links=links, findings=findings, notes=notes)


def _url(written: str, report: Report) -> str | None:
    """The URL to ask; None for what is not of the network."""
    if written.partition(":")[0].strip().lower() in ("http", "https"):
        return written
    web = (Kind.EXTERNAL, Kind.SITE)
    return next((link.target for link in report.links if link.kind in web), None)


def _with(
    options: WhyOptions,
    inputs: Iterable[Input],
    network: NetworkOptions,
    report: Report,
    url: str,
    outcome: Outcome,
) -> Report:
    """The report with the outcome in it."""
    if report.links:
        return _report(options, inputs, network, {masked(url): outcome})
    link = LinkRecord(masked(url), masked(url), Kind.EXTERNAL, outcome, ())
    return replace(report, links=(link,))


def _status(report: Report) -> int:
    if any(link.outcome.cause is Cause.INTERRUPTED for link in report.links):
        return ExitStatus.INTERRUPTED
    if any(link.places for link in report.links):
        return int(report.count(Severity.ERROR) > 0)
    return int(any(link.outcome.verdict is Verdict.BROKEN for link in report.links))
