"""Explain one link: its places, rule and verdict, every hop, and what is stored of it.

The link is asked now, past the store and without changing it; with --offline only what is
stored is shown. Exit status: 1 where the link has a finding that is an error (or is broken,
where no article has it), else 0.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from linters.checker import NetworkOptions
from linters.cli import check_arguments
from linters.cli.common import (
    HUMAN_FORMATS,
    Input,
    Sources,
    add_common_arguments,
    add_output_format,
    check_words,
    configurations,
    emit,
    open_inputs,
    output_format,
    root_of,
    sources,
)
from linters.cli.running import run_all
from linters.findings.rule_settings import RuleSelection
from linters.links.checker import LinkChecker
from linters.links.one_link import OneLink
from linters.model.errors import UserError
from linters.model.finding import Severity
from linters.model.link import Cause, Kind, LinkRecord, Outcome, Verdict
from linters.model.report import Report
from linters.pipeline.run import Options
from linters.reports.escape import escape_line
from linters.reports.formats import renderer
from linters.repository.discovery import Selection
from linters.repository.repository import Repository
from linters.util.redact import masked

INTERRUPTED = 130


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``articlelint why``."""
    parser.add_argument("url", metavar="URL", help="absolute, or as an article writes it")
    add_common_arguments(parser)
    check_arguments.add_network(parser)
    add_output_format(parser.add_argument_group("output"))


def run(arguments: argparse.Namespace) -> int:
    """Run ``articlelint why``; returns the exit status."""
    name = output_format(arguments)
    inputs = _inputs(arguments)
    check_words(arguments, inputs)
    settings = inputs[0].configurations.of("").links
    network = check_arguments.network(arguments)
    report = _report(arguments, inputs, network, {})
    url = _url(arguments.url, report)
    inspection = None
    if url is not None:
        from linters.links.network.inspection import inspect

        inspection = inspect(url, settings, network)
        outcome = inspection.told
        if outcome is not None:
            report = _with(arguments, inputs, network, report, url, outcome)
    if name in HUMAN_FORMATS:
        from linters.links.explanation import explain

        for line in explain(url or arguments.url, report, inspection, settings):
            sys.stdout.write(escape_line(line) + "\n")
    else:
        emit(renderer(name)(report), name)
    return _status(report)


def _inputs(arguments: argparse.Namespace) -> tuple[Input, ...]:
    """The named paths; without any, the whole repository that the current folder is in."""
    if arguments.paths:
        return open_inputs(arguments, sources(arguments.paths))
    root = root_of(Path.cwd(), arguments)
    try:
        return open_inputs(arguments, Sources((root,)))
    except UserError:  # no articles here: the link is explained nevertheless
        nothing = Selection(Repository(root, frozenset()), ())
        return (Input(nothing, configurations(root, arguments)),)


def _report(
    arguments: argparse.Namespace,
    inputs: Iterable[Input],
    network: NetworkOptions,
    outcomes: Mapping[str, Outcome],
) -> Report:
    """What the repositories have of the link: its records, and the findings at its places."""
    options = Options(
        choice=RuleSelection(select=None if arguments.select is None else tuple(arguments.select)),
        network=NetworkOptions(cache_dir=network.cache_dir),
    )
    report = run_all(inputs, OneLink(outcomes), options)
    wanted = masked(arguments.url)
    links = tuple(link for link in report.links if wanted in (link.url, link.target))
    places = {(place.path, place.range) for link in links for place in link.places}
    rules = {rule.code for rule in LinkChecker.rules}
    findings = tuple(
        finding
        for finding in report.findings
        if (finding.path, finding.range) in places and finding.rule.code in rules
    )
    return replace(report, links=links, findings=findings)


def _url(written: str, report: Report) -> str | None:
    """The URL to ask; None for what is not of the network."""
    if written.partition(":")[0].strip().lower() in ("http", "https"):
        return written
    web = (Kind.EXTERNAL, Kind.SITE)
    return next((link.target for link in report.links if link.kind in web), None)


def _with(
    arguments: argparse.Namespace,
    inputs: Iterable[Input],
    network: NetworkOptions,
    report: Report,
    url: str,
    outcome: Outcome,
) -> Report:
    """The report with the outcome in it."""
    if report.links:
        return _report(arguments, inputs, network, {masked(url): outcome})
    link = LinkRecord(masked(url), masked(url), Kind.EXTERNAL, outcome, ())
    return replace(report, links=(link,))


def _status(report: Report) -> int:
    if any(link.outcome.cause is Cause.INTERRUPTED for link in report.links):
        return INTERRUPTED
    if any(link.places for link in report.links):
        return int(report.count(Severity.ERROR) > 0)
    return int(any(link.outcome.verdict is Verdict.BROKEN for link in report.links))
