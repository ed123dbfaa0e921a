"""The kinds of configuration values: each parses a TOML value and describes itself.

``parse`` raises Invalid with every mistake in the value; ``schema`` is the JSON Schema of the
values that ``parse`` accepts, so that the loader and ``schemas/config.schema.json`` cannot
differ; ``toml`` turns a setting back into its TOML value, so that a default is written once.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, NamedTuple, Protocol

from linters.util.shorten import shorten
from linters.util.suggestions import suggestion

KeyPath = tuple[str | int, ...]


class Mistake(NamedTuple):
    """What is wrong with one value; ``path`` leads from the table to the value."""

    message: str
    path: KeyPath = ()


class Invalid(ValueError):  # noqa: N818
    """A value is not what its key expects."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__("; ".join(mistake.message for mistake in mistakes))
        self.mistakes = tuple(mistakes)

    @classmethod
    def of(cls, message: str, *path: str | int) -> Invalid:
        """One mistake."""
        return cls([Mistake(message, path)])


class ValueKind(Protocol):
    """One kind of value."""

    def parse(self, value: Any) -> Any:
        """The setting of a TOML value."""

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the TOML values that ``parse`` accepts."""

    def toml(self, setting: Any) -> Any:
        """A TOML value that ``parse`` turns into this setting."""


class Mistakes:
    """Collects the mistakes of several values, and raises them together."""

    def __init__(self) -> None:
        self._found: list[Mistake] = []

    def parse(self, kind: ValueKind, value: Any, *path: str | int) -> Any:
        """The setting of a value; None where it is invalid."""
        try:
            return kind.parse(value)
        except Invalid as error:
            self.add(*(Mistake(found.message, (*path, *found.path)) for found in error.mistakes))
            return None

    def add(self, *mistakes: Mistake) -> None:
        """Further mistakes."""
        self._found += mistakes

    def check(self) -> None:
        """Invalid with all mistakes so far, if there are any."""
        if self._found:
            raise Invalid(self._found)


def unexpected(expected: str, value: Any) -> Invalid:
    """A value of another kind than expected."""
    return Invalid.of(f"expected {expected}, got {_shown(value)}")


def _shown(value: Any) -> str:
    """A value as text; Python refuses to write numbers of thousands of digits."""
    try:
        return shorten(repr(value), 60)
    except ValueError:
        return "a number of thousands of digits"


@dataclass(frozen=True)
class Text:
    """A string that matches a pattern; ``convert`` raises ValueError for what is wrong.

    ``unconvert`` is the inverse of ``convert``.
    """

    expected: str = "a string"
    pattern: str = ""
    convert: Callable[[str], Any] = str
    unconvert: Callable[[Any], str] = str

    def parse(self, value: Any) -> Any:
        # ``$`` of JSON Schema's dialect is the very end; Python's stops before a line end too.
        pattern = re.sub(r"\$\Z", r"\\Z", self.pattern)
        if not isinstance(value, str) or not re.search(pattern, value):
            raise unexpected(self.expected, value)
        try:
            return self.convert(value)
        except ValueError as error:
            raise Invalid.of(str(error)) from error

    def schema(self) -> dict[str, Any]:
        return {"type": "string", **({"pattern": self.pattern} if self.pattern else {})}

    def toml(self, setting: Any) -> str:
        return self.unconvert(setting)


@dataclass(frozen=True)
class OneOf:
    """One of some words; ``convert`` makes the setting of it."""

    words: tuple[str, ...]
    convert: Callable[[str], Any] = str

    def parse(self, value: Any) -> Any:
        if not isinstance(value, str) or value not in self.words:
            near = suggestion(value, self.words) if isinstance(value, str) else ""
            raise Invalid.of(
                f"expected one of {', '.join(self.words)}, got {shorten(repr(value), 60)}{near}"
            )
        return self.convert(value)

    def schema(self) -> dict[str, Any]:
        return {"enum": list(self.words)}

    def toml(self, setting: Any) -> str:
        return str(setting)


@dataclass(frozen=True)
class Integer:
    """A whole number within bounds, both inclusive."""

    low: int
    high: int

    def parse(self, value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise unexpected("a whole number", value)
        if not self.low <= value <= self.high:
            raise unexpected(f"a number from {self.low} to {self.high}", value)
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.low, "maximum": self.high}

    def toml(self, setting: Any) -> Any:
        return setting


@dataclass(frozen=True)
class Boolean:
    """``true`` or ``false``."""

    def parse(self, value: Any) -> bool:
        if not isinstance(value, bool):
            raise unexpected("true or false", value)
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}

    def toml(self, setting: Any) -> Any:
        return setting


@dataclass(frozen=True)
class ListOf:
    """An array; with ``flatten`` an item gives several values, and a bare item is a list too.

    It has at most ``most`` items, where every URL or path is compared with each.
    """

    item: ValueKind
    flatten: bool = False
    most: int | None = None

    def parse(self, value: Any) -> tuple[Any, ...]:
        if self.flatten and isinstance(value, str):
            alone = tuple(self.item.parse(value))
            self._refuse_more(alone)
            return alone
        if not isinstance(value, list):
            raise unexpected("a list", value)
        self._refuse_more(value)
        mistakes = Mistakes()
        settings = [mistakes.parse(self.item, item, index) for index, item in enumerate(value)]
        mistakes.check()
        if self.flatten:
            settings = [setting for several in settings for setting in several]
            self._refuse_more(settings)
        return tuple(settings)

    def _refuse_more(self, values: Sequence[Any]) -> None:
        if self.most is not None and len(values) > self.most:
            raise Invalid.of(f"expected at most {self.most:,} entries, got {len(values):,}")

    def schema(self) -> dict[str, Any]:
        bound = {} if self.most is None else {"maxItems": self.most}
        array = {"type": "array", "items": self.item.schema(), **bound}
        return {"anyOf": [array, self.item.schema()]} if self.flatten else array

    def toml(self, setting: Any) -> list[Any]:
        if self.flatten:
            return [self.item.toml((value,)) for value in setting]
        return [self.item.toml(value) for value in setting]


@dataclass(frozen=True)
class MapOf:
    """A table whose keys the user chooses; ``key`` may split one key into several.

    ``most`` is as for lists; with ``counts_values`` it bounds the pairs of the tables below.
    """

    value: ValueKind
    key: ValueKind = Text("a name", r"\S")
    most: int | None = None
    counts_values: bool = False

    def parse(self, value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise unexpected("a table", value)
        count = len(value)
        if self.counts_values:
            count = sum(max(len(item), 1) for item in value.values() if isinstance(item, dict))
        if self.most is not None and count > self.most:
            raise Invalid.of(f"expected at most {self.most:,} entries, got {count:,}")
        mistakes = Mistakes()
        parsed: dict[str, Any] = {}
        for name, item in value.items():
            names = mistakes.parse(self.key, name, name)
            setting = mistakes.parse(self.value, item, name)
            if names is not None:
                parsed.update(dict.fromkeys([names] if isinstance(names, str) else names, setting))
        mistakes.check()
        return parsed

    def schema(self) -> dict[str, Any]:
        names = {key: value for key, value in self.key.schema().items() if key != "type"}
        return {
            "type": "object",
            **({} if self.most is None else {"maxProperties": self.most}),
            **({"propertyNames": names} if names else {}),
            "additionalProperties": self.value.schema(),
        }

    def toml(self, setting: Any) -> dict[str, Any]:
        return {str(name): self.value.toml(value) for name, value in setting.items()}


@dataclass(frozen=True)
class Data:
    """Any value that JSON knows; dates become text as they are written in ISO 8601."""

    def parse(self, value: Any) -> Any:
        if isinstance(value, (date, datetime, time)):
            return value.isoformat()
        if isinstance(value, float) and not math.isfinite(value):
            raise unexpected("a finite number", value)
        if isinstance(value, list):
            return [self.parse(item) for item in value]
        if isinstance(value, dict):
            return {key: self.parse(item) for key, item in value.items()}
        return value

    def schema(self) -> dict[str, Any]:
        return {}

    def toml(self, setting: Any) -> Any:
        return setting


@dataclass(frozen=True)
class Key:
    """One key of a table: its name in TOML, its kind, and what it does.

    ``field`` is the setting's name where it is not the key's own with ``_`` for ``-``.
    """

    name: str
    kind: ValueKind
    description: str
    field: str = ""

    @property
    def setting(self) -> str:
        """The name of the dataclass field."""
        return self.field or self.name.replace("-", "_")


@dataclass(frozen=True)
class Table:
    """A table with known keys, made into a frozen dataclass, whose defaults are the defaults."""

    make: Callable[..., Any]
    keys: tuple[Key, ...]
    required: tuple[str, ...] = ()

    def parse(self, value: Any) -> Any:
        if not isinstance(value, dict):
            raise unexpected("a table", value)
        known = {key.name: key for key in self.keys}
        mistakes = Mistakes()
        settings = {}
        for name, item in value.items():
            if name in known:
                key = known[name]
                settings[key.setting] = mistakes.parse(key.kind, item, name)
            else:
                near = suggestion(name, tuple(known))
                mistakes.add(Mistake(f"unknown key {shorten(name, 60)!r}{near}", (name,)))
        mistakes.add(*(Mistake(f"missing key {n!r}") for n in self.required if n not in value))
        mistakes.check()
        return self.make(**settings)

    def schema(self) -> dict[str, Any]:
        return {
            "type": "object",
            "properties": {
                key.name: {
                    "description": key.description,
                    **key.kind.schema(),
                    **(
                        {"default": default}
                        if (default := self.default(key)) is not None
                        and not isinstance(key.kind, Table)
                        else {}
                    ),
                }
                for key in self.keys
            },
            **({"required": list(self.required)} if self.required else {}),
            "additionalProperties": False,
        }

    def default(self, key: Key) -> Any:
        """The default of a key in TOML; None where it has none."""
        if key.name in self.required:
            return None
        setting = getattr(self.make(), key.setting)
        return None if setting is None or setting == "" else key.kind.toml(setting)

    def toml(self, setting: Any) -> dict[str, Any]:
        values = ((key, getattr(setting, key.setting)) for key in self.keys)
        return {
            key.name: key.kind.toml(value)
            for key, value in values
            if value is not None and value != ""
        }
