"""JSON Schema's own keywords where docfx differs, or where jsonschema's need bounds or detail.

Users' patterns run with a time limit, and ``uniqueItems`` and ``enum`` in linear time. Only
docfx's formats are asserted. ``multipleOf`` is exact (jsonschema's says that 0.3 is not a
multiple of 0.1), and missing and unknown keys are reported one by one, each at its place.
``stock_errors`` maps the errors of all other keywords.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from linters.metadata.schema.docfx_keywords import Errors, Keyword, missing
from linters.metadata.schema.ecmascript import schema_pattern
from linters.metadata.schema.evaluated import evaluated_keys
from linters.metadata.schema.stock_errors import as_violations
from linters.metadata.schema.subschemas import FALSE
from linters.metadata.schema.values import freeze, is_set, show
from linters.metadata.schema.violation import Evaluation, Violation, Where
from linters.util import dotnet_dates

_MAX_CHOICES = 10
"""Allowed values that a message lists."""

FORMATS = {
    "date": dotnet_dates.is_date,
    "time": dotnet_dates.is_time,
    "date-time": dotnet_dates.is_date_time,
}


def keywords(evaluation: Evaluation) -> Mapping[str, Keyword]:

    def enum(validator: Any, values: Any, instance: Any, schema: Any) -> Errors:
        if not evaluation.among(values, instance):
            violation = Violation(
                "invalid-value",
                f"{show(instance)} is not allowed, expected {_choices(values)}",
                arguments=("", instance),
            )
            violation.allowed = values
            yield violation

    return {
        "enum": enum,
        "pattern": pattern,
        "format": format_,
        "patternProperties": pattern_properties,
        "additionalProperties": additional_properties,
        "unevaluatedProperties": unevaluated_properties,
        "propertyNames": property_names,
        "uniqueItems": unique_items,
        "multipleOf": multiple_of,
        "required": required,
        "dependencies": dependencies,
        "dependentSchemas": dependencies,
        "dependentRequired": dependencies,
        FALSE: never,
    }


def _choices(values: Iterable[Any]) -> str:
    shown = [show(value) for value in values if value is not None]
    if len(shown) > _MAX_CHOICES:
        return f"one of {len(shown)} values"
    return f"one of {', '.join(shown)}" if len(shown) > 1 else "".join(shown) or "no value"


def pattern(validator: Any, text: str, instance: Any, schema: Any) -> Errors:
    """A regular expression that must match somewhere."""
    if isinstance(instance, str) and not schema_pattern(text).search(instance):
        yield mismatch(instance, text)


def mismatch(instance: str, text: str) -> Violation:
    """A text that does not match a pattern."""
    message = f"{show(instance)} does not match the pattern {show(text)}"
    return Violation("format-invalid", message, arguments=(instance, text))


def format_(validator: Any, name: str, instance: Any, schema: Any) -> Errors:
    """``date``, ``time`` and ``date-time``; other formats are not asserted."""
    if isinstance(instance, str) and name in FORMATS and not FORMATS[name](instance):
        yield Violation(
            "format-invalid", f"{show(instance)} is not a valid {name}", arguments=(instance, name)
        )


def pattern_properties(validator: Any, schemas: Any, instance: Any, schema: Any) -> Errors:
    """Schemas for the keys that match a pattern."""
    if isinstance(instance, dict):
        for text, subschema in schemas.items():
            found = schema_pattern(text)
            for key, value in instance.items():
                if found.search(key):
                    yield from validator.descend(value, subschema, path=key, schema_path=text)


def additional_properties(validator: Any, allowed: Any, instance: Any, schema: Any) -> Errors:
    """The schema of keys that neither ``properties`` nor ``patternProperties`` name."""
    if not isinstance(instance, dict):
        return
    named = schema.get("properties", {})
    patterns = [schema_pattern(text) for text in schema.get("patternProperties", {})]
    for key, value in instance.items():
        if key in named or any(pattern.search(key) for pattern in patterns):
            continue
        if allowed is False:
            yield _unknown(key, list(named))
        else:
            yield from validator.descend(value, allowed, path=key)


def unevaluated_properties(validator: Any, allowed: Any, instance: Any, schema: Any) -> Errors:
    """The schema of keys that no other keyword evaluates."""
    if not isinstance(instance, dict):
        return
    others = {key: value for key, value in schema.items() if key != "unevaluatedProperties"}
    known = evaluated_keys(validator, instance, others)
    for key, value in instance.items():
        if key in known:
            continue
        if allowed is False:
            yield _unknown(key, list(schema.get("properties", {})))
        else:
            yield from validator.descend(value, allowed, path=key)


def _unknown(key: str, named: list[str]) -> Violation:
    violation = Violation(
        "unknown-field",
        f"the schema does not allow the key {show(key)}",
        arguments=(key,),
        where=Where.KEY,
        path=(key,),
    )
    violation.allowed = named
    return violation


def property_names(validator: Any, names: Any, instance: Any, schema: Any) -> Errors:
    """A schema for the keys themselves; placed at the key."""
    if isinstance(instance, dict):
        for key in instance:
            for error in validator.descend(key, names):
                for violation in as_violations(error):
                    violation.where = Where.KEY
                    violation.path.appendleft(key)
                    violation.below = 1
                    yield violation


def unique_items(validator: Any, unique: Any, instance: Any, schema: Any) -> Errors:
    """No two items may be equal."""
    if unique and isinstance(instance, list):
        seen: set[Any] = set()
        for item in instance:
            frozen = freeze(item)
            if frozen in seen:
                message = f"duplicate item {show(item)}"
                yield Violation("array-not-unique", message)
                return
            seen.add(frozen)


def multiple_of(validator: Any, factor: Any, instance: Any, schema: Any) -> Errors:
    """A number must be a multiple, in exact decimals; docfx ignores the factor 0."""
    if not validator.is_type(instance, "number") or not factor:
        return
    if not all(map(math.isfinite, (instance, factor))):
        return
    if Fraction(repr(instance)) % Fraction(repr(factor)):
        yield Violation(
            "number-invalid",
            f"{show(instance)} is not a multiple of {show(factor)}",
            arguments=(instance, f"multiple of {factor}"),
        )


def required(validator: Any, keys: Any, instance: Any, schema: Any) -> Errors:
    """Keys that must be set; null counts as set."""
    if isinstance(instance, dict):
        for key in keys:
            if key not in instance:
                yield missing(key)


def dependencies(validator: Any, dependent: Any, instance: Any, schema: Any) -> Errors:
    """Keys that a key requires, or a schema that applies once the key is set."""
    if not isinstance(instance, dict):
        return
    for key, needed in dependent.items():
        if not is_set(instance, key):
            continue
        if isinstance(needed, list):
            yield from (_pair(key, other) for other in needed if not is_set(instance, other))
            continue
        error = next(iter(validator.descend(instance, needed, schema_path=key)), None)
        if error is not None:
            reason = next(as_violations(error)).message
            yield Violation(
                "dependent-schemas-failed",
                f"{key} is set, but {reason}",
                attribute=key,
                arguments=(key,),
                path=(key,),
            )


def _pair(key: str, other: str) -> Violation:
    violation = Violation(
        "missing-paired-attribute",
        f"{other} is missing, {key} requires it",
        attribute=key,
        arguments=(key, other),
        where=Where.MISSING,
    )
    violation.absent = (other,)
    return violation


def never(validator: Any, value: Any, instance: Any, schema: Any) -> Errors:
    """The schema ``false``."""
    yield Violation("boolean-schema-failed", "the schema allows no value here", arguments=("",))
