"""Settings as TOML with the place that each comes from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from linters.config.keys import SETTINGS
from linters.config.kinds import Table
from linters.config.loading import find_places, merged, read_table

_COMMAND_LINE = "--config"


@dataclass(frozen=True, slots=True)
class Setting:
    """A key with the value in force (None: not set) and where that comes from."""

    keys: tuple[str, ...]
    value: Any
    place: str


class ConfigValues:
    """The TOML values of a configuration file and of ``--config KEY=VALUE``, with their places.

    ``name`` is the file, relative to the root; empty without one. ``select`` are the codes of
    ``--select``, which replace the key.
    """

    def __init__(
        self,
        path: Path | None,
        name: str,
        overrides: Mapping[str, Any],
        select: tuple[str, ...] | None = None,
    ) -> None:
        self.name = name
        self._overrides = overrides
        self._values = merged(read_table(path) if path else {}, overrides)
        self._flags = {} if select is None else {("select",): "--select"}
        if select is not None:
            self._values["select"] = list(select)
        self._places = find_places(path) if path else {}

    @classmethod
    def of(
        cls,
        source: str | None,
        root: Path,
        overrides: Mapping[str, Any],
        select: tuple[str, ...] | None = None,
    ) -> ConfigValues:
        """The values of the file that ``Settings.source`` names."""
        path = None if source is None else root / source
        return cls(path, source or "", overrides, select)

    def value(self, keys: tuple[str, ...]) -> Any:
        """The value at some keys; None without one."""
        return _at(self._values, keys)

    def place(self, keys: tuple[str, ...]) -> str:
        """File and line of a key, or the flag that sets it."""
        if keys in self._flags:
            return self._flags[keys]
        lines = [
            place[0].start.line for at, place in self._places.items() if at[: len(keys)] == keys
        ]
        places = [f"{self.name}:{min(lines)}"] if lines else []
        if _at(self._overrides, keys) is not None:
            places = (
                [*places, _COMMAND_LINE] if isinstance(self.value(keys), dict) else [_COMMAND_LINE]
            )
        return ", ".join(places) or self.name


def settings_of(values: ConfigValues, root_values: ConfigValues) -> Iterator[Setting]:
    """Every key; ``[links]`` and ``[audit]`` come from the root's configuration."""
    return _settings(SETTINGS, (), values, root_values)


def setting_lines(values: ConfigValues, root_values: ConfigValues) -> Iterator[str]:
    """``settings_of`` as TOML, the place of each value in a comment."""
    table: tuple[str, ...] = ()
    for setting in settings_of(values, root_values):
        *above, name = setting.keys
        if tuple(above) != table:
            table = tuple(above)
            yield ""
            yield f"[{'.'.join(table)}]"
        if setting.value is None:
            yield f"# {name} is not set"
        else:
            yield f"{name} = {_toml(setting.value)}  # {setting.place}"


def _at(values: Any, keys: tuple[str, ...]) -> Any:
    for key in keys:
        if not isinstance(values, Mapping) or key not in values:
            return None
        values = values[key]
    return values


def _settings(
    table: Table, keys: tuple[str, ...], values: ConfigValues, root_values: ConfigValues
) -> Iterator[Setting]:
    """The plain keys of a table, then its tables."""
    for key in table.keys:
        if not isinstance(key.kind, Table):
            own = (*keys, key.name)
            value = values.value(own)
            if value is not None:
                yield Setting(own, value, values.place(own))
            else:
                default = table.default(key)
                yield Setting(own, default, "not set" if default is None else "default")
    for key in table.keys:
        if isinstance(key.kind, Table):
            source = root_values if key.name in ("links", "audit") else values
            yield from _settings(key.kind, (*keys, key.name), source, root_values)


def _toml(value: Any) -> str:
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, dict):
        pairs = (f"{json.dumps(key)} = {_toml(item)}" for key, item in value.items())
        return f"{{ {', '.join(pairs)} }}" if value else "{}"
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
