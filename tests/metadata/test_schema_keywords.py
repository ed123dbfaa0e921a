"""The keywords of schemas: their meta-schema, the page about them, and notes on unknown ones."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from linters.metadata.schema.docfx_metaschema import docfx_keywords, unknown_keywords
from linters.metadata.schema.load_schema import load_schema
from linters.metadata.schema.source import SchemaSource, bundled_names, bundled_source, bundled_text
from linters.metadata.schema.validator import extend
from linters.metadata.schema.violation import Evaluation
from tests.metadata.running import run_files

DOCS = Path(__file__).parents[2] / "docs"


def notes(text: str) -> list[str]:
    return [str(note) for note in unknown_keywords(SchemaSource("s.json", (("s.json", text),)))]


def test_the_page_lists_what_the_code_supports() -> None:
    spec = importlib.util.spec_from_file_location("schema_keywords", DOCS / "schema_keywords.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.PAGE.read_text(encoding="utf-8") == module.page()


def test_every_docfx_keyword_is_described_and_every_described_one_is_implemented() -> None:
    from jsonschema.validators import Draft7Validator

    evaluated = set(extend(Draft7Validator, Evaluation()).VALIDATORS)
    own = evaluated - set(Draft7Validator.VALIDATORS)
    own -= {"dependentSchemas", "dependentRequired", "unevaluatedProperties"}
    own = {name for name in own if not name.startswith("x-")}
    checked = {name for name, row in docfx_keywords().items() if not row.get("x-ignored")}
    assert own <= checked
    read_elsewhere = {"rules", "customRules", "docsetUnique", "relativeMinDate", "relativeMaxDate"}
    assert checked - evaluated == read_elsewhere


@pytest.mark.parametrize("keyword", docfx_keywords())
def test_the_examples_of_a_keyword_are_accepted(keyword: str) -> None:
    for example in docfx_keywords()[keyword].get("examples", ()):
        text = json.dumps({keyword: example})
        load_schema(SchemaSource("s.json", (("s.json", text),)))


@pytest.mark.parametrize("name", [*bundled_names(), "docfx-keywords"])
def test_the_bundled_schemas_have_no_unknown_keywords(name: str) -> None:
    source = SchemaSource(name, ((name, bundled_text(name)),))
    assert list(unknown_keywords(source)) == []
    assert bundled_source(bundled_names()[0]).bundled


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"strictRequred": ["a"]}, [
            "unknown keyword 'strictRequred' is ignored; did you mean 'strictRequired'?"]),
        ({"properties": {"a": {"DateFormat": "d"}}}, [
            "unknown keyword 'DateFormat' is ignored; did you mean 'dateFormat'?"]),
        ({"qwertyuiop": 1}, ["unknown keyword 'qwertyuiop' is ignored"]),
        ({"items": [{"prefixItems": []}]}, [
            "keyword 'prefixItems' is not part of the schema's draft and is ignored"]),
        ({"minItemsWhen": [{"condition": {"foo": 1}, "value": 1}]}, [
            "unknown keyword 'foo' is ignored"]),
        ({"properties": {"strictRequred": {}, "foo": {"enum": [{"foo": 1}]}}, "x-foo": 1}, []),
        ({"contentType": "markdown", "examples": [{"foo": 1}], "$comment": "x", "$defs": {}}, []),
    ],
)  # fmt: skip
def test_unknown_keywords(schema: Any, expected: list[str]) -> None:
    found = notes(json.dumps(schema))
    assert found == [f"s.json:1: {message}" for message in expected]


def test_a_note_names_the_line_and_reaches_the_report(tmp_path: Path) -> None:
    config = '[[metadata.schemas]]\nfiles = ["*.md"]\nschema = "s.json"\n'
    schema = '{\n  "properties": {"a": {\n    "enumm": [1]}}\n}\n'
    report = run_files(tmp_path, {"s.json": schema, "a.md": "---\na: 1\n---\n"}, config)
    assert [str(note) for note in report.notes] == [
        "s.json:3: unknown keyword 'enumm' is ignored; did you mean 'enum'?"
    ]
