"""``--config KEY=VALUE``: values of the command line, in TOML."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from typing import Any

from linters.config.kinds import Invalid, MapOf, Table
from linters.config.loading import locate, merged
from linters.model.errors import ConfigurationError, UserError
from linters.util.shorten import shorten
from linters.util.suggestions import suggestion

_FLAG = "--config"
_NOT_PLAIN = frozenset("\"'\\[]{}#")
"""Characters that make a value more than text without its quotes."""


def is_override(text: str) -> bool:
    """Whether the text before the first ``=`` is a key of the configuration."""
    from linters.config.keys import SETTINGS

    key, equals, _ = text.partition("=")
    keys = _keys(key)
    return bool(equals and keys) and _knows(SETTINGS, keys)


def misspelt_key(text: str) -> str:
    """``"; did you mean ..."`` for a text that resembles a key of the configuration."""
    from linters.config.keys import SETTINGS

    key, equals, _ = text.partition("=")
    keys = _keys(key)
    if not equals or not keys:
        return ""
    table: Any = SETTINGS
    for number, name in enumerate(keys):
        if not isinstance(table, Table):
            return ""
        known = {entry.name: entry.kind for entry in table.keys}
        if name not in known:
            prefix = "".join(f"{part}." for part in keys[:number])
            return suggestion(prefix + name, [prefix + entry for entry in known])
        table = known[name]
    return ""


def read_overrides(texts: Iterable[str]) -> dict[str, Any]:
    """The values of several KEY=VALUE as one table; a later one replaces an earlier one.

    UserError for a value that is not TOML, ConfigurationError for one that is not valid.
    """
    from linters.config.keys import SETTINGS

    values: dict[str, Any] = {}
    for text in texts:
        try:
            values = merged(values, tomllib.loads(text))
        except (ValueError, RecursionError) as error:
            raise UserError(
                f"{_FLAG} {shorten(text, 200)!r}: not valid TOML: {error}{_quoted(text)}"
            ) from error
    try:
        SETTINGS.parse(values)
    except Invalid as error:
        raise ConfigurationError(locate(None, error.mistakes, values)) from error
    return values


def _quoted(text: str) -> str:
    """Advice for a value that is text without its quotes."""
    key, _, value = text.partition("=")
    plain = value.strip()
    if len(text) > 200 or not plain.isprintable() or not _NOT_PLAIN.isdisjoint(plain):
        return ""
    return f"; did you mean '{key.strip()}=\"{plain}\"'?"


def _keys(text: str) -> list[str]:
    """The parts of a dotted key; none if the text is not one."""
    if "\n" in text or len(text) > 1000:
        return []
    try:
        value: Any = tomllib.loads(f"{text} = 0")
    except ValueError:
        return []
    keys = []
    while isinstance(value, Mapping) and len(value) == 1:
        ((key, value),) = value.items()
        keys.append(key)
    return keys


def _knows(kind: Any, keys: list[str]) -> bool:
    for name in keys:
        if isinstance(kind, Table):
            kind = next((entry.kind for entry in kind.keys if entry.name == name), None)
        elif isinstance(kind, MapOf):
            kind = kind.value
        else:
            return kind is not None  # data of any shape, such as [plugins.NAME]
    return kind is not None
