"""docfx's own keywords, as jsonschema's validators take them.

Each is a function of (validator, the keyword's value, the instance, the schema) that yields
violations. The semantics are those of docfx v3's JsonSchemaValidator: null and blank text count
as not set.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from linters.metadata.schema.values import has_value, is_set, show
from linters.metadata.schema.violation import Evaluation, Violation, Where
from linters.util.dotnet_dates import parse_exact, parse_span

Errors = Iterator[Any]
Keyword = Callable[[Any, Any, Any, Any], Errors]

_INDEX = re.compile(r"(.*)\[(\d{1,6})\]")


def keywords(evaluation: Evaluation) -> Mapping[str, Keyword]:
    """The keywords by name; ``evaluation`` has the clock."""

    def date_format(validator: Any, formats: Any, instance: Any, schema: Any) -> Errors:
        if not isinstance(instance, str) or not instance.strip():
            return
        patterns = [formats] if isinstance(formats, str) else formats
        moments = (parse_exact(instance, pattern) for pattern in patterns)
        moment = next((moment for moment in moments if moment is not None), None)
        if moment is None:
            expected = " or ".join(patterns)
            yield Violation(
                "date-format-invalid",
                f"{show(instance)} is not a valid date in the format {expected}",
                arguments=("", instance),
            )
            return
        offset = moment - evaluation.now
        earliest, latest = schema.get("relativeMinDate"), schema.get("relativeMaxDate")
        if earliest is not None and offset < parse_span(str(earliest)):
            yield _out_of_range(instance, "earlier", earliest)
        if latest is not None and offset > parse_span(str(latest)):
            yield _out_of_range(instance, "later", latest)

    return {
        "dateFormat": date_format,
        "strictRequired": strict_required,
        "either": either,
        "precludes": precludes,
        "enumDependencies": enum_dependencies,
        "replacedBy": replaced_by,
        "reserved": reserved,
        "minItemsWhen": min_items_when,
        "maxItemsWhen": max_items_when,
    }


def _out_of_range(instance: str, word: str, span: str) -> Violation:
    message = f"{show(instance)} is {word} than {span} (days:hours:minutes:seconds) from now"
    return Violation("date-out-of-range", message, arguments=("", instance))


def missing(key: str) -> Violation:
    """A required key that is not set."""
    return Violation(
        "missing-attribute",
        f"{key} is missing",
        attribute=key,
        arguments=(key,),
        where=Where.MISSING,
    )


def strict_required(validator: Any, required: Any, instance: Any, schema: Any) -> Errors:
    """Keys that must be set."""
    if isinstance(instance, dict):
        yield from (missing(key) for key in required if not is_set(instance, key))


def either(validator: Any, groups: Any, instance: Any, schema: Any) -> Errors:
    """Groups of keys of which at least one must be set."""
    if not isinstance(instance, dict):
        return
    for keys in groups:
        if keys and not any(is_set(instance, key) for key in keys):
            names = ", ".join(keys)
            violation = Violation(
                "missing-either-attribute",
                f"one of {names} is missing",
                attribute=keys[0],
                arguments=(names,),
                where=Where.MISSING,
            )
            violation.absent = tuple(keys)
            yield violation


def precludes(validator: Any, groups: Any, instance: Any, schema: Any) -> Errors:
    """Groups of keys of which at most one may be set; reported at the second one."""
    if not isinstance(instance, dict):
        return
    for keys in groups:
        present = [key for key in instance if key in keys and is_set(instance, key)]
        if len(present) > 1:
            violation = Violation(
                "precluded-attributes",
                f"only one of {', '.join(keys)} may be set, not {' and '.join(present)}",
                attribute=keys[0],
                arguments=(", ".join(keys),),
                path=(present[1],),
            )
            violation.attributes = tuple(present)
            yield violation


def replaced_by(validator: Any, replacement: Any, instance: Any, schema: Any) -> Errors:
    """A deprecated key; the replacement is empty where there is none."""
    if has_value(instance):
        message = f"deprecated, use {replacement}" if replacement else "deprecated"
        yield Violation("attribute-deprecated", message, arguments=("", replacement))


def reserved(validator: Any, keys: Any, instance: Any, schema: Any) -> Errors:
    """Keys that the build sets itself."""
    if isinstance(instance, dict):
        for key in keys:
            if key in instance:
                yield Violation(
                    "attribute-reserved",
                    "reserved: the build sets this key",
                    attribute=key,
                    arguments=(key,),
                    path=(key,),
                )


def min_items_when(validator: Any, checks: Any, instance: Any, schema: Any) -> Errors:
    """At least so many items must match a condition."""
    for check, count in _counts(validator, checks, instance):
        if count < check["value"]:
            yield Violation(
                "array-min-check-invalid",
                f"{_meet(count)} the condition, expected at least {check['value']}",
                arguments=("", check["value"]),
            )


def max_items_when(validator: Any, checks: Any, instance: Any, schema: Any) -> Errors:
    """At most so many items may match a condition."""
    for check, count in _counts(validator, checks, instance):
        if count > check["value"]:
            yield Violation(
                "array-max-check-invalid",
                f"{_meet(count)} the condition, expected at most {check['value']}",
                arguments=("", check["value"]),
            )


def _meet(count: int) -> str:
    return "1 item meets" if count == 1 else f"{count} items meet"


def _counts(validator: Any, checks: Any, instance: Any) -> Iterator[tuple[Any, int]]:
    if isinstance(instance, list):
        for check in checks if isinstance(checks, list) else [checks]:
            condition = validator.evolve(schema=check["condition"])
            yield check, sum(condition.is_valid(item) for item in instance)


def enum_dependencies(validator: Any, tree: Any, instance: Any, schema: Any) -> Errors:
    """Values that allow only certain values of other keys.

    ``key → value → key → {values}``, to any depth. ``key[1]`` is the second item of a list.
    The value ``""`` among a key's values permits its absence.
    """
    if isinstance(instance, dict):
        yield from _paired(tree, instance, None)


def _paired(tree: Any, instance: dict[str, Any], parent: tuple[str, Any] | None) -> Errors:
    for name, allowed in (tree or {}).items():
        match = _INDEX.fullmatch(name)
        key, index = (match[1], int(match[2])) if match else (name, 0)
        if key not in instance:
            if parent is not None and all(map(has_value, allowed)):
                yield _unpaired(key, parent)
            continue
        value, shown = instance[key], key
        path: tuple[str | int, ...] = (key,)
        if isinstance(value, list):
            if index >= len(value):
                continue
            value, path, shown = value[index], (key, index), name
        if not has_value(value):
            return
        word = value if isinstance(value, str) else show(value)
        if word in allowed:
            yield from _paired(allowed[word], instance, (shown, word))
        else:
            yield _not_allowed(key, shown, value, path, parent, list(allowed))


def _unpaired(key: str, parent: tuple[str, Any]) -> Violation:
    return Violation(
        "invalid-paired-attribute",
        f"{key} is missing, {parent[0]} {show(parent[1])} requires it",
        attribute=key,
        arguments=(key, key, *parent),
        where=Where.MISSING,
    )


def _not_allowed(
    key: str,
    shown: str,
    value: Any,
    path: tuple[str | int, ...],
    parent: tuple[str, Any] | None,
    allowed: list[str],
) -> Violation:
    if parent is None:
        code, message = "invalid-value", f"{show(value)} is not an allowed value of {shown}"
    else:
        code = "invalid-paired-attribute"
        message = f"{show(value)} is not allowed where {parent[0]} is {show(parent[1])}"
    violation = Violation(
        code, message, attribute=key, arguments=(shown, value, *(parent or ())), path=path
    )
    violation.allowed = allowed
    return violation
