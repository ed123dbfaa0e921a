"""Compare side-by-side articles with the published articles, or with the English source.

Published articles are matched by ``ms.openlocfilehash``; only the backslashes that the generator
adds are ignored. English articles are matched by path. Findings, formats and exit status are
those of ``articlelint check``.
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import dataclass

from linters.cli.command import Command
from linters.cli.inputs import named_paths, open_inputs
from linters.cli.localization.findings import FindingsOptions, add_report_arguments, report
from linters.cli.options import absolute
from linters.cli.output import print_note
from linters.cli.parser import UsageError
from linters.localization.exchange.comparison_state import ComparisonState
from linters.localization.exchange.tree_lookup import ArticleTree
from linters.localization.exchange.verify_published import PublishedChecker
from linters.localization.exchange.verify_source import SourceChecker
from linters.model.errors import UserError


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyOptions:
    """The options of ``articlelint localization verify``."""

    findings: FindingsOptions
    source: str | None = None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``VerifyOptions``."""
    add_report_arguments(parser, "PATH", "the articles, then the tree of published articles")
    parser.add_argument("--source", metavar="ENGLISH_TREE", help="compare with English articles")


def run(options: VerifyOptions) -> int:
    """Run ``articlelint localization verify``; returns the exit status."""
    path, published = _places(options)
    named = named_paths([path])
    inputs = open_inputs(options.findings.read, named)
    checkers: list[PublishedChecker | SourceChecker] = []
    if published is not None:
        checkers.append(PublishedChecker(_tree(published)))
    if options.source is not None:
        checkers.append(SourceChecker(_tree(options.source), named.paths))
    status = report(options.findings, [(entry, checkers) for entry in inputs])
    for checker in checkers:
        _summarize(checker, quiet=options.findings.output.quiet)
    if not any(ComparisonState.COMPARED in checker.states.values() for checker in checkers):
        raise UserError("nothing could be compared")
    return status


COMMAND = Command(add_arguments, VerifyOptions, run)


def _places(options: VerifyOptions) -> tuple[str, str | None]:
    """The articles' path and the published tree's."""
    paths = options.findings.read.paths
    if len(paths) == 2:
        return paths[0], paths[1]
    if len(paths) > 2:
        raise UsageError(f"expected PATH and PUBLISHED_TREE, got {len(paths)} paths")
    if options.source is None:
        raise UsageError("expected PATH and PUBLISHED_TREE, or PATH --source ENGLISH_TREE")
    return (paths[0] if paths else "."), None


def _tree(name: str) -> ArticleTree:
    path = absolute(name)
    if not path.exists():
        raise UserError(f"{name}: no such file or folder")
    return ArticleTree(path, name)


def _summarize(checker: PublishedChecker | SourceChecker, *, quiet: bool) -> None:
    if quiet:
        return
    counts = Counter(checker.states.values())
    total = sum(counts.values())
    compared = counts.pop(ComparisonState.COMPARED, 0)
    passed_over = ", ".join(f"{number:,} {state}" for state, number in sorted(counts.items()))
    rest = f"; not compared: {passed_over}" if passed_over else ""
    print_note(f"{checker.name}: {compared:,} of {total:,} articles compared{rest}")
