"""Runs a checker that looks at other trees as ``check`` runs its own, and reports alike."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace

from linters.checker import Checker, Network
from linters.cli.localization.inputs import Inputs
from linters.finding import Severity
from linters.pipeline import Options
from linters.pipeline import run as run_pipeline
from linters.reports import FORMATS, renderer


def add_report_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments that say how findings are reported."""
    parser.add_argument("--output-format", choices=list(FORMATS), default="full")


def report(arguments: argparse.Namespace, inputs: Inputs, checkers: Sequence[Checker]) -> int:
    """Check the inputs and print the report; returns the exit status, as of ``check``."""
    done = run_pipeline(
        inputs.selection.repository,
        inputs.selection.reported,
        inputs.settings_of,
        checkers,
        Options(network=Network(offline=True), lines=arguments.output_format == "full"),
    )
    done = replace(done, links=())
    sys.stdout.write(renderer(arguments.output_format)(done))
    for error in done.errors:
        print(f"articlelint: error: {error}", file=sys.stderr)
    if done.errors:
        return 2
    return 1 if done.count(Severity.ERROR) else 0
