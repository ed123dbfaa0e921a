"""The JSON Schema of the configuration and the loader say the same."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from linters.config.keys import SETTINGS, json_schema
from linters.config.kinds import Invalid
from linters.model.settings import Settings
from tests.config.test_load import EVERYTHING, MISTAKES

SCHEMA = Path(__file__).parents[2] / "schemas" / "config.schema.json"
# What JSON Schema cannot say, or says otherwise in Python (``$`` before a line end).
BEYOND = (
    "invalid regular",
    "invalid glob",
    "finite number",
    "is not a date format",
    "at most",
    "\\n'",
)


def test_the_file_is_generated_from_the_loader() -> None:
    expected = json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"
    assert SCHEMA.read_text(encoding="utf-8") == expected, (
        "write it again: python -m linters config --schema > schemas/config.schema.json"
    )


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())


def _documents() -> list[Any]:
    return [document for text, _ in MISTAKES for document in _read(text)]


def _read(text: str) -> list[dict[str, Any]]:
    try:
        return [tomllib.loads(text)]
    except (ValueError, RecursionError):
        return []


@pytest.mark.parametrize("document", [*_documents(), {}, tomllib.loads(EVERYTHING)], ids=str)
def test_loader_and_schema_agree(document: dict[str, Any]) -> None:
    try:
        SETTINGS.parse(document)
        beyond = loads = True
    except Invalid as error:
        loads = False
        beyond = any(word in str(error) for word in BEYOND)
    document = json.loads(json.dumps(document, default=str))
    assert beyond or jsonschema.Draft202012Validator(json_schema()).is_valid(document) == loads


def test_settings_survive_the_way_to_toml_and_back() -> None:
    assert SETTINGS.parse(SETTINGS.toml(Settings())) == Settings()
    everything = SETTINGS.parse(tomllib.loads(EVERYTHING))
    assert SETTINGS.parse(SETTINGS.toml(everything)) == everything
