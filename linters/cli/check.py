"""Check articles: front matter, localization segments and links, in one report."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from linters.checker import Network
from linters.config import find_config, load
from linters.discovery import find_root, select
from linters.finding import Severity
from linters.pipeline import Options
from linters.pipeline import run as run_pipeline
from linters.plugins import load_checkers
from linters.reports import FORMATS, renderer


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``articlelint check``."""
    parser.add_argument("paths", nargs="*", default=["."], metavar="PATH")
    parser.add_argument("--offline", action="store_true", help="send nothing")
    parser.add_argument("--output-format", choices=list(FORMATS), default="full")


def run(arguments: argparse.Namespace) -> int:
    """Run ``articlelint check``; returns the exit status."""
    paths = [Path(os.path.abspath(path)) for path in arguments.paths]  # noqa: PTH100
    config = find_config(paths[0])
    root = find_root(paths[0], config)
    settings = load(config)
    selection = select(root, paths, settings)
    options = Options(
        network=Network(offline=arguments.offline), lines=arguments.output_format == "full"
    )
    report = run_pipeline(
        selection.repository,
        selection.reported,
        lambda _: settings,
        load_checkers(),
        options,
    )
    sys.stdout.write(renderer(arguments.output_format)(report))
    for error in report.errors:
        print(f"articlelint: error: {error}", file=sys.stderr)
    if report.errors:
        return 2
    return 1 if report.count(Severity.ERROR) else 0
