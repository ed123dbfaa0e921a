"""Write a starter configuration from a first run, or print a snippet for pre-commit or CI."""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

from linters.checker import NetworkOptions
from linters.cli.command import Command
from linters.cli.exit_status import ExitStatus
from linters.cli.inputs import configurations, root_of
from linters.cli.installation import find_installation
from linters.cli.options import ConfigOptions, absolute
from linters.cli.output import print_note
from linters.cli.starter import starter
from linters.config.loading import FILE_NAME, config_in
from linters.model.errors import UserError
from linters.model.report import Report
from linters.pipeline.plugins import load_checkers
from linters.pipeline.process_pool import pool
from linters.pipeline.run import Options, RunInput
from linters.pipeline.run import run as run_pipeline
from linters.reports.summary import plural
from linters.repository.discovery import Selection, select
from linters.repository.listing import find_files
from linters.repository.repository import Repository

SNIPPETS = ("pre-commit", "github", "azure", "gitlab")


@dataclass(frozen=True, slots=True, kw_only=True)
class InitOptions:
    """The options of ``articlelint init``; ``snippet`` is the value of ``--print``."""

    path: str = "."
    snippet: str | None = None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``InitOptions``."""
    parser.add_argument(
        "path",
        nargs="?",
        default=".",
        metavar="PATH",
        help="the folder to write it to (default: the current folder)",
    )
    parser.add_argument(
        "--print",
        dest="snippet",
        choices=SNIPPETS,
        metavar="NAME",
        help=f"print a snippet instead: {', '.join(SNIPPETS)}",
    )


def run(options: InitOptions) -> int:
    """Run ``articlelint init``; returns the exit status. Never overwrites a configuration."""
    if options.snippet is not None:
        sys.stdout.write(snippet(options.snippet))
        return ExitStatus.OK
    folder = absolute(options.path)
    if not folder.is_dir():
        raise UserError(f"{folder}: no such folder")
    if any(part.casefold() == ".git" for part in folder.parts):
        raise UserError(f"{folder}: a folder of git's own data, expected one with articles")
    known = config_in(folder)
    if known is not None:
        raise UserError(f"{known} exists already and is not changed")
    selection = _selection(folder)
    report = _first_run(selection) if selection.reported else None
    text = starter(selection.repository.build, report, selection.reported)
    file = folder / FILE_NAME
    try:
        with file.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except OSError as error:
        raise UserError(f"{file}: {error.strerror}; nothing was written") from error
    print(f"Wrote {file}.")
    print("Next: articlelint check --offline, and articlelint init --print pre-commit or github.")
    return ExitStatus.OK


COMMAND = Command(add_arguments, InitOptions, run)


def snippet(name: str) -> str:
    """The snippet of a name, which installs what runs here."""
    found = find_installation()
    if name == "pre-commit" and found.repository is None:
        name = "pre-commit-local"
    text = (Path(__file__).parent / "snippets" / f"{name}.yml").read_text(encoding="utf-8")
    for key in ("requirement", "repository", "commit"):
        text = text.replace(f"{{{key}}}", getattr(found, key) or "")
    return text


def _selection(folder: Path) -> Selection:
    """The articles of the folder; none if it has none."""
    options = ConfigOptions()
    root = root_of(folder, options)
    try:
        return select(root, [folder], configurations(root, options))
    except UserError:
        return Selection(Repository(root, find_files(root).files, name=root.name), ())


def _first_run(selection: Selection) -> Report:
    articles = len(selection.reported)
    print_note(f"checking {plural(articles, 'article')} once, without the network")
    options = Options(network=NetworkOptions(offline=True))
    given = RunInput(selection.repository, selection.reported, load_checkers(), options)
    with pool(None, articles) as executor:
        return run_pipeline(given, executor)
