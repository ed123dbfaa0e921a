"""What docfx's keywords must look like in a schema."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from linters.metadata.schema.ecmascript import schema_pattern
from linters.metadata.schema.subschemas import subschemas
from linters.util.dotnet_dates import FormatError, parse_exact, parse_span
from linters.util.patterns import PatternError


def _names(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _groups(value: Any) -> bool:
    return isinstance(value, list) and all(map(_names, value))


def _formats(value: Any) -> bool:
    patterns = value if isinstance(value, list) else [value]
    if not patterns or not all(isinstance(one, str) and len(one) < 200 for one in patterns):
        return False
    for one in patterns:
        parse_exact("", one)
    return True


def _span(value: Any) -> bool:
    parse_span(str(value))
    return isinstance(value, str | int)


def _checks(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(one, dict)
        and isinstance(one.get("value"), int)
        and isinstance(one.get("condition"), dict | bool)
        for one in value
    )


def _enum_tree(value: Any) -> bool:
    pending = [value]
    while pending:
        tree = pending.pop()
        if not isinstance(tree, dict):
            return False
        for allowed in tree.values():
            if not isinstance(allowed, dict):
                return False
            pending += [below for below in allowed.values() if below is not None]
    return True


_SHAPES: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "strictRequired": (_names, "a list of keys"),
    "docsetUnique": (_names, "a list of keys"),
    "reserved": (_names, "a list of keys"),
    "either": (_groups, "a list of lists of keys"),
    "precludes": (_groups, "a list of lists of keys"),
    "dateFormat": (_formats, "a .NET date format"),
    "relativeMinDate": (_span, "a .NET time span"),
    "relativeMaxDate": (_span, "a .NET time span"),
    "minItemsWhen": (_checks, "a list of {condition, value}"),
    "maxItemsWhen": (_checks, "a list of {condition, value}"),
    "enumDependencies": (_enum_tree, "key → value → key → values"),
    "replacedBy": (lambda value: isinstance(value, str), "a key or an empty string"),
}


def complaints(root: Any) -> Iterator[str]:
    """What is wrong with docfx's keywords and the patterns of a schema, in words."""
    for schema in subschemas(root):
        for keyword, (shaped, description) in _SHAPES.items():
            if keyword in schema and not _fits(shaped, schema[keyword]):
                yield f"{keyword} must be {description}"
        patterns = [schema["pattern"]] if isinstance(schema.get("pattern"), str) else []
        patterns += schema.get("patternProperties", ())
        for pattern in patterns:
            try:
                schema_pattern(pattern)
            except PatternError as error:
                yield f"pattern {error}"


def _fits(shaped: Callable[[Any], bool], value: Any) -> bool:
    try:
        return shaped(value)
    except FormatError:
        return False
