"""The bundled schemas give the same violations without jsonschema as with it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linters.article.header import read_header
from linters.metadata.schema.bundled_validator import BundledValidator
from linters.metadata.schema.load_schema import Schema, load_schema
from linters.metadata.schema.source import SchemaSource, bundled_names, bundled_source, bundled_text
from linters.metadata.schema.violation import Evaluation
from tests.metadata.planted import defects
from tests.metadata.test_dialect import NOW
from tests.metadata.test_planted import BASES

ANNOTATIONS = {"$schema", "$id", "version", "title", "description", "examples", "rules"}
WITH_DATE_FORMAT = {"relativeMinDate", "relativeMaxDate"}
TEXTS = ["article", "NOINDEX", "a@b", "01/31/2025", "2025-13-13", "01/31/2099", "", " ", "x" * 200]
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=100)
    | st.sampled_from(TEXTS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)


def both(name: str) -> tuple[Schema, Schema]:
    """The schema as it is loaded, and as a file of a repository would be."""
    source = SchemaSource(name, ((name, bundled_text(name)),))
    return load_schema(bundled_source(name)), load_schema(source)


def shown(schema: Schema, values: Any) -> list[tuple[object, ...]]:
    return [
        (v.code, v.message, list(v.absolute_path), v.where, v.absent, v.allowed, v.validator_value)
        for v in schema.violations(values, NOW)
    ]


@pytest.mark.parametrize("name", bundled_names())
def test_planted_defects_violate_the_same(name: str) -> None:
    light, full = both(name)
    compared = 0
    for base in BASES.values():
        for defect in defects():
            lines = defect.plant(base.split("\n"))
            header = read_header("\n".join(lines)) if lines else None
            if header is not None:
                compared += 1
                assert shown(light, header.values) == shown(full, header.values), defect.name
    assert compared > 300


@pytest.mark.parametrize("name", bundled_names())
@given(data=st.data())
def test_any_values_violate_the_same(name: str, data: st.DataObject) -> None:
    light, full = both(name)
    keys = [*light.properties, *light.root["reserved"], "x"]
    values = data.draw(st.dictionaries(st.sampled_from(keys), VALUES, max_size=6))
    assert shown(light, values) == shown(full, values)


@pytest.mark.parametrize("name", bundled_names())
def test_every_keyword_of_the_bundled_schemas_is_evaluated(name: str) -> None:
    root = json.loads(bundled_text(name))
    keywords = set(root)
    for schema in root["properties"].values():
        keywords |= schema.keys() | schema.get("items", {}).keys()
    assert (
        keywords - ANNOTATIONS - WITH_DATE_FORMAT <= BundledValidator(root, Evaluation()).keywords
    )


def test_jsonschema_is_not_imported_for_the_bundled_schemas(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: [x]\nms.author: a@b\n---\n", encoding="utf-8")
    code = (
        "import sys; from linters.cli import main; main(['check', '--offline', '--no-cache', '.']);"
        "assert not {'jsonschema', 'referencing', 'regex'} & sys.modules.keys()"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "unexpected-type" in done.stdout
