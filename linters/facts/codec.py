"""Frozen values to JSON and back, by the types that they declare.

For values that are kept between runs or on the disk: nothing is executed on reading, and what
does not have the declared shape is a ValueError.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

_ENCODER = msgspec.json.Encoder()
_DECODERS: dict[type[Any], Callable[[bytes], Any]] = {}


def encode(value: Any) -> bytes:
    """JSON of a value; ValueError for text that is not Unicode (lone surrogates)."""
    return _ENCODER.encode(value)


def decode(kind: type[Any], data: bytes) -> Any:
    """The value of a type that ``encode`` made the JSON of; ValueError for any other bytes."""
    try:
        return decoder(kind)(data)
    except (msgspec.DecodeError, RecursionError) as error:
        raise ValueError(f"not the JSON of {kind.__name__}: {error}") from error


def decoder(kind: type[Any]) -> Callable[[bytes], Any]:
    """What turns JSON into values of a type; TypeError for a type that says too little."""
    if kind not in _DECODERS:
        if _is_vague(msgspec.inspect.type_info(kind)):
            raise TypeError(f"{kind.__name__} has a field of any type")
        _DECODERS[kind] = msgspec.json.Decoder(kind).decode
    return _DECODERS[kind]


def _is_vague(info: Any) -> bool:
    """Whether a type, or one inside it, may be anything: its values would lose their types."""
    if isinstance(info, msgspec.inspect.AnyType):
        return True
    parts = [getattr(info, name, None) for name in ("item_type", "key_type", "value_type")]
    parts += getattr(info, "item_types", ())
    parts += getattr(info, "types", ())
    parts += [field.type for field in getattr(info, "fields", ())]
    return any(_is_vague(part) for part in parts if part is not None)
