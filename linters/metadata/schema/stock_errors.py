"""jsonschema's own errors as violations with docfx's codes: one table, keyword by keyword."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from linters.metadata.schema.values import TYPE_NAMES, show
from linters.metadata.schema.violation import Violation

Row = tuple[str, str, tuple[Any, ...]]
"""docfx's code, the message, and the arguments of a custom message (``{0}`` …)."""


def counted(number: int, noun: str) -> str:
    """A number and what is counted: "1 item", "2 items"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _type(error: Any) -> Row:
    expected = error.validator_value
    names = ", ".join(expected) if isinstance(expected, list) else str(expected)
    actual = TYPE_NAMES.get(type(error.instance), "value")
    article = "an" if names[:1] in "aeiou" else "a"
    message = f"{show(error.instance)} is of type {actual}, expected {article} "
    return "unexpected-type", message + names.replace(", ", " or "), (names, actual)


def _const(error: Any) -> Row:
    message = f"{show(error.instance)} is not allowed, expected {show(error.validator_value)}"
    return "invalid-value", message, ("", error.instance)


def _length(error: Any) -> Row:
    short = error.validator == "minLength"
    length, limit = len(error.instance), error.validator_value
    expected = f"at least {limit}" if short else f"at most {limit}"
    message = f"{counted(length, 'character')}, expected {expected}"
    sign = f"{'>=' if short else '<='} {limit}"
    arguments = ("", "short" if short else "long", length, sign)
    return "string-length-invalid", message, arguments


def _items(error: Any) -> Row:
    count, limit = counted(len(error.instance), "item"), error.validator_value
    if error.validator in ("minItems", "maxItems"):
        word = "least" if error.validator == "minItems" else "most"
        return "array-length-invalid", f"{count}, expected at {word} {limit}", ("", limit)
    return "array-length-invalid", f"{count}, more than the schema describes", ("",)


def _contains(error: Any) -> Row:
    code = "array-contains-failed"
    if error.validator == "contains":
        return code, "no item matches the required schema", ()
    word = "few" if error.validator == "minContains" else "many"
    expected = f"at {'least' if word == 'few' else 'most'} {error.validator_value}"
    return code, f"too {word} items match the required schema, expected {expected}", ()


def _number(error: Any) -> Row:
    words = {
        "minimum": "at least",
        "maximum": "at most",
        "exclusiveMinimum": "more than",
        "exclusiveMaximum": "less than",
    }
    expected = f"{words[error.validator]} {show(error.validator_value)}"
    message = f"{show(error.instance)} is out of range, expected {expected}"
    return "number-invalid", message, (error.instance, expected)


def _count(error: Any) -> Row:
    word = "least" if error.validator == "minProperties" else "most"
    limit = error.validator_value
    message = f"{counted(len(error.instance), 'key')}, expected at {word} {limit}"
    return "property-count-invalid", message, ("", f"{word} {limit}")


def _not(error: Any) -> Row:
    message = f"{show(error.instance)} matches a schema that it must not match"
    return "not-failed", message, ("", error.instance)


def _one_of(error: Any) -> Row:
    closest = next(_closest_alternative(error), None)
    if closest is None:
        message = f"{show(error.instance)} matches more than one alternative, expected exactly one"
    else:
        message = f"{show(error.instance)} matches no alternative; closest: {closest.message}"
    return "one-of-failed", message, ("", error.instance)


def _nothing(error: Any) -> Row:
    return "boolean-schema-failed", "the schema allows no value here", ("",)


_STOCK: Mapping[Any, Callable[[Any], Row]] = {
    "type": _type,
    "const": _const,
    "minLength": _length,
    "maxLength": _length,
    "minItems": _items,
    "maxItems": _items,
    "items": _items,
    "additionalItems": _items,
    "unevaluatedItems": _items,
    "contains": _contains,
    "minContains": _contains,
    "maxContains": _contains,
    "minimum": _number,
    "maximum": _number,
    "exclusiveMinimum": _number,
    "exclusiveMaximum": _number,
    "minProperties": _count,
    "maxProperties": _count,
    "not": _not,
    "oneOf": _one_of,
}


def as_violations(error: Any) -> Iterator[Violation]:
    """An error as violations: itself if it is one, else with docfx's code and our message.

    A failed ``anyOf`` becomes the errors of the alternative that fails in the fewest places,
    as in docfx.
    """
    if isinstance(error, Violation):
        yield error
        return
    if error.validator == "anyOf" and error.context:
        yield from _closest_alternative(error)
        return
    code, message, arguments = _STOCK.get(error.validator, _nothing)(error)
    violation = Violation(code, message, arguments=arguments, path=tuple(error.absolute_path))
    violation.below = 0
    violation.instance = error.instance
    violation.validator_value = error.validator_value
    if error.validator == "const":
        violation.allowed = [error.validator_value]
    yield violation


def _closest_alternative(error: Any) -> Iterator[Violation]:
    """The violations of the first alternative with the fewest errors."""
    alternatives: dict[Any, list[Any]] = {}
    for child in error.context:
        alternatives.setdefault(child.relative_schema_path[0], []).append(child)
    for child in min(alternatives.values(), key=len, default=()):
        yield from as_violations(child)
