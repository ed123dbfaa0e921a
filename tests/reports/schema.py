"""Validates JSON reports against the schema that ships with the product."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

SCHEMA = Path(__file__).parents[2] / "schemas" / "report.schema.json"


@lru_cache
def validator() -> Draft202012Validator:
    """The validator of JSON reports; the schema itself is checked first."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def validate(data: Any) -> None:
    """Raises jsonschema's ValidationError where a report is not as described."""
    validator().validate(data)
