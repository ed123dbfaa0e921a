"""What a configuration value may be: each kind parses a TOML value and describes itself.

``parse`` raises Invalid; ``schema`` is the JSON Schema of the same values, so that the loader
and ``schemas/config.schema.json`` cannot drift apart.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from difflib import get_close_matches
from typing import Any, Protocol

from linters.util.patterns import PatternError, compile_pattern, shorten

_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_BYTES = {"B": 1, "kB": 10**3, "KiB": 2**10, "MB": 10**6, "MiB": 2**20, "GB": 10**9, "GiB": 2**30}
_DURATION = r"^[0-9]{1,9}(\.[0-9]{1,6})?(ms|s|m|h|d)$"
_SIZE = r"^[0-9]{1,9}(B|kB|KiB|MB|MiB|GB|GiB)$"


class Invalid(ValueError):  # noqa: N818
    """A value is not what its key wants; ``path`` leads from the table to the value."""

    def __init__(self, message: str, *path: str | int) -> None:
        super().__init__(message)
        self.message = message
        self.path = path

    def below(self, *path: str | int) -> Invalid:
        """The same, seen from a table further up."""
        return Invalid(self.message, *path, *self.path)


class Kind(Protocol):
    """One kind of value."""

    def parse(self, value: Any) -> Any:
        """The setting that a TOML value stands for."""

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the TOML values that ``parse`` takes."""


def suggestion(word: str, known: list[str] | tuple[str, ...]) -> str:
    """``"; did you mean 'x'?"`` for the nearest known word, else nothing."""
    close = get_close_matches(word[:200].lower(), [one.lower() for one in known], n=1)
    named = [str(one) for one in known if close and one.lower() == close[0]]
    return f"; did you mean {named[0]!r}?" if named else ""


def _wanted(what: str, value: Any) -> Invalid:
    return Invalid(f"wants {what}, not {shorten(repr(value), 60)}")


@dataclass(frozen=True)
class Text:
    """A string that matches a pattern; ``convert`` raises ValueError for what is wrong."""

    what: str = "a string"
    pattern: str = ""
    convert: Callable[[str], Any] = str

    def parse(self, value: Any) -> Any:
        """The converted string."""
        # ``$`` of JSON Schema's dialect is the very end; Python's stops before a line end too.
        pattern = re.sub(r"\$\Z", r"\\Z", self.pattern)
        if not isinstance(value, str) or not re.search(pattern, value):
            raise _wanted(self.what, value)
        try:
            return self.convert(value)
        except ValueError as error:
            raise Invalid(str(error)) from error

    def schema(self) -> dict[str, Any]:
        """A string."""
        return {"type": "string", **({"pattern": self.pattern} if self.pattern else {})}


@dataclass(frozen=True)
class OneOf:
    """One of some words; ``convert`` makes the setting of it."""

    words: tuple[str, ...]
    convert: Callable[[str], Any] = str

    def parse(self, value: Any) -> Any:
        """The converted word."""
        if not isinstance(value, str) or value not in self.words:
            near = suggestion(value, self.words) if isinstance(value, str) else ""
            raise Invalid(f"{shorten(repr(value), 60)} is none of {', '.join(self.words)}{near}")
        return self.convert(value)

    def schema(self) -> dict[str, Any]:
        """The words."""
        return {"enum": list(self.words)}


@dataclass(frozen=True)
class Integer:
    """A whole number within bounds, both inclusive."""

    low: int
    high: int

    def parse(self, value: Any) -> int:
        """The number."""
        if not isinstance(value, int) or isinstance(value, bool):
            raise _wanted("a whole number", value)
        if not self.low <= value <= self.high:
            raise Invalid(f"wants a number from {self.low} to {self.high}, not {value}")
        return value

    def schema(self) -> dict[str, Any]:
        """The bounds."""
        return {"type": "integer", "minimum": self.low, "maximum": self.high}


@dataclass(frozen=True)
class Boolean:
    """``true`` or ``false``."""

    def parse(self, value: Any) -> bool:
        """The value."""
        if not isinstance(value, bool):
            raise _wanted("true or false", value)
        return value

    def schema(self) -> dict[str, Any]:
        """A boolean."""
        return {"type": "boolean"}


@dataclass(frozen=True)
class ListOf:
    """An array; with ``flatten`` each item gives several values, and one alone may stand bare."""

    item: Kind
    flatten: bool = False

    def parse(self, value: Any) -> tuple[Any, ...]:
        """The parsed items."""
        if self.flatten and isinstance(value, str):
            return tuple(self.item.parse(value))
        if not isinstance(value, list):
            raise _wanted("a list", value)
        parsed: list[Any] = []
        for index, item in enumerate(value):
            try:
                one = self.item.parse(item)
            except Invalid as error:
                raise error.below(index) from error
            parsed.extend(one if self.flatten else [one])
        return tuple(parsed)

    def schema(self) -> dict[str, Any]:
        """An array."""
        array = {"type": "array", "items": self.item.schema()}
        return {"anyOf": [array, self.item.schema()]} if self.flatten else array


@dataclass(frozen=True)
class MapOf:
    """A table whose keys the user chooses; ``key`` may split one key into several."""

    value: Kind
    key: Kind = Text("a name", r"\S")

    def parse(self, value: Any) -> dict[str, Any]:
        """The parsed pairs."""
        if not isinstance(value, dict):
            raise _wanted("a table", value)
        parsed: dict[str, Any] = {}
        for name, item in value.items():
            try:
                names = self.key.parse(name)
                setting = self.value.parse(item)
            except Invalid as error:
                raise error.below(name) from error
            parsed.update(dict.fromkeys([names] if isinstance(names, str) else names, setting))
        return parsed

    def schema(self) -> dict[str, Any]:
        """An object."""
        names = {key: value for key, value in self.key.schema().items() if key != "type"}
        return {
            "type": "object",
            **({"propertyNames": names} if names else {}),
            "additionalProperties": self.value.schema(),
        }


@dataclass(frozen=True)
class Data:
    """Any value that JSON knows; dates become text as they are written in ISO 8601."""

    def parse(self, value: Any) -> Any:
        """The value."""
        if isinstance(value, (date, datetime, time)):
            return value.isoformat()
        if isinstance(value, float) and not math.isfinite(value):
            raise _wanted("a finite number", value)
        if isinstance(value, list):
            return [self.parse(item) for item in value]
        if isinstance(value, dict):
            return {key: self.parse(item) for key, item in value.items()}
        return value

    def schema(self) -> dict[str, Any]:
        """Anything."""
        return {}


@dataclass(frozen=True)
class Key:
    """One key of a table: its name in TOML, its kind, what it does, its default in TOML.

    ``field`` is the setting's name where it is not the key's own with ``_`` for ``-``.
    """

    name: str
    kind: Kind
    description: str
    default: Any = None
    field: str = ""

    @property
    def setting(self) -> str:
        """The name of the dataclass field."""
        return self.field or self.name.replace("-", "_")


@dataclass(frozen=True)
class Table:
    """A table with known keys, made into a frozen dataclass."""

    make: Callable[..., Any]
    keys: tuple[Key, ...]
    required: tuple[str, ...] = ()

    def parse(self, value: Any) -> Any:
        """The dataclass; keys that are absent keep its defaults."""
        if not isinstance(value, dict):
            raise _wanted("a table", value)
        known = {key.name: key for key in self.keys}
        for name in value:
            if name not in known:
                near = suggestion(name, tuple(known))
                raise Invalid(f"unknown key {shorten(name, 60)!r}{near}", name)
        for name in self.required:
            if name not in value:
                raise Invalid(f"lacks the key {name!r}")
        return self.make(**{known[name].setting: _at(known[name], value[name]) for name in value})

    def schema(self) -> dict[str, Any]:
        """An object without further keys."""
        return {
            "type": "object",
            "properties": {key.name: _described(key) for key in self.keys},
            **({"required": list(self.required)} if self.required else {}),
            "additionalProperties": False,
        }


def _at(key: Key, value: Any) -> Any:
    try:
        return key.kind.parse(value)
    except Invalid as error:
        raise error.below(key.name) from error


def _described(key: Key) -> dict[str, Any]:
    default: Mapping[str, Any] = {} if key.default is None else {"default": key.default}
    return {"description": key.description, **key.kind.schema(), **default}


def seconds(text: str) -> float:
    """A duration (``"20s"``, ``"1.5h"``) in seconds; ValueError if it is none."""
    match = re.fullmatch(_DURATION[1:-1], text)
    if match is None:
        raise ValueError(f'wants a duration such as "20s", "5m" or "3d", not {text[:60]!r}')
    return float(text.removesuffix(match[2])) * _UNITS[match[2]]


def _bytes(text: str) -> int:
    match = re.fullmatch(r"([0-9]+)([A-Za-z]+)", text)
    assert match is not None
    return int(match[1]) * _BYTES[match[2]]


def _regex(text: str) -> str:
    try:
        compile_pattern(text)
    except PatternError as error:
        raise ValueError(f"no regular expression: {error}") from error
    return text


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(","))


STRING = Text()
NAME = Text("a name", r"\S")
BOOLEAN = Boolean()
DURATION = Text('a duration such as "20s", "5m" or "3d"', _DURATION, seconds)
SIZE = Text('a size such as "64KiB" or "1MiB"', _SIZE, _bytes)
REGEX = Text("a regular expression", "", _regex)
GLOB = Text("a glob", r"^[^\u0000\r\n]*[^\u0000\s][^\u0000\r\n]*$")
CODES = Text(
    "rule codes, prefixes, names or ALL",
    r"^\s*[A-Za-z0-9][A-Za-z0-9-]*\s*(,\s*[A-Za-z0-9][A-Za-z0-9-]*\s*)*$",
    _words,
)
DATA = Data()
