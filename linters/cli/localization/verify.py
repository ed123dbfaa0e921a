"""Compare side-by-side articles with what was published, or with the English source.

Published articles are matched by path, or else by hash, and compared where their
``ms.openlocfilehash`` is the article's; only the backslashes that the generator added are
ignored. English articles are matched by path. Findings, formats and exit status are those
of ``articlelint check``.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter

from linters.cli.localization.findings import add_report_arguments, report
from linters.cli.localization.inputs import absolute, note_down, open_inputs
from linters.errors import UserError
from linters.localization.exchange.counterparts import Tree
from linters.localization.exchange.states import State
from linters.localization.exchange.verify_published import PublishedChecker
from linters.localization.exchange.verify_source import SourceChecker


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``articlelint localization verify``."""
    parser.add_argument("path", metavar="PATH")
    parser.add_argument("published", metavar="PUBLISHED_TREE", nargs="?")
    parser.add_argument("--source", metavar="ENGLISH_TREE", help="compare with English articles")
    add_report_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Run ``articlelint localization verify``; returns the exit status."""
    checkers: list[PublishedChecker | SourceChecker] = []
    inputs = open_inputs([arguments.path])
    if arguments.published is not None:
        checkers.append(PublishedChecker(_tree(arguments.published)))
    if arguments.source is not None:
        named = [path for one in inputs for path in one.named]
        checkers.append(SourceChecker(_tree(arguments.source), named))
    if not checkers:
        raise UserError("name the published tree behind PATH, or an English one with --source")
    status = report(arguments, [(one, checkers) for one in inputs])
    sys.stdout.flush()
    for checker in checkers:
        _summarize(checker)
    if not any(State.COMPARED in checker.states.values() for checker in checkers):
        raise UserError("nothing could be compared")
    return status


def _tree(name: str) -> Tree:
    path = absolute(name)
    if not path.exists():
        raise UserError(f"{name}: no such file or folder")
    return Tree(path, name)


def _summarize(checker: PublishedChecker | SourceChecker) -> None:
    counts = Counter(checker.states.values())
    total = sum(counts.values())
    compared = counts.pop(State.COMPARED, 0)
    passed_over = ", ".join(f"{number:,} {state}" for state, number in sorted(counts.items()))
    rest = f"; not compared: {passed_over}" if passed_over else ""
    note_down(f"{checker.name}: {compared:,} of {total:,} articles compared{rest}")
