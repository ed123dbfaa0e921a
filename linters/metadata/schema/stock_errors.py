"""jsonschema's own errors as violations under docfx's codes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from linters.metadata.schema.values import TYPE_NAMES, show
from linters.metadata.schema.violation import Violation


def _type(error: Any) -> tuple[str, str, tuple[Any, ...]]:
    wanted = error.validator_value
    names = ", ".join(wanted) if isinstance(wanted, list) else str(wanted)
    actual = TYPE_NAMES.get(type(error.instance), "value")
    article = "an" if names[:1] in "aeiou" else "a"
    expected = names.replace(", ", " or ")
    message = f"{show(error.instance)} is of type {actual}, {article} {expected} is expected"
    return "unexpected-type", message, (names, actual)


def counted(number: int, noun: str) -> str:
    """A number and what is counted: "1 item", "2 items"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _length(error: Any) -> tuple[str, str, tuple[Any, ...]]:
    short = error.validator == "minLength"
    length, limit = len(error.instance), error.validator_value
    wanted = f"at least {limit} needed" if short else f"at most {limit} allowed"
    message = f"{counted(length, 'character')}, {wanted}"
    sign = f"{'>=' if short else '<='} {limit}"
    arguments = ("", "short" if short else "long", length, sign)
    return "string-length-invalid", message, arguments


def _items(error: Any) -> tuple[str, str, tuple[Any, ...]]:
    count, limit = len(error.instance), error.validator_value
    if error.validator == "minItems":
        message = f"{counted(count, 'item')}, at least {limit} needed"
        return "array-length-invalid", message, ("", limit)
    if error.validator == "maxItems":
        message = f"{counted(count, 'item')}, at most {limit} allowed"
        return "array-length-invalid", message, ("", limit)
    message = f"{counted(count, 'item')}, more than the schema describes"
    return "array-length-invalid", message, ("",)


def _number(error: Any) -> tuple[str, str, tuple[Any, ...]]:
    words = {
        "minimum": "at least",
        "maximum": "at most",
        "exclusiveMinimum": "more than",
        "exclusiveMaximum": "less than",
    }
    wanted = f"{words[error.validator]} {show(error.validator_value)}"
    message = f"{show(error.instance)} is out of range, {wanted} is needed"
    return "number-invalid", message, (error.instance, wanted)


def _count(error: Any) -> tuple[str, str, tuple[Any, ...]]:
    few = error.validator == "minProperties"
    word, wanted = ("least", "needed") if few else ("most", "allowed")
    limit = error.validator_value
    message = f"{counted(len(error.instance), 'key')}, at {word} {limit} {wanted}"
    return "property-count-invalid", message, ("", f"{word} {limit}")


def _nothing(error: Any) -> tuple[str, str, tuple[Any, ...]]:
    return "boolean-schema-failed", "the schema allows no value here", ("",)


_STOCK: Mapping[Any, Callable[[Any], tuple[str, str, tuple[Any, ...]]]] = {
    "type": _type,
    "minLength": _length,
    "maxLength": _length,
    "minItems": _items,
    "maxItems": _items,
    "items": _items,
    "additionalItems": _items,
    "unevaluatedItems": _items,
    "minimum": _number,
    "maximum": _number,
    "exclusiveMinimum": _number,
    "exclusiveMaximum": _number,
    "minProperties": _count,
    "maxProperties": _count,
}


def as_violation(error: Any) -> Violation:
    """The error itself if it is a violation, else one with docfx's code and our message."""
    if isinstance(error, Violation):
        return error
    code, message, arguments = _STOCK.get(error.validator, _nothing)(error)
    violation = Violation(code, message, arguments=arguments, path=tuple(error.relative_path))
    violation.below = 0
    return violation
