"""Several schemas for one article."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from linters.model.finding import Severity
from tests.metadata.running import check, shown

MILD = json.dumps({"strictRequired": ["a"]})
STRICT = json.dumps({"strictRequired": ["a"], "rules": {"a": {"missing-attribute": "error"}}})


@pytest.mark.parametrize("order", [("mild.json", "strict.json"), ("strict.json", "mild.json")])
def test_what_two_schemas_say_is_said_once_and_as_badly_as_the_worse(
    order: tuple[str, str], tmp_path: Path
) -> None:
    config = "".join(
        f'[[metadata.schemas]]\nfiles = ["*.md"]\nschema = "{name}"\n' for name in order
    )
    files = {"mild.json": MILD, "strict.json": STRICT, "a.md": "---\nb: 1\n---\n"}
    findings = check(tmp_path, files, config)
    assert shown(findings) == ["a.md:2:1 missing-attribute"]
    assert findings[0].severity is Severity.ERROR
