"""Frozen values to JSON text and back, by the types that they declare.

For facts that are kept between runs: nothing is executed on reading, and what does not have
the declared shape is a ValueError. Understands dataclasses, named tuples, enums of strings,
tuples, mappings with text keys, optional values, text, numbers and booleans.
"""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

_Convert = Callable[[Any], Any]
_DECODERS: dict[Any, _Convert] = {}


def encode(value: Any) -> str:
    """JSON text of a value: its fields in order, without their names."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))


def decode(kind: type[Any], text: str) -> Any:
    """The value of a type that ``encode`` made the text of; ValueError for any other text."""
    try:
        return decoder(kind)(json.loads(text))
    except (TypeError, KeyError, RecursionError) as error:
        raise ValueError(f"not the text of {kind.__name__}: {error}") from error


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, (tuple, list)):
        return [_plain(one) for one in value]
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(getattr(value, field.name)) for field in dataclasses.fields(value)]


def decoder(kind: Any) -> _Convert:
    """What turns JSON values into values of a type; TypeError for a type it cannot do."""
    if kind not in _DECODERS:
        _DECODERS[kind] = _make_decoder(kind)
    return _DECODERS[kind]


def _make_decoder(kind: Any) -> _Convert:
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is tuple:
        return _tuple(arguments)
    if origin in (typing.Union, types.UnionType):
        return _optional(arguments)
    if origin in (Mapping, dict):
        return _mapping(decoder(arguments[1]))
    if not isinstance(kind, type):
        raise TypeError(f"no facts of type {kind}")
    if issubclass(kind, StrEnum):
        return kind
    if kind in (str, int, bool, float):
        return _scalar(kind)
    if dataclasses.is_dataclass(kind) or issubclass(kind, tuple):
        return _record(kind)
    raise TypeError(f"no facts of type {kind}")


def _scalar(kind: type[Any]) -> _Convert:
    def convert(value: Any) -> Any:
        if type(value) is not kind:
            raise ValueError(f"{value!r} is no {kind.__name__}")
        return value

    return convert


def _tuple(arguments: tuple[Any, ...]) -> _Convert:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        item = decoder(arguments[0])
        return lambda value: tuple([item(one) for one in _list(value)])
    items = [decoder(one) for one in arguments]
    return lambda value: tuple(
        [convert(one) for convert, one in zip(items, _list(value), strict=True)]
    )


def _optional(arguments: tuple[Any, ...]) -> _Convert:
    others = [one for one in arguments if one is not type(None)]
    if len(others) != 1:
        raise TypeError("no facts of several types")
    convert = decoder(others[0])
    return lambda value: None if value is None else convert(value)


def _mapping(item: _Convert) -> _Convert:
    def convert(value: Any) -> Any:
        if not isinstance(value, dict):
            raise ValueError("no mapping")
        return {key: item(one) for key, one in value.items()}

    return convert


def _record(kind: type[Any]) -> _Convert:
    hints = typing.get_type_hints(kind)
    items = [decoder(hints[name]) for name in hints]

    def convert(value: Any) -> Any:
        return kind(*[item(one) for item, one in zip(items, _list(value), strict=True)])

    return convert


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError("no list")
    return value
