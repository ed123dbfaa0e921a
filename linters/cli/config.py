"""Show the settings in force for a path, and where each comes from.

The text is TOML, with places as comments: every key, then what docfx.json, docfx.yml, the publish
configuration and redirection files say, of the whole repository for a folder, or of one file.
--output-format json prints the same as one document, and --schema the JSON Schema of the
configuration, with the settings of installed plug-ins.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass

from linters.cli.build_listing import build_data, build_lines
from linters.cli.command import Command
from linters.cli.exit_status import ExitStatus
from linters.cli.inputs import check_selectors_of_all, configurations, root_of
from linters.cli.options import (
    CacheOptions,
    ConfigOptions,
    absolute,
    add_cache_arguments,
    add_config_arguments,
    add_output_format,
    add_select,
    output_format,
)
from linters.cli.output import print_lines, print_report
from linters.cli.settings_listing import ConfigValues, setting_lines, settings_of
from linters.config.keys import json_schema
from linters.model.errors import UserError
from linters.pipeline.plugin_settings import with_plugin_settings
from linters.pipeline.plugins import load_checkers
from linters.reports.json_text import json_text
from linters.repository.listing import find_files
from linters.repository.repository import Repository

_FORMATS = ("full", "concise", "json")
_MOST_FILES = 50_000
"""Files of a folder without git among which the build's own are looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigCommandOptions:
    """The options of ``articlelint config``."""

    path: str = "."
    configuration: ConfigOptions
    cache: CacheOptions
    select: tuple[str, ...] | None = None
    output_format: str | None = None
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
    add_select(add_config_arguments(parser))
    add_cache_arguments(parser)
    group = parser.add_argument_group("output")
    add_output_format(group, _FORMATS)
    group.add_argument(
        "--schema", action="store_true", help="print the JSON Schema of the configuration"
    )


def run(options: ConfigCommandOptions) -> int:
    """Run ``articlelint config``; returns the exit status."""
    name = output_format(options.output_format, _FORMATS)
    if options.schema:
        _print_json(with_plugin_settings(json_schema(), load_checkers()))
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
        ConfigValues.of(settings.source, root, overrides, options.select)
        for settings in (chosen.of(inside), chosen.of(""))
    )
    check_selectors_of_all(options.select, [chosen])
    listing = find_files(root, _MOST_FILES)
    repository = Repository(root, listing.files, name=root.name)
    build = build_data(repository.build, None if path.is_dir() else relative)
    build["notes"] += listing.notes
    cache = options.cache.folder
    if name == "json":
        _print_json(
            {
                "version": 1,
                "root": str(root),
                "configuration": values.name or None,
                "cache": None if cache is None else str(cache),
                "settings": [
                    {"key": ".".join(setting.keys), "value": setting.value, "source": setting.place}
                    for setting in settings_of(values, root_values)
                ],
                "build": build,
            }
        )
        return ExitStatus.OK
    print_lines(
        (
            f"# root: {root}",
            f"# configuration: {values.name or 'none'}",
            f"# cache: {cache or 'not used'}",
        )
    )
    print_lines(setting_lines(values, root_values))
    print_lines(build_lines(build))
    return ExitStatus.OK


COMMAND = Command(add_arguments, ConfigCommandOptions, run)


def _print_json(data: object) -> None:
    print_report(json_text(data), "json")
