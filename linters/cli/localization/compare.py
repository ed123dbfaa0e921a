"""Compare articles across locales: missing segments and differing links.

Each TREE contains the articles of one locale; articles with the same path below their trees are
compared. Segments are matched by the number in their id, and only if ``ms.sourcegitcommit`` is
equal. Findings, formats and exit status are those of ``articlelint check``.
"""

from __future__ import annotations

import argparse

from linters.cli.command import Command
from linters.cli.inputs import Input, named_paths, open_inputs
from linters.cli.localization.findings import FindingsOptions, add_report_arguments, report
from linters.cli.options import absolute
from linters.cli.output import print_note
from linters.cli.parser import UsageError
from linters.localization.exchange.compare_locales import (
    ComparedChecker,
    Comparison,
    LocaleTree,
    compare_trees,
)
from linters.model.errors import UserError

_SHOWN = 5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``FindingsOptions``."""
    add_report_arguments(parser, "TREE", "the folders to compare, one for each locale")


def run(options: FindingsOptions) -> int:
    """Run ``articlelint localization compare``; returns the exit status."""
    names = options.read.paths
    for name in names:
        if absolute(name).is_file():
            raise UserError(f"{name}: not a folder")
    inputs = open_inputs(options.read, named_paths(names))
    if len({absolute(name) for name in names}) < 2:
        raise UsageError("expected at least two trees to compare")
    trees = [(entry, _tree(entry, name)) for name in names for entry in inputs]
    comparison = compare_trees([tree for _, tree in trees])
    status = report(options, [(entry, (_checker(entry, trees, comparison),)) for entry in inputs])
    if not options.output.quiet:
        _summarize(comparison)
    if not comparison.compared:
        raise UserError("nothing could be compared")
    return status


COMMAND = Command(add_arguments, FindingsOptions, run)


def _tree(entry: Input, name: str) -> LocaleTree:
    """The articles of a root that are in a tree; none if the tree is outside of the root."""
    root, folder = entry.selection.repository.root, absolute(name)
    return LocaleTree(
        name=name,
        repository=entry.selection.repository,
        articles={
            (root / path).relative_to(folder).as_posix(): path
            for path in entry.selection.reported
            if (root / path).is_relative_to(folder)
        },
        prefix=entry.prefix,
    )


def _checker(
    entry: Input, trees: list[tuple[Input, LocaleTree]], comparison: Comparison
) -> ComparedChecker:
    found = [
        finding
        for (number, _), findings in comparison.findings.items()
        if trees[number][0] is entry
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
    print_note(
        f"{comparison.compared:,} articles compared" + (f"; not: {', '.join(rest)}" if rest else "")
    )
