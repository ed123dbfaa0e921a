"""List every link with its places and kind; nothing is sent, and nothing judged."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace

from linters.checker import NetworkOptions
from linters.cli.common import (
    HUMAN_FORMATS,
    add_common_arguments,
    add_output_format,
    cache_dir,
    check_words,
    complain,
    emit,
    open_inputs,
    output_format,
    sources,
)
from linters.cli.running import run_all
from linters.links.checker import LinkChecker
from linters.model.link import Cause, Outcome, Verdict
from linters.model.report import Report
from linters.pipeline.run import Options
from linters.reports.escape import escape_line
from linters.reports.formats import renderer

_LISTED = Outcome(Verdict.SKIPPED, Cause.OFFLINE)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``articlelint links``."""
    add_common_arguments(parser)
    add_output_format(parser.add_argument_group("output"))


def run(arguments: argparse.Namespace) -> int:
    """Run ``articlelint links``; returns the exit status.

    The formats for programs give a report without findings, whose links are all ``skipped``.
    """
    name = output_format(arguments)
    inputs = open_inputs(arguments, sources(arguments.paths))
    check_words(arguments, inputs)
    options = Options(network=NetworkOptions(offline=True, cache_dir=cache_dir(arguments)))
    report = run_all(inputs, LinkChecker(), options)
    links = tuple(replace(link, outcome=_LISTED) for link in report.links)
    listed = replace(report, findings=(), links=links, suppressed=0, lines=())
    if name in HUMAN_FORMATS:
        emit("".join(escape_line(line) + "\n" for line in _lines(listed)), name)
    else:
        emit(renderer(name)(listed), name)
    for error in report.errors:
        complain(error)
    return 2 if report.errors else 0


def _lines(report: Report) -> Iterator[str]:
    """Each link with its kind, and below it its places."""
    for link in report.links:
        yield f"{link.url}  [{link.kind}]"
        for place in link.places:
            line, column = place.range.start
            yield f"  {place.path}:{line}:{column}  {place.syntax}"
