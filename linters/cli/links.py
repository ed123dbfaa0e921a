"""List every link with its places and kind, without sending requests."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass, replace

from linters.checker import NetworkOptions
from linters.cli.command import Command
from linters.cli.exit_status import ExitStatus
from linters.cli.inputs import open_inputs_of
from linters.cli.options import ReadOptions, add_output_format, add_read_arguments, output_format
from linters.cli.output import print_error, print_lines, print_notes, print_report
from linters.cli.run_all import run_all, unreadable_notes
from linters.links.checker import LinkChecker
from linters.model.link import Cause, Outcome, Verdict
from linters.model.report import Report, sorted_notes
from linters.pipeline.run import Options
from linters.reports.formats import TEXT_FORMATS, renderer

_LISTED = Outcome(Verdict.SKIPPED, Cause.OFFLINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinksOptions:
    """The options of ``articlelint links``."""

    read: ReadOptions
    output_format: str | None = None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``LinksOptions``."""
    add_read_arguments(parser)
    add_output_format(parser.add_argument_group("output"))


def run(options: LinksOptions) -> int:
    """Run ``articlelint links``; returns the exit status.

    The formats for programs give a report without findings, whose links are all ``skipped``.
    """
    name = output_format(options.output_format)
    inputs = open_inputs_of(options.read)
    network = NetworkOptions(offline=True, cache_dir=options.read.cache.folder)
    report = run_all(inputs, (LinkChecker(),), Options(network=network))
    links = tuple(replace(link, outcome=_LISTED) for link in report.links)
    skipped = unreadable_notes(report)
    notes = sorted_notes((*report.notes, *skipped))
    listed = replace(report, findings=(), links=links, notes=notes, suppressed=0, lines=())
    if name in TEXT_FORMATS:
        print_lines(_lines(listed))
    else:
        print_report(renderer(name)(listed), name)
    print_notes(skipped)
    for error in report.errors:
        print_error(error)
    return ExitStatus.ERROR if report.errors else ExitStatus.OK


COMMAND = Command(add_arguments, LinksOptions, run)


def _lines(report: Report) -> Iterator[str]:
    """Each link with its kind, and below it its places."""
    for link in report.links:
        yield f"{link.url}  [{link.kind}]"
        for place in link.places:
            line, column = place.range.start
            yield f"  {place.path}:{line}:{column}  {place.syntax}"
