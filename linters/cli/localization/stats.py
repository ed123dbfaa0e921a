"""Count the segments, words, translation states and findings of side-by-side articles.

Words are counted in sources and targets; in scripts without spaces, each character counts.
Findings are those of the localization rules. Exit status: 0, or 2 if something cannot be
read.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from linters.checker import NetworkOptions
from linters.cli.command import Command
from linters.cli.exit_status import ExitStatus
from linters.cli.inputs import Input, open_inputs_of
from linters.cli.localization.article_inputs import read_all
from linters.cli.localization.messages import Messages
from linters.cli.options import ReadOptions, add_output_format, add_read_arguments, output_format
from linters.cli.output import columns_of_output, print_lines, print_report
from linters.findings.core_rules import UNUSED_SUPPRESSION
from linters.findings.rule_settings import RuleSelection
from linters.localization.article_locale import locale_of
from linters.localization.checker import LocalizationChecker
from linters.localization.exchange.segment_statistics import (
    NO_STATE,
    SEVERITIES,
    STATES,
    ArticleStatistics,
    Totals,
    article_statistics,
    totals,
)
from linters.model.errors import UserError
from linters.model.finding import Finding
from linters.pipeline.run import Options, RunInput
from linters.pipeline.run import run as run_pipeline
from linters.reports.json_text import json_text
from linters.repository.locale import stated_locales

_FORMATS = ("text", "full", "concise", "json", "csv")
_COUNTS = ("segments", "source_words", "target_words")
_HEADINGS = ("articles", "segments", "source words", "target words", "errors", "warnings", "infos")


@dataclass(frozen=True, slots=True, kw_only=True)
class StatsOptions:
    """The options of ``articlelint localization stats``."""

    read: ReadOptions
    output_format: str | None = None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``StatsOptions``."""
    add_read_arguments(parser)
    add_output_format(parser, _FORMATS)


def run(options: StatsOptions) -> int:
    """Run ``articlelint localization stats``; returns the exit status."""
    name = output_format(options.output_format, _FORMATS)
    messages = Messages("full")
    inputs = open_inputs_of(options.read)
    selection = RuleSelection(select=options.read.select)
    rows = [row for entry in inputs for row in _rows(entry, selection, messages)]
    if not rows:
        raise UserError("no segments to count: none of the articles is side-by-side")
    if name == "json":
        print_report(_as_json(rows), "json")
    elif name == "csv":
        print_report(_as_csv(rows), "csv")
    else:
        print_lines(_as_text(rows))
    return ExitStatus.ERROR if messages.failed else ExitStatus.OK


COMMAND = Command(add_arguments, StatsOptions, run)


def _rows(
    entry: Input, selection: RuleSelection, messages: Messages
) -> Iterator[ArticleStatistics]:
    """The statistics of each article of a root that has segments."""
    repository = entry.selection.repository
    options = Options(choice=selection, network=NetworkOptions(offline=True), lines=False)
    report = run_pipeline(
        RunInput(repository, entry.selection.reported, (LocalizationChecker(),), options)
    )
    for error in report.errors:
        messages.error(error)
    findings: dict[str, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        if finding.rule != UNUSED_SUPPRESSION:
            findings[finding.path].append(finding)
    stated = stated_locales(repository.build)
    for _, article in read_all([entry], messages):
        if article.segments:
            locale = locale_of(article, stated, repository.settings_of(article.path))
            found = findings[article.path]
            yield article_statistics(article, entry.prefix + article.path, locale, found)


def _groups(rows: Sequence[ArticleStatistics]) -> dict[str, Totals]:
    """The totals of each state that occurs, and of all articles."""
    groups = {
        state: totals(row for row in rows if row.state == state) for state in (*STATES, NO_STATE)
    }
    return {
        **{state: group for state, group in groups.items() if group.articles},
        "total": totals(rows),
    }


def _counts(row: ArticleStatistics | Totals) -> dict[str, int]:
    counts = {name: getattr(row, name) for name in _COUNTS}
    return counts | {str(severity): row.findings.get(severity, 0) for severity in SEVERITIES}


def _as_json(rows: Sequence[ArticleStatistics]) -> str:
    document: Mapping[str, Any] = {
        "version": 1,
        "totals": {
            name: {"articles": group.articles, **_counts(group)}
            for name, group in _groups(rows).items()
        },
        "articles": [
            {"path": row.path, "locale": row.locale, "state": row.state, **_counts(row)}
            for row in rows
        ],
    }
    return json_text(document)


def _as_csv(rows: Sequence[ArticleStatistics]) -> str:
    """One line for each article; spreadsheets sum the columns."""
    buffer = io.StringIO()
    names = ("path", "locale", "state", *_counts(rows[0]))
    writer = csv.DictWriter(buffer, names, lineterminator="\r\n")  # RFC 4180
    writer.writeheader()
    for row in rows:
        writer.writerow(
            {
                "path": _cell(row.path),
                "locale": row.locale or "",
                "state": row.state,
                **_counts(row),
            }
        )
    return buffer.getvalue()


def _cell(text: str) -> str:
    """A cell that spreadsheets do not read as a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _as_text(rows: Sequence[ArticleStatistics]) -> Iterator[str]:
    """A table of the articles, then one of the totals by state."""
    lines: list[Sequence[str]] = [("", *_HEADINGS[1:])]
    lines += [(row.path, *_cells(row)) for row in rows]
    yield from _table(lines)
    yield ""
    groups: list[Sequence[str]] = [("", *_HEADINGS)]
    groups += [
        (name, f"{group.articles:,}", *_cells(group)) for name, group in _groups(rows).items()
    ]
    yield from _table(groups)


def _cells(row: ArticleStatistics | Totals) -> list[str]:
    return [f"{count:,}" for count in _counts(row).values()]


def _table(lines: Sequence[Sequence[str]]) -> Iterator[str]:
    """Aligned columns; on a narrow terminal a path has a line of its own above its numbers."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    room = columns_of_output(sys.maxsize) - sum(width + 2 for width in widths[1:])
    path = max(0, min(widths[0], room))
    for first, *rest in lines:
        cells = [first.ljust(path)]
        if len(first) > path:
            yield first
            cells = [" " * path]
        cells += [cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True)]
        yield "  ".join(cells).rstrip()
