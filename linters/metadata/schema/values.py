"""Predicates and display of values, as docfx's keywords need them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from linters.util.shorten import shorten

TYPE_NAMES: Mapping[type, str] = {
    bool: "boolean",
    int: "integer",
    float: "number",
    str: "string",
    list: "array",
    dict: "object",
    type(None): "null",
}


def has_value(value: Any) -> bool:
    """Whether docfx counts a value as set: neither null nor blank text."""
    return bool(value.strip()) if isinstance(value, str) else value is not None


def is_set(instance: Mapping[str, Any], key: str) -> bool:
    """Whether a mapping has a key with a value that counts as set."""
    return key in instance and has_value(instance[key])


def freeze(value: Any) -> Any:
    """A hashable form: equal for values that are equal in JSON Schema (``1`` and ``1.0``)."""
    if isinstance(value, bool):
        return ("boolean", value)
    if isinstance(value, list):
        return ("array", tuple(map(freeze, value)))
    if isinstance(value, dict):
        return ("object", frozenset((key, freeze(item)) for key, item in value.items()))
    return value


def show(value: Any, length: int = 60) -> str:
    """A value for a message: short, in quotes where it is text."""
    import json

    text = f"'{value}'" if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return shorten(text, length)
