"""Show the settings in force for a path, and where each came from."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from linters.cli.command import Command
from linters.cli.exit_status import ExitStatus
from linters.cli.inputs import configurations, root_of
from linters.cli.options import ConfigOptions, absolute, add_config_arguments
from linters.config.keys import SETTINGS, json_schema
from linters.config.kinds import Key, Table
from linters.config.loading import find_places, load, read_table
from linters.model.errors import UserError


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
        help="a file or folder (default: this folder)",
    )
    add_config_arguments(parser)
    parser.add_argument(
        "--schema", action="store_true", help="print the JSON Schema of the configuration"
    )


def run(options: ConfigCommandOptions) -> int:
    """Run ``articlelint config``; returns the exit status."""
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
    file, root_file = (
        _File.of(settings.source, root) for settings in (chosen.of(inside), chosen.of(""))
    )
    print(f"# root: {root}")
    print(f"# configuration: {file.name if file.path else 'none'}")
    for line in _lines(SETTINGS, (), file, root_file):
        print(line)
    return ExitStatus.OK


COMMAND = Command(add_arguments, ConfigCommandOptions, run)


class _File:
    """The values of one configuration file and where they stand."""

    def __init__(self, path: Path | None, name: str) -> None:
        self.path = path
        self.name = name
        self._values: Mapping[str, Any] = read_table(path) if path else {}
        self._places = find_places(path) if path else {}

    @classmethod
    def of(cls, source: str | None, root: Path) -> _File:
        """The file that settings name as their source."""
        if source is None:
            return cls(None, "")
        path = root / source
        load(path, root)  # mistakes are told before anything is printed
        return cls(path, source)

    def value(self, keys: tuple[str, ...]) -> Any:
        """The value at some keys; None where there is none."""
        value: Any = self._values
        for key in keys:
            if not isinstance(value, dict) or key not in value:
                return None
            value = value[key]
        return value

    def place(self, keys: tuple[str, ...]) -> str:
        """File and line of a key."""
        lines = [
            place[0].start.line for at, place in self._places.items() if at[: len(keys)] == keys
        ]
        return f"{self.name}:{min(lines)}" if lines else self.name


def _lines(table: Table, keys: tuple[str, ...], file: _File, root: _File) -> Iterator[str]:
    """The keys of a table, then its tables, as TOML with comments."""
    plain = [key for key in table.keys if not isinstance(key.kind, Table)]
    for key in plain:
        yield _line(key, (*keys, key.name), file, table.default(key))
    for key in table.keys:
        if isinstance(key.kind, Table):
            inner = (*keys, key.name)
            yield f"\n[{'.'.join(inner)}]"
            yield from _lines(key.kind, inner, root if key.name == "links" else file, root)


def _line(key: Key, keys: tuple[str, ...], file: _File, default: Any) -> str:
    value = file.value(keys)
    if value is not None:
        return f"{key.name} = {_toml(value)}  # {file.place(keys)}"
    if default is not None:
        return f"{key.name} = {_toml(default)}  # default"
    return f"# {key.name} is not set"


def _toml(value: Any) -> str:
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, dict):
        pairs = (f"{json.dumps(key)} = {_toml(item)}" for key, item in value.items())
        return f"{{ {', '.join(pairs)} }}" if value else "{}"
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
