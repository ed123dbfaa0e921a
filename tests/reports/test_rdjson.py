"""Reviewdog's rdjson, to the letter; its columns are bytes of UTF-8."""

from __future__ import annotations

import json
from typing import Any

from jsonschema import Draft202012Validator

from linters.model.finding import Edit, Fix, Position
from linters.reports.rdjson import render
from tests.reports.sample import finding, place, report, rich

_POSITION = {
    "type": "object",
    "properties": {"line": {"type": "integer", "minimum": 1}, "column": {"type": "integer"}},
    "required": ["line"],
    "additionalProperties": False,
}
_RANGE = {
    "type": "object",
    "properties": {"start": _POSITION, "end": _POSITION},
    "required": ["start"],
    "additionalProperties": False,
}
_LOCATION = {
    "type": "object",
    "properties": {"path": {"type": "string", "minLength": 1}, "range": _RANGE},
    "required": ["path"],
    "additionalProperties": False,
}
# The messages of reviewdog.proto that we write, with the names that its JSON form has.
SCHEMA = Draft202012Validator(
    {
        "type": "object",
        "required": ["source", "diagnostics"],
        "additionalProperties": False,
        "properties": {
            "source": {"type": "object", "required": ["name"]},
            "diagnostics": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["message", "location", "severity", "code"],
                    "additionalProperties": False,
                    "properties": {
                        "message": {"type": "string", "minLength": 1},
                        "location": _LOCATION,
                        "severity": {"enum": ["ERROR", "WARNING", "INFO"]},
                        "code": {"type": "object", "required": ["value"]},
                        "suggestions": {
                            "type": "array",
                            "items": {
                                "type": "object",
                                "required": ["range", "text"],
                                "properties": {"range": _RANGE, "text": {"type": "string"}},
                                "additionalProperties": False,
                            },
                        },
                        "related_locations": {
                            "type": "array",
                            "items": {
                                "type": "object",
                                "properties": {
                                    "message": {"type": "string"},
                                    "location": _LOCATION,
                                },
                                "additionalProperties": False,
                            },
                        },
                    },
                },
            },
        },
    }
)


def shown(*findings: Any, **changes: Any) -> list[dict[str, Any]]:
    """The diagnostics of a report, checked against the schema."""
    data = json.loads(render(report(*findings, **changes)))
    SCHEMA.validate(data)
    diagnostics: list[dict[str, Any]] = data["diagnostics"]
    return diagnostics


def test_everything() -> None:
    lines = ((("docs/a.md", 3), "Les [](x.md) her."),)
    assert shown(rich(), lines=lines) == [
        {
            "message": "the link text is empty (Translate it.)",
            "location": {
                "path": "docs/a.md",
                "range": {"start": {"line": 3, "column": 5}, "end": {"line": 3, "column": 11}},
            },
            "severity": "WARNING",
            "code": {"value": "META001[missing-attribute]"},
            "suggestions": [
                {
                    "range": {"start": {"line": 3, "column": 5}, "end": {"line": 3, "column": 11}},
                    "text": "text",
                }
            ],
            "related_locations": [
                {
                    "message": "the source stands here",
                    "location": {"path": "docs/b.md", "range": {"start": {"line": 7}}},
                }
            ],
        }
    ]


def test_columns_count_bytes() -> None:
    lines = ((("docs/a.md", 1), "a\U00010400b é!"),)
    fix = Fix(True, (Edit(Position(1, 3), Position(1, 4), ""),))
    (diagnostic,) = shown(finding(range=place(1, 3, 1, 6), fix=fix), lines=lines)
    assert diagnostic["location"]["range"] == {
        "start": {"line": 1, "column": 6},
        "end": {"line": 1, "column": 10},
    }
    assert diagnostic["suggestions"][0]["range"]["end"] == {"line": 1, "column": 7}


def test_a_column_that_cannot_be_counted_is_left_out_and_so_is_the_suggestion() -> None:
    (diagnostic,) = shown(rich())
    assert diagnostic["location"]["range"] == {"start": {"line": 3}, "end": {"line": 3}}
    assert "suggestions" not in diagnostic
