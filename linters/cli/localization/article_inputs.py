"""The articles that the localization commands read."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from linters.article.article import MAX_BYTES, Article, UnreadableError
from linters.cli.inputs import Input
from linters.cli.localization.messages import Messages
from linters.model.errors import UserError
from linters.util.files import FileError, read_stream


def without_output(inputs: Sequence[Input], named: Sequence[Path], output: Path) -> list[Input]:
    """The inputs without the files in ``output``, if that folder is inside a named path."""
    if not any(path in output.parents for path in named):
        return list(inputs)
    kept = []
    for entry in inputs:
        root = entry.selection.repository.root
        paths = tuple(
            path for path in entry.selection.reported if output not in (root / path).parents
        )
        kept.append(replace(entry, selection=replace(entry.selection, reported=paths)))
    return kept


def files(inputs: Sequence[Input]) -> list[Path]:
    """The absolute paths of all articles."""
    return [
        entry.selection.repository.root / path
        for entry in inputs
        for path in entry.selection.reported
    ]


def read_all(inputs: Sequence[Input], messages: Messages) -> Iterator[tuple[Input, Article]]:
    """All readable articles; the others are reported."""
    for entry in inputs:
        for path in entry.selection.reported:
            try:
                yield entry, entry.selection.repository.read(path)
            except UnreadableError as error:
                messages.unreadable(entry.prefix + path, str(error))


def read_standard_input() -> Article:
    """The article on standard input; UserError if it is unreadable."""
    try:
        return Article.from_bytes("-", read_stream(sys.stdin.buffer, MAX_BYTES))
    except (FileError, UnreadableError) as error:
        raise UserError(f"standard input: {error}") from error
