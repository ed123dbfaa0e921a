"""Write the published text of side-by-side articles: the targets, without markers and sources.

Every byte outside the markers and the source sides is kept as it is. Exit status: 0, or 2
where a file cannot be read or written.
"""

from __future__ import annotations

import argparse
import sys

from linters.article.article import Article
from linters.cli.common import absolute, add_common_arguments, check_words, sources, tell
from linters.cli.localization.inputs import (
    files,
    open_articles,
    read_all,
    read_standard_input,
    without_output,
)
from linters.localization.exchange.output_tree import plan, write
from linters.localization.exchange.strip import leftover_lines, published_bytes
from linters.model.errors import UserError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``articlelint localization strip``."""
    add_common_arguments(parser, "PATH|-", "files and folders, or - for standard input")
    parser.add_argument(
        "--output", metavar="DIR", help="write a folder tree into DIR, not to standard output"
    )


def run(arguments: argparse.Namespace) -> int:
    """Run ``articlelint localization strip``; returns the exit status."""
    if "-" in arguments.paths:
        return _strip_standard_input(arguments)
    inputs = open_articles(arguments, arguments.paths)
    check_words(arguments, inputs)
    failed: list[str] = []
    if not arguments.output:
        for one, article in read_all(inputs, failed):
            sys.stdout.buffer.write(_stripped(article, one.prefix))
        sys.stdout.buffer.flush()
        return 2 if failed else 0
    output = absolute(arguments.output)
    named = sources(arguments.paths).paths
    kept = without_output(inputs, named, output)
    targets = plan(files(kept), named, output)
    for one, article in read_all(kept, failed):
        target = targets[one.selection.repository.root / article.path]
        write(target, _stripped(article, one.prefix))
    return 2 if failed else 0


def _strip_standard_input(arguments: argparse.Namespace) -> int:
    if len(arguments.paths) > 1:
        raise UserError("standard input (-) cannot be combined with paths")
    if arguments.output:
        raise UserError("--output needs paths: standard input has no name")
    sys.stdout.buffer.write(_stripped(read_standard_input(), ""))
    sys.stdout.buffer.flush()
    return 0


def _stripped(article: Article, prefix: str) -> bytes:
    lines = leftover_lines(article)
    if lines:
        shown = ", ".join(str(line) for line in lines[:5]) + (", …" if len(lines) > 5 else "")
        tell(f"{prefix}{article.path}: damaged segments in line {shown}")
    return published_bytes(article)
