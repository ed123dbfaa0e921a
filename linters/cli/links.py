"""List every link with its places and kind; nothing is sent, and nothing judged."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from linters.checker import Network
from linters.config import find_config, load
from linters.discovery import find_root, select
from linters.links.checker import LinkChecker
from linters.links.record import Cause, Outcome, Verdict
from linters.pipeline import Options
from linters.pipeline import run as run_pipeline
from linters.report import Report
from linters.reports import FORMATS, renderer
from linters.reports.escape import escape_line

_LISTED = Outcome(Verdict.SKIPPED, Cause.OFFLINE)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``articlelint links``."""
    parser.add_argument("paths", nargs="*", default=["."], metavar="PATH")
    parser.add_argument("--output-format", choices=list(FORMATS), default="full")


def run(arguments: argparse.Namespace) -> int:
    """Run ``articlelint links``; returns the exit status."""
    paths = [Path(os.path.abspath(path)) for path in arguments.paths]  # noqa: PTH100
    config = find_config(paths[0])
    settings = load(config)
    selection = select(find_root(paths[0], config), paths, settings)
    report = run_pipeline(
        selection.repository,
        selection.reported,
        lambda _: settings,
        (LinkChecker(),),
        Options(network=Network(offline=True)),
    )
    listed = replace(
        report,
        findings=(),
        links=tuple(replace(link, outcome=_LISTED) for link in report.links),
    )
    if arguments.output_format in ("full", "concise"):
        sys.stdout.writelines(escape_line(line) + "\n" for line in _lines(listed))
    else:
        sys.stdout.write(renderer(arguments.output_format)(listed))
    return 0


def _lines(report: Report) -> Iterator[str]:
    """Each link with its kind, and below it its places."""
    for link in report.links:
        yield f"{link.url}  [{link.kind}]"
        for place in link.places:
            line, column = place.range.start
            yield f"  {place.path}:{line}:{column}  {place.syntax}"
