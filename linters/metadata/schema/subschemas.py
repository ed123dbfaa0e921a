"""The schemas inside a schema: distinguishes keywords from properties of the same name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_MAPS = (
    "properties",
    "patternProperties",
    "definitions",
    "$defs",
    "dependentSchemas",
    "dependencies",
)
_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems", "items")
_SINGLE = (
    "items",
    "additionalItems",
    "additionalProperties",
    "contains",
    "propertyNames",
    "not",
    "if",
    "then",
    "else",
    "unevaluatedItems",
    "unevaluatedProperties",
)
_CONDITIONS = ("minItemsWhen", "maxItemsWhen")
"""docfx's; the schema is below the key ``condition`` of each item."""


FALSE = "x-articlelint-false"
"""The keyword that replaces a ``false`` schema: jsonschema loses the path of its errors."""

_OWN_MEANING = (
    "additionalItems",
    "additionalProperties",
    "unevaluatedItems",
    "unevaluatedProperties",
)


def mark_false(root: Any, *, items: bool) -> None:
    """Replace ``false`` schemas below a schema by ``{FALSE: true}``, in place.

    ``items``: whether ``items: false`` is a schema for each item, as in draft 7.
    """
    for schema in subschemas(root):
        for keyword in (*_MAPS, *_LISTS):
            holder = schema.get(keyword)
            if isinstance(holder, dict):
                schema[keyword] = {key: _marked(s) for key, s in holder.items()}
            elif isinstance(holder, list):
                schema[keyword] = [_marked(s) for s in holder]
        for keyword in _SINGLE:
            own = keyword in _OWN_MEANING or (keyword == "items" and not items)
            if keyword in schema and not own:
                schema[keyword] = _marked(schema[keyword])


def _marked(schema: Any) -> Any:
    return {FALSE: True} if schema is False else schema


def subschemas(root: Any) -> Iterator[dict[str, Any]]:
    """Every schema object in a schema, the schema itself first."""
    pending = [root]
    while pending:
        schema = pending.pop()
        if not isinstance(schema, dict):
            continue
        yield schema
        for keyword in _MAPS:
            if isinstance(schema.get(keyword), dict):
                pending += schema[keyword].values()
        for keyword in _LISTS:
            if isinstance(schema.get(keyword), list):
                pending += schema[keyword]
        for keyword in _CONDITIONS:
            checks = schema.get(keyword)
            if isinstance(checks, dict):
                pending.append(checks.get("condition"))
            for check in checks if isinstance(checks, list) else ():
                if isinstance(check, dict):
                    pending.append(check.get("condition"))
        pending += [schema[keyword] for keyword in _SINGLE if keyword in schema]
