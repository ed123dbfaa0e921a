"""One checker over every root, for commands that only list what there is."""

from __future__ import annotations

from collections.abc import Iterable

from linters.checker import Checker
from linters.cli.inputs import Input
from linters.model.report import Report, merge
from linters.pipeline.process_pool import pool
from linters.pipeline.run import Options, RunInput, run


def run_all(inputs: Iterable[Input], checker: Checker, options: Options) -> Report:
    """The report of all roots together."""
    reports = []
    for entry in inputs:
        paths = entry.selection.reported
        with pool(None, len(paths)) as executor:
            given = RunInput(entry.selection.repository, paths, (checker,), options)
            reports.append((entry.prefix, run(given, executor)))
    return merge(reports)
