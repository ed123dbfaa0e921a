"""Write the published text of side-by-side articles: the targets, without markers and sources.

Every byte outside the markers and the source sides is kept. On a terminal, control characters
are shown as escapes. With --output-format, unreadable files and damaged segments are a report:
on standard output with --output, else on standard error. Exit status: 0, or 2 if a file cannot be
read or written.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass

from linters.article.article import Article
from linters.cli.command import Command
from linters.cli.exit_status import ExitStatus
from linters.cli.inputs import named_paths, open_inputs_of
from linters.cli.localization.article_inputs import (
    files,
    read_all,
    read_standard_input,
    without_output,
)
from linters.cli.localization.messages import Messages
from linters.cli.options import (
    ReadOptions,
    absolute,
    add_output_format,
    add_read_arguments,
    output_format,
)
from linters.cli.output import print_lines
from linters.cli.parser import UsageError
from linters.localization.exchange.output_tree import plan, write
from linters.localization.exchange.published_bytes import leftover_lines, published_bytes
from linters.model.note import Note


@dataclass(frozen=True, slots=True, kw_only=True)
class StripOptions:
    """The options of ``articlelint localization strip``."""

    read: ReadOptions
    output: str | None = None
    output_format: str | None = None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``StripOptions``."""
    add_read_arguments(parser, "PATH|-", "files and folders, or - for standard input")
    parser.add_argument(
        "--output", metavar="DIR", help="write a folder tree into DIR, not to standard output"
    )
    add_output_format(parser)


def run(options: StripOptions) -> int:
    """Run ``articlelint localization strip``; returns the exit status."""
    messages = Messages(output_format(options.output_format))
    if "-" in options.read.paths:
        return _strip_standard_input(options, messages)
    named = named_paths(options.read.paths)
    inputs = open_inputs_of(options.read)
    if not options.output:
        for entry, article in read_all(inputs, messages):
            _print(_stripped(article, entry.prefix, messages))
        messages.close(inputs, output_is_free=False)
        return ExitStatus.ERROR if messages.failed else ExitStatus.OK
    output = absolute(options.output)
    kept = without_output(inputs, named.paths, output)
    targets = plan(files(kept), named.paths, output)
    for entry, article in read_all(kept, messages):
        target = targets[entry.selection.repository.root / article.path]
        write(target, _stripped(article, entry.prefix, messages))
    messages.close(kept, output_is_free=True)
    return ExitStatus.ERROR if messages.failed else ExitStatus.OK


COMMAND = Command(add_arguments, StripOptions, run)


def _strip_standard_input(options: StripOptions, messages: Messages) -> int:
    if len(options.read.paths) > 1:
        raise UsageError("standard input (-) cannot be combined with paths")
    if options.output:
        raise UsageError("--output needs paths: standard input has no name")
    _print(_stripped(read_standard_input(), "", messages))
    messages.close((), output_is_free=False)
    return ExitStatus.OK


def _print(data: bytes) -> None:
    """Write an article to standard output: escaped to a terminal, as it is to anything else."""
    if sys.stdout.isatty():
        lines = data.decode("utf-8", "replace").removeprefix("\ufeff").split("\n")
        print_lines(line.removesuffix("\r") for line in (lines[:-1] if not lines[-1] else lines))
        return
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def _stripped(article: Article, prefix: str, messages: Messages) -> bytes:
    lines = leftover_lines(article)
    if lines:
        shown = ", ".join(str(line) for line in lines[:5]) + (", …" if len(lines) > 5 else "")
        messages.note(Note(f"damaged segments in line {shown}", prefix + article.path))
    return published_bytes(article)
