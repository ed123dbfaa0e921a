"""The report's schema describes every property, and knows every word of the program."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import ValidationError

from linters.model.link import Cause, Kind, Syntax, Verdict
from linters.reports.json_report import render
from tests.reports.sample import link, report, rich
from tests.reports.schema import SCHEMA, validate

DATA = json.loads(SCHEMA.read_text(encoding="utf-8"))


def test_closed_sets_are_the_programs() -> None:
    properties = DATA["$defs"]["link"]["properties"]
    assert properties["kind"]["enum"] == [str(entry) for entry in Kind]
    assert properties["verdict"]["enum"] == [str(entry) for entry in Verdict]
    assert properties["cause"]["enum"] == [*map(str, Cause), None]
    places = properties["places"]["items"]["properties"]
    assert places["syntax"]["enum"] == [str(entry) for entry in Syntax]


def test_every_property_is_described() -> None:
    assert not list(_undescribed(DATA, "$"))


def _undescribed(node: Any, where: str) -> list[str]:
    missing = []
    if isinstance(node, dict):
        for name, value in node.get("properties", {}).items():
            target = value.get("$ref") or value
            if isinstance(target, dict) and "description" not in target:
                missing.append(f"{where}.{name}")
        for name, value in node.items():
            missing += _undescribed(value, f"{where}.{name}")
    return missing


@pytest.mark.parametrize(
    "path",
    [
        ("version",),
        ("tool",),
        ("summary", "links"),
        ("findings", 0, "line"),
        ("links", 0, "places"),
    ],
)
def test_what_is_lost_or_wrong_is_refused(path: tuple[str | int, ...]) -> None:
    data: Any = json.loads(render(report(rich(), links=(link(),))))
    validate(data)
    node = data
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = "wrong"
    with pytest.raises(ValidationError):
        validate(data)
    del node[path[-1]]
    with pytest.raises(ValidationError):
        validate(data)
