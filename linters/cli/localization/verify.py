"""Compare side-by-side articles with what was published, or with the English source.

Published articles are matched by path, or else by hash, and compared where their
``ms.openlocfilehash`` is the article's; only the backslashes that the generator added are
ignored. English articles are matched by path. Findings, formats and exit status are those
of ``articlelint check``.
"""

from __future__ import annotations

import argparse
from collections import Counter

from linters.cli.common import absolute, sources, tell
from linters.cli.localization.findings import add_report_arguments, report
from linters.cli.localization.inputs import open_articles
from linters.localization.exchange.comparison_state import State
from linters.localization.exchange.tree_lookup import Tree
from linters.localization.exchange.verify_published import PublishedChecker
from linters.localization.exchange.verify_source import SourceChecker
from linters.model.errors import UserError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``articlelint localization verify``."""
    add_report_arguments(parser, "PATH", "the articles, then the tree of what was published")
    parser.add_argument("--source", metavar="ENGLISH_TREE", help="compare with English articles")


def run(arguments: argparse.Namespace) -> int:
    """Run ``articlelint localization verify``; returns the exit status."""
    path, published = _places(arguments)
    inputs = open_articles(arguments, [path])
    checkers: list[PublishedChecker | SourceChecker] = []
    if published is not None:
        checkers.append(PublishedChecker(_tree(published)))
    if arguments.source is not None:
        checkers.append(SourceChecker(_tree(arguments.source), sources([path]).paths))
    status = report(arguments, [(one, checkers) for one in inputs])
    for checker in checkers:
        _summarize(checker, quiet=arguments.quiet)
    if not any(State.COMPARED in checker.states.values() for checker in checkers):
        raise UserError("nothing could be compared")
    return status


def _places(arguments: argparse.Namespace) -> tuple[str, str | None]:
    """The articles' path and the published tree's."""
    paths: list[str] = arguments.paths
    if len(paths) == 2:
        return paths[0], paths[1]
    if len(paths) > 2:
        raise UserError(f"PATH and PUBLISHED_TREE are two, not {len(paths)}")
    if arguments.source is None:
        raise UserError("name PATH and PUBLISHED_TREE, or PATH --source ENGLISH_TREE")
    return (paths[0] if paths else "."), None


def _tree(name: str) -> Tree:
    path = absolute(name)
    if not path.exists():
        raise UserError(f"{name}: no such file or folder")
    return Tree(path, name)


def _summarize(checker: PublishedChecker | SourceChecker, *, quiet: bool) -> None:
    if quiet:
        return
    counts = Counter(checker.states.values())
    total = sum(counts.values())
    compared = counts.pop(State.COMPARED, 0)
    passed_over = ", ".join(f"{number:,} {state}" for state, number in sorted(counts.items()))
    rest = f"; not compared: {passed_over}" if passed_over else ""
    tell(f"{checker.name}: {compared:,} of {total:,} articles compared{rest}")
