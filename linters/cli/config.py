"""Show the settings in force for a path, and where each comes from."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass

from linters.cli.command import Command
from linters.cli.exit_status import ExitStatus
from linters.cli.inputs import configurations, root_of
from linters.cli.options import ConfigOptions, absolute, add_config_arguments
from linters.cli.output import print_lines
from linters.cli.settings_listing import ConfigValues, build_lines, setting_lines
from linters.config.keys import json_schema
from linters.model.errors import UserError
from linters.repository.listing import find_files
from linters.repository.repository import Repository


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigCommandOptions:
    """The options of ``articlelint config``."""

    path: str = "."
    configuration: ConfigOptions
    schema: bool = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``ConfigCommandOptions``."""
    parser.add_argument(
        "path",
        nargs="?",
        default=".",
        metavar="PATH",
        help="a file or folder (default: the current folder)",
    )
    add_config_arguments(parser)
    parser.add_argument(
        "--schema", action="store_true", help="print the JSON Schema of the configuration"
    )


def run(options: ConfigCommandOptions) -> int:
    """Run ``articlelint config``; returns the exit status. What it prints is TOML."""
    if options.schema:
        sys.stdout.write(json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n")
        return ExitStatus.OK
    path = absolute(options.path)
    if not path.exists():
        raise UserError(f"{path}: no such file or folder")
    root = root_of(path, options.configuration)
    chosen = configurations(root, options.configuration)
    relative = path.relative_to(root).as_posix()
    inside = f"{relative}/x" if path.is_dir() and relative != "." else relative
    overrides = options.configuration.overrides
    values, root_values = (
        ConfigValues.of(settings.source, root, overrides)
        for settings in (chosen.of(inside), chosen.of(""))
    )
    print_lines((f"# root: {root}", f"# configuration: {values.name or 'none'}"))
    print_lines(setting_lines(values, root_values))
    repository = Repository(root, find_files(root).files, name=root.name)
    print_lines(build_lines(repository.build, None if path.is_dir() else relative))
    return ExitStatus.OK


COMMAND = Command(add_arguments, ConfigCommandOptions, run)
