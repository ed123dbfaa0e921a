"""Which keys a schema evaluates, for ``unevaluatedProperties`` (JSON Schema 2020-12, 11.3)."""

from __future__ import annotations

from typing import Any

from linters.metadata.schema.ecmascript import schema_pattern


def evaluated_keys(validator: Any, instance: dict[str, Any], schema: Any) -> set[str]:
    """The keys of an instance that a schema, or what it includes, evaluates."""
    if not isinstance(schema, dict):
        return set()
    keys = set(schema.get("properties", {})) & set(instance)
    if schema.get("additionalProperties") is not None or "unevaluatedProperties" in schema:
        return set(instance)
    for text in schema.get("patternProperties", {}):
        found = schema_pattern(text)
        keys.update(key for key in instance if found.search(key))
    reference = schema.get("$ref", schema.get("$dynamicRef"))
    if reference is not None:
        resolved = validator._resolver.lookup(reference)
        evolved = validator.evolve(schema=resolved.contents, _resolver=resolved.resolver)
        keys |= _within(evolved, instance, resolved.contents)
    for key, subschema in schema.get("dependentSchemas", {}).items():
        if key in instance:
            keys |= _within(validator, instance, subschema)
    for keyword in ("allOf", "anyOf", "oneOf"):
        for subschema in schema.get(keyword, ()):
            keys |= _within(validator, instance, subschema)
    return keys | _conditional(validator, instance, schema)


def _conditional(validator: Any, instance: dict[str, Any], schema: dict[str, Any]) -> set[str]:
    if "if" not in schema:
        return set()
    if validator.evolve(schema=schema["if"]).is_valid(instance):
        chosen = evaluated_keys(validator, instance, schema["if"])
        return chosen | evaluated_keys(validator, instance, schema.get("then"))
    return evaluated_keys(validator, instance, schema.get("else"))


def _within(validator: Any, instance: dict[str, Any], schema: Any) -> set[str]:
    """The keys that a subschema evaluates, if it is valid."""
    if not validator.evolve(schema=schema).is_valid(instance):
        return set()
    return evaluated_keys(validator, instance, schema)
