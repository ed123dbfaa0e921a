"""Write the segments of side-by-side articles as TMX 1.4b or XLIFF 2.0.

Each unit has the segment's id, its file and place, and the translation type (MT for machine, HT
for human). With --output-format, unreadable files are a report: on standard output with --output,
else on standard error. Exit status: 0, or 2 if something cannot be read or written.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from linters.cli.command import Command
from linters.cli.exit_status import ExitStatus
from linters.cli.inputs import Input, open_inputs_of
from linters.cli.localization.article_inputs import files, read_all
from linters.cli.localization.messages import Messages
from linters.cli.options import (
    ReadOptions,
    absolute,
    add_output_format,
    add_read_arguments,
    output_format,
)
from linters.localization.article_locale import locale_of
from linters.localization.exchange.tmx import write_tmx
from linters.localization.exchange.translation_units import UNKNOWN_LOCALE, Languages, Unit, units
from linters.localization.exchange.xliff import write_xliff
from linters.model.errors import UserError
from linters.model.note import Note
from linters.reports.summary import plural
from linters.repository.locale import stated_locales
from linters.util.safe_paths import write_output


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOptions:
    """The options of ``articlelint localization export``."""

    format: str
    read: ReadOptions
    output: str | None = None
    output_format: str | None = None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``ExportOptions``."""
    add_read_arguments(parser)
    parser.add_argument("--format", choices=("tmx", "xliff"), required=True)
    parser.add_argument("--output", metavar="FILE", help="write to FILE, not to standard output")
    add_output_format(parser)


def run(options: ExportOptions) -> int:
    """Run ``articlelint localization export``; returns the exit status."""
    messages = Messages(output_format(options.output_format))
    inputs = open_inputs_of(options.read)
    languages = _languages(inputs, messages)
    members = _units(inputs, languages, messages)
    if options.format == "tmx":
        pieces = write_tmx(members, {pair.source for pair in languages.values()})
    else:
        pieces = write_xliff(members, _only_pair(languages.values()))
    if options.output is None:
        for piece in pieces:
            sys.stdout.buffer.write(piece.encode())
        sys.stdout.buffer.flush()
    else:
        _write(absolute(options.output), pieces, inputs)
        articles = plural(len(languages), "article")
        messages.note(Note(f"segments of {articles} written to {options.output}"))
    messages.close(inputs, output_is_free=options.output is not None)
    return ExitStatus.ERROR if messages.failed else ExitStatus.OK


COMMAND = Command(add_arguments, ExportOptions, run)


def _languages(inputs: Sequence[Input], messages: Messages) -> dict[str, Languages]:
    """Path to languages, for every article with segments."""
    languages: dict[str, Languages] = {}
    for entry, article in read_all(inputs, messages):
        if article.segments:
            repository = entry.selection.repository
            settings = repository.settings_of(article.path)
            locale = locale_of(article, stated_locales(repository.build), settings)
            source = settings.localization.source_locale
            languages[entry.prefix + article.path] = Languages(source, locale or UNKNOWN_LOCALE)
    if not languages:
        raise UserError("no segments to export: none of the articles is side-by-side")
    known = {pair.target for pair in languages.values()} - {UNKNOWN_LOCALE}
    unknown = [path for path, pair in languages.items() if pair.target == UNKNOWN_LOCALE]
    if unknown and len(known) == 1:
        target = known.pop()
        languages |= {path: languages[path]._replace(target=target) for path in unknown}
    elif unknown:
        articles = plural(len(unknown), "article")
        messages.note(Note(f"exported as und, without ms.contentlocale: {articles}"))
    return languages


def _only_pair(languages: Iterable[Languages]) -> Languages:
    """The languages that all articles have; UserError if there are several."""
    pairs = set(languages)
    for name in ("target", "source"):
        found = sorted({getattr(pair, name) for pair in pairs})
        if len(found) > 1:
            raise UserError(
                f"XLIFF has one {name} language, but the articles have {', '.join(found)}: "
                "export them separately, or as TMX"
            )
    return pairs.pop()


def _units(
    inputs: Sequence[Input], languages: Mapping[str, Languages], messages: Messages
) -> Iterator[Unit]:
    for entry, article in read_all(inputs, messages):
        path = entry.prefix + article.path
        if path in languages:
            yield from units(article, path, languages[path])


def _write(output: Path, pieces: Iterable[str], inputs: Sequence[Input]) -> None:
    """Write the file whole or not at all."""
    if output.exists() and any(
        source.exists() and os.path.samefile(source, output)  # noqa: PTH121
        for source in files(inputs)
    ):
        raise UserError(f"{output} is one of the articles: choose another file")
    write_output(output, (piece.encode() for piece in pieces), creates_folders=False)
