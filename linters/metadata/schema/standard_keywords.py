"""JSON Schema's own keywords where docfx means something else, or where bounds are needed.

User-written patterns run with a time limit, ``uniqueItems`` and ``enum`` in linear time,
and only the formats that docfx knows are asserted.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from linters.metadata.schema.docfx_keywords import Errors, Keyword
from linters.metadata.schema.ecmascript import schema_pattern
from linters.metadata.schema.evaluated import evaluated_keys
from linters.metadata.schema.stock_errors import as_violation
from linters.metadata.schema.subschemas import FALSE
from linters.metadata.schema.values import freeze, holds, show
from linters.metadata.schema.violation import Evaluation, Violation, Where
from linters.util import dotnet_dates

FORMATS = {
    "date": dotnet_dates.is_date,
    "time": dotnet_dates.is_time,
    "date-time": dotnet_dates.is_date_time,
}


def keywords(evaluation: Evaluation) -> Mapping[str, Keyword]:
    """The keywords by name."""

    def enum(validator: Any, values: Any, instance: Any, schema: Any) -> Errors:
        if not evaluation.among(values, instance):
            violation = Violation(
                "invalid-value",
                f"{show(instance)} is none of {_choices(values)}",
                arguments=("", instance),
            )
            violation.allowed = values
            yield violation

    return {
        "enum": enum,
        "const": const,
        "pattern": pattern,
        "format": format_,
        "patternProperties": pattern_properties,
        "additionalProperties": additional_properties,
        "unevaluatedProperties": unevaluated_properties,
        "propertyNames": property_names,
        "uniqueItems": unique_items,
        "multipleOf": multiple_of,
        "contains": contains,
        "required": required,
        "dependencies": dependencies,
        "dependentSchemas": dependencies,
        "dependentRequired": dependencies,
        "anyOf": any_of,
        "oneOf": one_of,
        "not": not_,
        FALSE: never,
    }


def _choices(values: Iterable[Any]) -> str:
    shown = [show(value) for value in values if value is not None]
    more = f" and {len(shown) - 10} more" if len(shown) > 10 else ""
    return ", ".join(shown[:10]) + more


def const(validator: Any, value: Any, instance: Any, schema: Any) -> Errors:
    """The one value allowed."""
    if freeze(value) != freeze(instance):
        violation = Violation(
            "invalid-value", f"{show(instance)} is not {show(value)}", arguments=("", instance)
        )
        violation.allowed = [value]
        yield violation


def pattern(validator: Any, text: str, instance: Any, schema: Any) -> Errors:
    """A regular expression that must match somewhere."""
    if isinstance(instance, str) and not schema_pattern(text).search(instance):
        yield Violation(
            "format-invalid",
            f"{show(instance)} does not match the pattern {show(text)}",
            arguments=(instance, text),
        )


def format_(validator: Any, name: str, instance: Any, schema: Any) -> Errors:
    """``date``, ``time`` and ``date-time``; other formats say nothing."""
    if isinstance(instance, str) and name in FORMATS and not FORMATS[name](instance):
        yield Violation(
            "format-invalid", f"{show(instance)} is no {name}", arguments=(instance, name)
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
        if key in named or any(one.search(key) for one in patterns):
            continue
        if allowed is False:
            yield _unknown(key, list(named))
        else:
            yield from validator.descend(value, allowed, path=key)


def unevaluated_properties(validator: Any, allowed: Any, instance: Any, schema: Any) -> Errors:
    """The schema of keys that nothing else in the schema looked at."""
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
        f"{show(key)} is no key that the schema allows",
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
                violation = as_violation(error)
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
                message = f"{show(item)} stands in it more than once"
                yield Violation("array-not-unique", message)
                return
            seen.add(frozen)


def multiple_of(validator: Any, factor: Any, instance: Any, schema: Any) -> Errors:
    """A number must be a multiple, reckoned in decimals; docfx ignores the factor 0."""
    if not validator.is_type(instance, "number") or not factor:
        return
    if not all(map(math.isfinite, (instance, factor))):
        return
    if Fraction(repr(instance)) % Fraction(repr(factor)):
        yield Violation(
            "number-invalid",
            f"{show(instance)} is no multiple of {show(factor)}",
            arguments=(instance, f"multiple of {factor}"),
        )


def contains(validator: Any, wanted: Any, instance: Any, schema: Any) -> Errors:
    """Items that must match; ``minContains`` and ``maxContains`` count where the draft has them."""
    if not isinstance(instance, list):
        return
    one = validator.evolve(schema=wanted)
    count = sum(one.is_valid(item) for item in instance)
    counted = validator.META_SCHEMA.get("$id", "").startswith("https://")
    least = schema.get("minContains", 1) if counted else 1
    most = schema.get("maxContains", count) if counted else count
    if not least <= count <= most:
        wanted_count = f"at least {least}" if count < least else f"at most {most}"
        yield Violation("array-contains-failed", f"{count} of the items match, {wanted_count} must")


def required(validator: Any, keys: Any, instance: Any, schema: Any) -> Errors:
    """Keys that must be there; null is something."""
    if isinstance(instance, dict):
        for key in keys:
            if key not in instance:
                yield Violation(
                    "missing-attribute",
                    f"{key} is missing",
                    attribute=key,
                    arguments=(key,),
                    where=Where.MISSING,
                )


def dependencies(validator: Any, dependent: Any, instance: Any, schema: Any) -> Errors:
    """Keys that a key needs beside it, or a schema that holds once it is there."""
    if not isinstance(instance, dict):
        return
    for key, needed in dependent.items():
        if not holds(instance, key):
            continue
        if isinstance(needed, list):
            yield from (_pair(key, other) for other in needed if not holds(instance, other))
            continue
        error = next(iter(validator.descend(instance, needed, schema_path=key)), None)
        if error is not None:
            yield Violation(
                "dependent-schemas-failed",
                f"with {key} set, more must hold: {error.message}",
                attribute=key,
                arguments=(key,),
                path=(key,),
            )


def _pair(key: str, other: str) -> Violation:
    return Violation(
        "missing-paired-attribute",
        f"{other} is missing, and {key} needs it",
        attribute=key,
        arguments=(key, other),
        where=Where.MISSING,
    )


def _best(validator: Any, schemas: Any, instance: Any) -> tuple[int, list[Any]]:
    """How many schemas hold, and the errors of the one that fails in the fewest places."""
    valid, best = 0, None
    for index, subschema in enumerate(schemas):
        errors = list(validator.descend(instance, subschema, schema_path=index))
        if not errors:
            valid += 1
        elif best is None or len(errors) < len(best):
            best = errors
    return valid, best or []


def any_of(validator: Any, schemas: Any, instance: Any, schema: Any) -> Errors:
    """One of the schemas must hold; else what the closest one says."""
    for index, subschema in enumerate(schemas):
        if next(iter(validator.descend(instance, subschema, schema_path=index)), None) is None:
            return
    yield from _best(validator, schemas, instance)[1]


def one_of(validator: Any, schemas: Any, instance: Any, schema: Any) -> Errors:
    """Exactly one of the schemas must hold; says what the closest one says."""
    valid, best = _best(validator, schemas, instance)
    if valid == 1:
        return
    if valid:
        message = f"{show(instance)} fits {valid} of the alternatives, and may fit only one"
    else:
        reason = f"; closest: {best[0].message}" if best else ""
        message = f"{show(instance)} fits none of the alternatives{reason}"
    yield Violation("one-of-failed", message, arguments=("", instance))


def never(validator: Any, value: Any, instance: Any, schema: Any) -> Errors:
    """What ``false`` means as a schema."""
    yield Violation("boolean-schema-failed", "the schema allows no value here", arguments=("",))


def not_(validator: Any, forbidden: Any, instance: Any, schema: Any) -> Errors:
    """The schema must not hold."""
    if validator.evolve(schema=forbidden).is_valid(instance):
        yield Violation(
            "not-failed",
            f"{show(instance)} is what the schema forbids",
            arguments=("", instance),
        )
