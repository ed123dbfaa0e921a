"""Validates against the bundled schemas without jsonschema.

Importing jsonschema takes longer than checking an article, and most articles are checked against
bundled schemas only. This evaluates the few keywords that those use, with the same functions
where they are ours; a test compares the violations with jsonschema's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from linters.metadata.schema import docfx_keywords, standard_keywords
from linters.metadata.schema.docfx_keywords import Errors, Keyword
from linters.metadata.schema.ecmascript import translate
from linters.metadata.schema.stock_errors import as_violations
from linters.metadata.schema.violation import Evaluation

_TYPES: Mapping[str, frozenset[type]] = {
    "array": frozenset((list,)),
    "boolean": frozenset((bool,)),
    "null": frozenset((type(None),)),
    "number": frozenset((int, float)),
    "object": frozenset((dict,)),
    "string": frozenset((str,)),
}
"""The types that the values of our YAML and TOML have; a bool is not a number."""

_Checks = list[tuple[str, Any, Keyword]]


class BundledValidator:
    """Evaluates one schema; has what our keywords use of jsonschema's validators.

    As in docfx, the other keywords are skipped where ``type`` fails.
    """

    def __init__(self, schema: Any, evaluation: Evaluation) -> None:
        self.schema = schema
        self._keywords: Mapping[str, Keyword] = {
            **standard_keywords.keywords(evaluation),
            **docfx_keywords.keywords(evaluation),
            **_STOCK,
        }
        self._known: dict[int, tuple[frozenset[type] | None, _Checks]] = {}

    @property
    def keywords(self) -> frozenset[str]:
        """The names of all keywords that are evaluated."""
        return frozenset(self._keywords)

    def iter_errors(self, instance: Any) -> Iterator[Any]:
        """The violations of an instance."""
        return self.descend(instance, self.schema)

    def descend(
        self, instance: Any, schema: Any, path: Any = None, schema_path: Any = None
    ) -> Iterator[Any]:
        """The violations of an instance that is at ``path`` of another one."""
        for keyword, value, function in self._checks(instance, schema):
            for error in function(self, value, instance, schema):
                error._set(validator=keyword, validator_value=value, instance=instance)
                if path is not None:
                    error.path.appendleft(path)
                yield error

    def _checks(self, instance: Any, schema: Any) -> _Checks:
        """The keywords of a part of the schema that an instance is to be checked by."""
        known = self._known.get(id(schema))
        if known is None:
            names = schema.get("type")
            names = [names] if isinstance(names, str) else names
            types = None if names is None else frozenset().union(*(_TYPES[name] for name in names))
            checks = [
                (keyword, value, self._keywords[keyword])
                for keyword, value in schema.items()
                if keyword in self._keywords and keyword != "type"
            ]
            known = self._known[id(schema)] = (types, checks)
        types, checks = known
        if types is None or type(instance) in types:
            return checks
        return [("type", schema["type"], _type)]

    def is_type(self, instance: Any, name: str) -> bool:
        """Whether an instance has a type of JSON Schema."""
        return type(instance) in _TYPES[name]


def _failed(keyword: str, value: Any, instance: Any) -> Errors:
    error = SimpleNamespace(
        validator=keyword, validator_value=value, instance=instance, absolute_path=()
    )
    return as_violations(error)


def _type(validator: Any, types: Any, instance: Any, schema: Any) -> Errors:
    yield from _failed("type", types, instance)


def _min_length(validator: Any, limit: int, instance: Any, schema: Any) -> Errors:
    if isinstance(instance, str) and len(instance) < limit:
        yield from _failed("minLength", limit, instance)


def _max_length(validator: Any, limit: int, instance: Any, schema: Any) -> Errors:
    if isinstance(instance, str) and len(instance) > limit:
        yield from _failed("maxLength", limit, instance)


def _properties(validator: Any, properties: Any, instance: Any, schema: Any) -> Errors:
    if isinstance(instance, dict):
        for key, subschema in properties.items():
            if key in instance:
                yield from validator.descend(instance[key], subschema, path=key)


def _items(validator: Any, subschema: Any, instance: Any, schema: Any) -> Errors:
    if isinstance(instance, list):
        for index, item in enumerate(instance):
            yield from validator.descend(item, subschema, path=index)


def _pattern(validator: Any, text: str, instance: Any, schema: Any) -> Errors:
    """Our own patterns need neither a time limit nor the engine that has one."""
    if isinstance(instance, str) and _compiled(text).search(instance) is None:
        yield standard_keywords.mismatch(instance, text)


@lru_cache(maxsize=64)
def _compiled(text: str) -> re.Pattern[str]:
    return re.compile(translate(text))


_STOCK: Mapping[str, Keyword] = {
    "type": _type,
    "minLength": _min_length,
    "maxLength": _max_length,
    "properties": _properties,
    "items": _items,
    "pattern": _pattern,
}
