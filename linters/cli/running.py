"""One checker over every root that was given, for commands that only ask what there is."""

from __future__ import annotations

from collections.abc import Iterable

from linters.checker import Checker
from linters.cli.common import Input
from linters.model.report import Report, merge
from linters.pipeline.process_pool import pool
from linters.pipeline.run import Options, RunInput, run


def run_all(inputs: Iterable[Input], checker: Checker, options: Options) -> Report:
    """The report of all roots together."""
    reports = []
    for one in inputs:
        paths = one.selection.reported
        with pool(None, len(paths)) as executor:
            report = run(RunInput(one.selection.repository, paths, (checker,), options), executor)
        reports.append((one.prefix, report))
    return merge(reports)
