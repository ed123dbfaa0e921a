"""docfx's dialect: what each keyword accepts and refuses, under which code and where."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from linters.metadata.schema.load_schema import Schema, load_schema
from linters.metadata.schema.source import SchemaSource, bundled_names, bundled_source
from linters.metadata.schema.violation import Where
from linters.model.errors import UserError

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
DRAFTS = (
    "http://json-schema.org/draft-07/schema#",
    "https://json-schema.org/draft/2019-09/schema",
    "https://json-schema.org/draft/2020-12/schema",
)


def loaded(schema: Any) -> Schema:
    return load_schema(SchemaSource("s.json", (("s.json", json.dumps(schema)),)))


def judged(schema: Any, instance: Any) -> list[tuple[str, list[str | int]]]:
    """(code, path) of each violation; where a key is missing, docfx's key is the last step."""
    return [
        (
            violation.code,
            [
                *violation.absolute_path,
                *([violation.attribute] if violation.where is Where.MISSING else []),
            ],
        )
        for violation in loaded(schema).violations(instance, NOW)
    ]


def test_an_anchor_is_found_from_a_schema_in_a_folder() -> None:
    for draft in DRAFTS[1:]:
        for identity in ({}, {"$id": "other.json"}, {"$id": "https://example.org/s.json"}):
            text = json.dumps(
                {
                    "$schema": draft,
                    **identity,
                    "$defs": {"text": {"$anchor": "text", "type": "string"}},
                    "properties": {"a": {"$ref": "#text"}},
                }
            )
            schema = load_schema(SchemaSource("meta data/s.json", (("meta data/s.json", text),)))
            assert [violation.code for violation in schema.violations({"a": 1}, NOW)] == [
                "unexpected-type"
            ]


SPAN = {"dateFormat": "M/d/yyyy", "relativeMinDate": "-2:00:00", "relativeMaxDate": "5:00:00:00"}
TREE = {"product": {"net": {"lang": {"c": None, "f": None}}, "js": {"lang": {"": None}}, "x": None}}
LIST = {"tags[0]": {"net": {"tags[1]": {"c": {"tags[2]": {"new": None}}}}}}

CASES: list[tuple[Any, Any, list[tuple[str, list[str | int]]]]] = [
    ({"type": ["string", "null"]}, None, []),
    ({"type": "integer"}, 1.0, []),
    ({"type": "integer"}, True, [("unexpected-type", [])]),
    ({"type": "string", "enum": ["a"], "minLength": 9}, 1, [("unexpected-type", [])]),
    ({"properties": {"a": {"type": "string"}}}, {"a": None}, [("unexpected-type", ["a"])]),
    ({"enum": []}, "a", [("invalid-value", [])]),
    ({"multipleOf": 0.1}, 0.3, []),
    ({"multipleOf": 0.1}, 0.35, [("number-invalid", [])]),
    ({"multipleOf": 0.5}, 1e308, []),
    ({"dateFormat": "dddd, d MMMM yyyy"}, "Tuesday, 2 January 2024", []),
    ({"dateFormat": "ddd d.M.yyyy"}, "Mon 2.1.2024", [("date-format-invalid", [])]),
    ({"dateFormat": "d"}, "01/31/2024", []),
    ({"dateFormat": "s"}, "2024-01-31T10:20:30", []),
    ({"const": {"a": [1]}}, {"a": [1.0]}, []),
    ({"const": 1}, True, [("invalid-value", [])]),
    ({"required": ["a"]}, {"a": None}, []),
    ({"strictRequired": ["a", "b", "c"]}, {"a": None, "b": " ", "c": 0}, [
        ("missing-attribute", ["a"]), ("missing-attribute", ["b"])]),
    ({"dependencies": {"a": ["b"]}}, {"a": None}, []),
    ({"dependencies": {"a": ["b"]}}, {"a": 1, "b": None}, [("missing-paired-attribute", ["a"])]),
    ({"dependentSchemas": {"a": {"required": ["b"]}}}, {"a": 1}, [
        ("dependent-schemas-failed", ["a"])]),
    ({"either": [["a", "b"], []]}, {"a": ""}, [("missing-either-attribute", ["a"])]),
    ({"either": [["a", "b"]]}, {"b": 1}, []),
    ({"precludes": [["a", "b", "c"]]}, {"c": 1, "b": None, "a": 2}, [
        ("precluded-attributes", ["a"])]),
    ({"dateFormat": "M/d/yyyy"}, "", []),
    ({"dateFormat": "M/d/yyyy"}, "04/26/2019", []),
    ({"dateFormat": "M/d/yyyy"}, "26/04/2019", [("date-format-invalid", [])]),
    ({"dateFormat": "MM/dd/yyyy"}, "4/6/2019", [("date-format-invalid", [])]),
    (SPAN, "01/15/2026", [("date-out-of-range", [])]),
    (SPAN, "01/16/2026", []),
    (SPAN, "01/21/2026", [("date-out-of-range", [])]),
    ({"properties": {"a": {"replacedBy": "b"}}}, {"a": None}, []),
    ({"properties": {"a": {"replacedBy": ""}}}, {"a": 1}, [("attribute-deprecated", ["a"])]),
    ({"enumDependencies": TREE}, {"product": "net", "lang": "c"}, []),
    ({"enumDependencies": TREE}, {"product": "net"}, [("invalid-paired-attribute", ["lang"])]),
    ({"enumDependencies": TREE}, {"product": "net", "lang": None}, []),
    ({"enumDependencies": TREE}, {"product": "js"}, []),
    ({"enumDependencies": TREE}, {"product": "x", "lang": "?"}, []),
    ({"enumDependencies": TREE}, {"product": "net", "lang": "z"}, [
        ("invalid-paired-attribute", ["lang"])]),
    ({"enumDependencies": TREE}, {"product": "nte"}, [("invalid-value", ["product"])]),
    ({"enumDependencies": LIST}, {"tags": ["net", "c", "new"]}, []),
    ({"enumDependencies": LIST}, {"tags": ["net", "c"]}, []),
    ({"enumDependencies": LIST}, {"tags": ["net", "c", "old"]}, [
        ("invalid-paired-attribute", ["tags", 2])]),
    ({"enumDependencies": LIST}, {"tags": "net"}, [("invalid-paired-attribute", ["tags"])]),
    ({"minLength": 3, "maxLength": 3}, "😀😀😀", []),
    ({"minLength": 4, "maxLength": 2}, "abc", [
        ("string-length-invalid", []), ("string-length-invalid", [])]),
    ({"items": [{"const": 1}], "additionalItems": False}, [1, 2], [("array-length-invalid", [])]),
    ({"items": {"type": "boolean"}}, ["a"], [("unexpected-type", [0])]),
    ({"uniqueItems": True}, [1, True, "1", [1], {"a": 1}], []),
    ({"uniqueItems": True}, [{"a": 1, "b": [2]}, {"b": [2.0], "a": 1}], [("array-not-unique", [])]),
    ({"contains": {"const": 1}}, [], [("array-contains-failed", [])]),
    ({"minItemsWhen": [{"condition": {"type": "string"}, "value": 1}]}, [1], [
        ("array-min-check-invalid", [])]),
    ({"maxItemsWhen": [{"condition": {"type": "string"}, "value": 0}]}, ["a"], [
        ("array-max-check-invalid", [])]),
    ({"multipleOf": 0}, 1, []),
    ({"multipleOf": 0.5}, 1.25, [("number-invalid", [])]),
    ({"minimum": 100, "maximum": -100}, 1, [("number-invalid", []), ("number-invalid", [])]),
    ({"maxProperties": 0}, {"a": 1}, [("property-count-invalid", [])]),
    ({"properties": {"a": False}}, {"a": 1}, [("boolean-schema-failed", ["a"])]),
    (False, [], [("boolean-schema-failed", [])]),
    ({"not": {"type": "string"}}, "a", [("not-failed", [])]),
    ({"oneOf": [{"type": "string"}, {"minLength": 1}]}, "a", [("one-of-failed", [])]),
    ({"oneOf": [{"type": "string"}, {"type": "array"}]}, 1, [("one-of-failed", [])]),
    ({"anyOf": [{"type": "array"}, {"required": ["a", "b"]}]}, {"x": 1}, [("unexpected-type", [])]),
    ({"if": {"required": ["a"]}, "then": {"required": ["b"]}}, {"a": 1}, [
        ("missing-attribute", ["b"])]),
    ({"additionalProperties": None}, {"a": 1}, []),
    ({"additionalProperties": {"type": "number"}}, {"a": "x"}, [("unexpected-type", ["a"])]),
    ({"patternProperties": {"^x-": {"type": "string"}}, "additionalProperties": False}, {
        "x-a": 1, "y": 2}, [("unexpected-type", ["x-a"]), ("unknown-field", ["y"])]),
    ({"propertyNames": {"maxLength": 1}}, {"ab": 0}, [("string-length-invalid", ["ab"])]),
    ({"reserved": ["a"]}, {"a": 1}, [("attribute-reserved", ["a"])]),
    ({"format": "date-time"}, "2026-01-31T10:00:00+01:00", []),
    ({"format": "date-time"}, "tomorrow", [("format-invalid", [])]),
    ({"format": "time"}, "25:00:00", [("format-invalid", [])]),
    ({"format": "email"}, "no address", []),
    ({"pattern": "^\\p{Lu}"}, "é", [("format-invalid", [])]),
    ({"$ref": "#/definitions/a", "definitions": {"a": {"$ref": "#/definitions/b"}, "b": {
        "type": "string"}}}, 1, [("unexpected-type", [])]),
    ({"properties": {"a": {"$ref": "#"}}, "maxProperties": 1}, {"a": {"a": 1, "b": 2}}, [
        ("property-count-invalid", ["a"])]),
]  # fmt: skip


@pytest.mark.parametrize(("schema", "instance", "expected"), CASES)
def test_keyword(schema: Any, instance: Any, expected: list[tuple[str, list[str | int]]]) -> None:
    assert judged(schema, instance) == expected


@pytest.mark.parametrize("draft", DRAFTS)
def test_every_draft_knows_docfx_keywords(draft: str) -> None:
    schema = {"$schema": draft, "strictRequired": ["a"], "either": [["b"]]}
    assert judged(schema, {}) == [
        ("missing-attribute", ["a"]),
        ("missing-either-attribute", ["b"]),
    ]


def test_a_draft_named_inside_does_not_bring_the_stock_keywords_back() -> None:
    schema = {
        "$schema": DRAFTS[0],
        "properties": {"a": {"$schema": DRAFTS[0], "strictRequired": ["x"]}, "b": {"$ref": "#"}},
    }
    assert judged(schema, {"b": {"a": {}}}) == [("missing-attribute", ["b", "a", "x"])]


def test_draft_2020_12_has_prefix_items_and_unevaluated_properties() -> None:
    schema = {
        "$schema": DRAFTS[2],
        "properties": {"l": {"prefixItems": [True], "items": False}},
        "allOf": [{"patternProperties": {"^x": True}}],
        "unevaluatedProperties": False,
    }
    assert judged(schema, {"l": [1, 2], "xy": 1, "z": 1}) == [
        ("array-length-invalid", ["l"]),
        ("unknown-field", ["z"]),
    ]


BAD = [
    ('{"type": "strng"}', "not a JSON Schema at /type"),
    ("[1]", "a schema is an object"),
    ('{"type": "string"', "line 1"),
    ('{"$schema": "http://json-schema.org/draft-03/schema#"}', "not supported"),
    ('{"pattern": "("}', "pattern"),
    ('{"patternProperties": {"[": true}}', "pattern"),
    ('{"either": ["a"]}', "either must be"),
    ('{"strictRequired": "a"}', "strictRequired must be"),
    ('{"properties": {"d": {"dateFormat": 1}}}', "dateFormat must be"),
    ('{"relativeMaxDate": "soon"}', "relativeMaxDate must be"),
    ('{"minItemsWhen": [{"value": 1}]}', "minItemsWhen must be"),
    ('{"enumDependencies": {"a": ["b"]}}', "enumDependencies must be"),
    ('{"$ref": "#/definitions/none"}', "cannot be resolved"),
    ('{"rules": {"a": {"missing-attribute": {"severity": "fatal"}}}}', "severity 'fatal'"),
    ('{"rules": {"a": "error"}}', "rules/a must be"),
    ('{"not": ' * 100 + "{}" + "}" * 100, "nested more than"),
]


@pytest.mark.parametrize(("text", "message"), BAD)
def test_a_bad_schema_is_the_users_error_and_names_the_schema(text: str, message: str) -> None:
    with pytest.raises(UserError, match=r"s\.json") as caught:
        load_schema(SchemaSource("s.json", (("s.json", text),)))
    assert message in str(caught.value)


def test_properties_called_like_keywords_are_no_keywords() -> None:
    schema = {"properties": {"$ref": {"type": "string"}, "either": {"type": "string"}}}
    assert judged(schema, {"either": 1, "$ref": 2}) == [
        ("unexpected-type", ["$ref"]),
        ("unexpected-type", ["either"]),
    ]


@pytest.mark.parametrize("name", bundled_names())
def test_our_schemas_are_good_and_their_examples_hold(name: str) -> None:
    source = bundled_source(name)
    text = dict(source.texts)[name]
    schema = load_schema(SchemaSource(name, ((name, text),)))
    assert json.loads(text)["version"] == 1
    for key, property_schema in schema.properties.items():
        assert property_schema["title"], key
        assert property_schema["description"], key
        for example in property_schema["examples"]:
            codes = [violation.code for violation in schema.violations({key: example}, NOW)]
            assert set(codes) <= {"missing-attribute", "missing-paired-attribute"} | (
                {"attribute-deprecated"} if "replacedBy" in property_schema else set()
            ), key
