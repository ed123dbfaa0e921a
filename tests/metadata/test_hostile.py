"""Hostile headers, schemas and configurations: a finding or a user's error, soon and small."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from linters.metadata.schema.docfx_metaschema import unknown_keywords
from linters.metadata.schema.load_schema import load_schema
from linters.metadata.schema.source import SchemaSource
from tests.metadata.running import check, check_with_errors, shown
from tests.steps import at_most, no_hang

TOML = '[[metadata.schemas]]\nfiles = ["*.md"]\nschema = "s.json"\n'
BYTES = 200 * 1024 * 1024


@contextmanager
def small() -> Iterator[None]:
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < BYTES
    finally:
        tracemalloc.stop()


def article(yaml: str) -> dict[str, str | bytes]:
    return {"a.md": f"---\n{yaml}\n---\n# Heading\n"}


HEADERS = {
    "nested brackets": ("[" * 100_000, "yaml-header-syntax-error"),
    "alias bomb": (
        "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30)),
        "yaml-header-syntax-error",
    ),
    "merge bomb": (
        "a0: &a0 {x: 1}\n"
        + "".join(f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}\n" for n in range(1, 30)),
        "yaml-header-syntax-error",
    ),
    "integer of 5,000 digits": ("title: " + "9" * 5000, "string-length-invalid"),
    "impossible date": ("title: x\nms.date: 2021-99-99", "date-format-invalid"),
    "escaped lone surrogate": ('title: "\\ud800"', "yaml-header-syntax-error"),
    "megabyte key": ("k" * 1_000_000 + ": 1", "yaml-header-syntax-error"),
    "long explicit key": ("? " + "k" * 200_000 + "\n: 1", "missing-attribute"),
    "thousands of misspelt keys": (
        "".join(f"ms.servic{n}: 1\n" for n in range(9000)),
        "misspelt-attribute",
    ),
    "markers of many merges": ("<<<<<<< a\n" * 10_000, "header-unreadable"),
    "python object": ("title: !!python/object/apply:os.system [ls]", "yaml-header-syntax-error"),
}


@pytest.mark.parametrize(("yaml", "rule"), HEADERS.values(), ids=HEADERS)
def test_hostile_header(yaml: str, rule: str, tmp_path: Path) -> None:
    with no_hang():
        check(tmp_path, article(yaml))
    with small():
        findings = check(tmp_path, article(yaml))
    assert rule in {finding.rule.name for finding in findings}


DOUBLING = {
    "definitions": {
        **{f"a{n}": {"allOf": [{"$ref": f"#/definitions/a{n + 1}"}] * 2} for n in range(60)},
        "a60": {},
    }
}
SCHEMAS: dict[str, tuple[Any, str]] = {
    "refers to itself endlessly": ({"$ref": "#"}, "refers to itself endlessly"),
    "refers exponentially": (
        {**DOUBLING, "properties": {"a": {"$ref": "#/definitions/a0"}}},
        "too many steps",
    ),
    "backtracks": ({"properties": {"a": {"pattern": "^(a|a)*$"}}}, "takes too long"),
    "backtracks in keys": ({"patternProperties": {"^(a|a)*$": True}}, "takes too long"),
    "refers to http": ({"$ref": "http://127.0.0.1:9/s.json"}, "not fetched"),
    "refers to a file URL": ({"$ref": "file:///etc/passwd"}, "not fetched"),
    "refers outside": ({"$ref": "../outside.json"}, "outside the repository"),
    "refers to nothing": ({"$ref": "none.json"}, "no such file"),
    "values": (
        {"dependencies": {f"k{n}": ["a"] for n in range(30_000)}},
        "s.json: line 1: more than 50,000 values",
    ),
    "keys that are not texts": ({"required": ["a", 1] * 20_000}, "a list of keys has other values"),
}


@pytest.mark.parametrize(("schema", "message"), SCHEMAS.values(), ids=SCHEMAS)
def test_hostile_schema(schema: Any, message: str, tmp_path: Path) -> None:
    (tmp_path / "outside.json").write_text("{}", encoding="utf-8")
    folder = tmp_path / "repository"
    folder.mkdir()
    files = article("a: " + "a" * 40 + "!\n" + "a" * 40 + "!: 1")
    with no_hang():
        _, errors = check_with_errors(folder, {**files, "s.json": json.dumps(schema)}, TOML)
    assert len(errors) == 1
    assert message in errors[0]


def test_values_of_several_files_count_together(tmp_path: Path) -> None:
    many = {"dependencies": {f"k{n}": ["a"] for n in range(13_000)}}
    schema = {"allOf": [{"$ref": "t.json"}], **many}
    files = {**article("title: x"), "s.json": json.dumps(schema), "t.json": json.dumps(many)}
    _, errors = check_with_errors(tmp_path, files, TOML)
    assert errors == ("s.json: more than 50,000 values in all its files",)


def test_the_steps_of_loading_grow_with_the_schema() -> None:
    def source(count: int) -> SchemaSource:
        parts = {f"k{n}": {"$id": f"i{n}", "kind": 1} for n in range(count)}
        schema = {"definitions": parts, "allOf": [{"$ref": f"i{n}"} for n in range(count)]}
        return SchemaSource("s.json", (("s.json", json.dumps(schema)),))

    with at_most(2_000 * 1_000):
        load_schema(source(1_000))
    with at_most(2_000 * 1_000):
        assert len(list(unknown_keywords(source(1_000)))) == 1_000


def test_a_schema_outside_of_the_repository_is_refused(tmp_path: Path) -> None:
    (tmp_path / "s.json").write_text("{}", encoding="utf-8")
    folder = tmp_path / "repository"
    _, errors = check_with_errors(folder, article("title: x"), TOML.replace("s.json", "../s.json"))
    assert "outside" in "".join(errors)


def test_unique_items_over_thousands_of_objects(tmp_path: Path) -> None:
    schema = {"properties": {"a": {"uniqueItems": True}}}
    yaml = "a:\n" + "".join(f"- {{x: {n}}}\n" for n in range(4000)) + "- {x: 7}"
    with no_hang():
        findings = check(tmp_path, {**article(yaml), "s.json": json.dumps(schema)}, TOML)
    assert shown(findings) == ["a.md:3:1 array-not-unique"]


def test_a_damaged_docfx_file_is_named_with_its_line(tmp_path: Path) -> None:
    files = {**article("title: x"), "docfx.json": '{\n  "build": {,}\n}'}
    _, errors = check_with_errors(tmp_path, files)
    assert [error[:17] for error in errors] == ["docfx.json:2:13: "]


def test_surrogates_and_depth_in_docfx_files(tmp_path: Path) -> None:
    config = {"build": {"content": ["*.md"], "globalMetadata": {"ms.topic": "\ud800"}}}
    findings = check(tmp_path, {**article("title: x"), "docfx.json": json.dumps(config)})
    assert [finding.message.encode() for finding in findings if finding.path == "docfx.json"]
    _, errors = check_with_errors(tmp_path, {**article("title: x"), "docfx.json": "[" * 100_000})
    assert "nested" in "".join(errors)
