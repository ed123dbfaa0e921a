"""Compare the same articles in several locales: which miss a segment, whose links differ.

Each TREE holds the articles of one locale; articles are the same where their paths below the
trees are. Segments are aligned by the number in their id, and only where
``ms.sourcegitcommit`` is equal. Findings, formats and exit status are those of ``articlelint
check``.
"""

from __future__ import annotations

import argparse
import sys

from linters.cli.localization.findings import add_report_arguments, report
from linters.cli.localization.inputs import Inputs, absolute, note_down, open_inputs
from linters.errors import UserError
from linters.localization.exchange.compare_locales import (
    ComparedChecker,
    Comparison,
    LocaleTree,
    compare_trees,
)

_SHOWN = 5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``articlelint localization compare``."""
    parser.add_argument("trees", nargs="+", metavar="TREE")
    add_report_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Run ``articlelint localization compare``; returns the exit status."""
    for name in arguments.trees:
        if absolute(name).is_file():
            raise UserError(f"{name}: not a folder")
    inputs = open_inputs(arguments.trees)
    trees = [(one, _tree(one, name)) for name in arguments.trees for one in _holding(inputs, name)]
    if len({absolute(name) for name in arguments.trees}) < 2:
        raise UserError("name at least two trees to compare")
    comparison = compare_trees([tree for _, tree in trees])
    status = report(arguments, [(one, (_checker(one, trees, comparison),)) for one in inputs])
    sys.stdout.flush()
    _summarize(comparison)
    if not comparison.compared:
        raise UserError("nothing could be compared")
    return status


def _holding(inputs: tuple[Inputs, ...], name: str) -> list[Inputs]:
    return [one for one in inputs if absolute(name) in one.named]


def _tree(inputs: Inputs, name: str) -> LocaleTree:
    folder = absolute(name)
    paths = (path for path in inputs.selection.reported)
    return LocaleTree(
        name=name,
        repository=inputs.selection.repository,
        articles={
            (inputs.root / path).relative_to(folder).as_posix(): path
            for path in paths
            if (inputs.root / path).is_relative_to(folder)
        },
        prefix=inputs.prefix,
        locale=inputs.settings_of("").localization.locale,
    )


def _checker(
    inputs: Inputs, trees: list[tuple[Inputs, LocaleTree]], comparison: Comparison
) -> ComparedChecker:
    found = [
        finding
        for (number, _), findings in comparison.findings.items()
        if trees[number][0] is inputs
        for finding in findings
    ]
    return ComparedChecker(found)


def _summarize(comparison: Comparison) -> None:
    rest = []
    if comparison.other_commit:
        names = ", ".join(comparison.other_commit[:_SHOWN])
        more = ", …" if len(comparison.other_commit) > _SHOWN else ""
        rest.append(
            f"{len(comparison.other_commit):,} of differing ms.sourcegitcommit ({names}{more})"
        )
    if comparison.without_commit:
        rest.append(f"{comparison.without_commit:,} without ms.sourcegitcommit")
    if comparison.alone:
        rest.append(f"{comparison.alone:,} in one locale only")
    note_down(
        f"{comparison.compared:,} articles compared" + (f"; not: {', '.join(rest)}" if rest else "")
    )
