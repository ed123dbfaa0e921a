"""Write a starter configuration, and print what pre-commit and CI need."""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass

from linters import HOMEPAGE, __version__
from linters.cli.command import Command
from linters.cli.exit_status import ExitStatus
from linters.cli.options import absolute
from linters.config.loading import FILE_NAME, config_in
from linters.model.errors import UserError

STARTER = """\
# What articlelint checks here; `articlelint config` shows all that is in force.
# Every key is optional. docs/configuration.md of articlelint explains them all.

# include = ["*.md", "TOC.yml", "toc.yml", "index.yml"]
# exclude = ["drafts/"]

# Codes (META003), prefixes (META), names (missing-attribute) or ALL.
# ignore = []
# per-file-ignores = { "archive/**" = ["LINK"] }
# severity = { heading-anchor-mismatch = "error" }   # error, warning, info or off

# [[metadata.schemas]]
# files = ["*.md"]
# schema = "article"          # or localized-article, or a JSON Schema of your own

# [localization]
# locale = "nb-NO"            # else from the repository's name or the articles

# [links]
# exclude = ['^https://intranet\\.']
"""

SNIPPETS = """\
Wrote {file}.

To check the articles of each commit, offline, in .pre-commit-config.yaml:

repos:
  - repo: {homepage}   # where articlelint's repository lives
    rev: v{version}
    hooks:
      - id: articlelint
      # - id: articlelint-links   # asks servers too: pre-push and manual stages

To fail pull requests that bring new problems, in .github/workflows/articlelint.yml:

on: pull_request
permissions:
  contents: read
jobs:
  articlelint:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0   # --since compares with the base branch
      - uses: actions/setup-python@v5
        with:
          python-version: "3.13"
      - run: pip install "git+{homepage}@v{version}"
      - run: articlelint check --since "origin/$GITHUB_BASE_REF" --output-format github
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class InitOptions:
    """The options of ``articlelint init``."""

    path: str = "."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``InitOptions``."""
    parser.add_argument(
        "path",
        nargs="?",
        default=".",
        metavar="PATH",
        help="where to write it (default: this folder)",
    )


def run(options: InitOptions) -> int:
    """Run ``articlelint init``; returns the exit status. Never overwrites a configuration."""
    folder = absolute(options.path)
    if not folder.is_dir():
        raise UserError(f"{folder}: no such folder")
    known = config_in(folder)
    if known is not None:
        raise UserError(f"{known} is there already, and left as it is")
    file = folder / FILE_NAME
    try:
        with file.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(STARTER)
    except OSError as error:
        raise UserError(f"{file}: {error.strerror}; nothing was written") from error
    sys.stdout.write(SNIPPETS.format(file=file, version=__version__, homepage=HOMEPAGE))
    return ExitStatus.OK


COMMAND = Command(add_arguments, InitOptions, run)
