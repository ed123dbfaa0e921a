"""Settings as TOML with the place that each comes from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from linters.config.keys import SETTINGS
from linters.config.kinds import Key, Table
from linters.config.loading import find_places, merged, read_table
from linters.repository import publish
from linters.repository.build import BuildConfiguration
from linters.repository.docfx import Content, Docset
from linters.repository.inheritance import Inherited
from linters.util.shorten import shorten

_COMMAND_LINE = "--config"
_LONGEST = 100


class ConfigValues:
    """The TOML values of a configuration file and of ``--config KEY=VALUE``, with their places.

    ``name`` is the file, relative to the root; empty without one.
    """

    def __init__(self, path: Path | None, name: str, overrides: Mapping[str, Any]) -> None:
        self.name = name
        self._overrides = overrides
        self._values = merged(read_table(path) if path else {}, overrides)
        self._places = find_places(path) if path else {}

    @classmethod
    def of(cls, source: str | None, root: Path, overrides: Mapping[str, Any]) -> ConfigValues:
        """The values of the file that ``Settings.source`` names."""
        path = None if source is None else root / source
        return cls(path, source or "", overrides)

    def value(self, keys: tuple[str, ...]) -> Any:
        """The value at some keys; None without one."""
        return _at(self._values, keys)

    def place(self, keys: tuple[str, ...]) -> str:
        """File and line of a key, or the flag that sets it."""
        lines = [
            place[0].start.line for at, place in self._places.items() if at[: len(keys)] == keys
        ]
        places = [f"{self.name}:{min(lines)}"] if lines else []
        if _at(self._overrides, keys) is not None:
            places = (
                [*places, _COMMAND_LINE] if isinstance(self.value(keys), dict) else [_COMMAND_LINE]
            )
        return ", ".join(places) or self.name


def setting_lines(values: ConfigValues, root_values: ConfigValues) -> Iterator[str]:
    """Every key; ``[links]`` and ``[audit]`` come from the root's configuration."""
    return _table_lines(SETTINGS, (), values, root_values)


def _at(values: Any, keys: tuple[str, ...]) -> Any:
    for key in keys:
        if not isinstance(values, Mapping) or key not in values:
            return None
        values = values[key]
    return values


def _table_lines(
    table: Table, keys: tuple[str, ...], values: ConfigValues, root_values: ConfigValues
) -> Iterator[str]:
    """The plain keys of a table, then its tables."""
    for key in table.keys:
        if not isinstance(key.kind, Table):
            yield _setting_line(key, (*keys, key.name), values, table.default(key))
    for key in table.keys:
        if isinstance(key.kind, Table):
            inner = (*keys, key.name)
            yield ""
            yield f"[{'.'.join(inner)}]"
            own = root_values if key.name in ("links", "audit") else values
            yield from _table_lines(key.kind, inner, own, root_values)


def _setting_line(key: Key, keys: tuple[str, ...], values: ConfigValues, default: Any) -> str:
    value = values.value(keys)
    if value is not None:
        return f"{key.name} = {_toml(value)}  # {values.place(keys)}"
    if default is not None:
        return f"{key.name} = {_toml(default)}  # default"
    return f"# {key.name} is not set"


def build_lines(build: BuildConfiguration, path: str | None) -> Iterator[str]:
    """What the build's files say, as comments; for one file, or for the whole repository."""
    docsets = build.docsets.docsets
    if path is not None:
        docset = build.docsets.of(path)
        docsets = (docset,) if docset is not None else ()
    for docset in docsets:
        yield ""
        yield f"# {docset.path}"
        yield from _docset_lines(docset, path)
    if build.publish.docsets or build.publish.public_urls:
        yield ""
        yield f"# {publish.NAME}"
        for published in build.publish.docsets:
            locale = f", locale {published.locale}" if published.locale else ""
            yield f"#   docset {published.folder or '.'}{locale}"
        for url in dict.fromkeys(build.publish.public_urls):
            yield f"#   repository {url}"
    if build.redirections:
        yield ""
        yield f"# redirections: {len(build.redirections):,}"
    for note in build.notes:
        yield f"# note: {note}"


def _docset_lines(docset: Docset, path: str | None) -> Iterator[str]:
    for title, groups in (("content", docset.content), ("overwrite", docset.overwrite)):
        for content in groups:
            yield f"#   {title}: {_content(content)}"
    for inherited in docset.everywhere if path is None else docset.inherited(path):
        yield _inherited_line("metadata", inherited)
    if path is None:
        for pattern, inherited in docset.somewhere:
            yield _inherited_line(f"metadata of {pattern}", inherited)


def _content(content: Content) -> str:
    parts = [", ".join(content.files)]
    if content.folder:
        parts.append(f"in {content.folder}")
    if content.exclude:
        parts.append(f"without {', '.join(content.exclude)}")
    return " ".join(parts)


def _inherited_line(title: str, inherited: Inherited) -> str:
    value = shorten(json.dumps(inherited.value, ensure_ascii=False), _LONGEST)
    place = f"{inherited.path}:{inherited.range.start.line}"
    return f"#   {title}: {inherited.key} = {value}  # {place}"


def _toml(value: Any) -> str:
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, dict):
        pairs = (f"{json.dumps(key)} = {_toml(item)}" for key, item in value.items())
        return f"{{ {', '.join(pairs)} }}" if value else "{}"
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
