"""Checks a schema's docfx keywords against their own JSON Schema, and finds unknown keywords."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from jsonschema import FormatChecker
from jsonschema.validators import Draft7Validator

from linters.article.text.lines import LineIndex
from linters.article.yaml_nodes import Node
from linters.metadata.schema.ecmascript import schema_pattern
from linters.metadata.schema.source import SchemaSource, bundled_text
from linters.metadata.schema.subschemas import subschemas
from linters.metadata.schema.validator import DRAFTS, draft_of
from linters.model.note import Note
from linters.repository.json_reader import read_json
from linters.util.dotnet_dates import FormatError, parse_exact, parse_span
from linters.util.patterns import PatternError
from linters.util.suggestions import suggestion

_FORMATS = FormatChecker(formats=())
_DIALECT_WIDE = ("$schema", "$defs", "definitions", "dependentSchemas", "dependentRequired")
"""Keywords of other drafts that are supported in every draft."""


@_FORMATS.checks("dotnet-date-format", raises=FormatError)
def _is_date_format(value: object) -> bool:
    if isinstance(value, str):
        parse_exact("", value)
    return True


@_FORMATS.checks("dotnet-time-span", raises=FormatError)
def _is_time_span(value: object) -> bool:
    parse_span(str(value))
    return True


@_FORMATS.checks("schema-pattern", raises=PatternError)
def _is_schema_pattern(value: object) -> bool:
    if isinstance(value, str):
        schema_pattern(value)
    return True


@lru_cache(maxsize=1)
def docfx_keywords() -> Mapping[str, Mapping[str, Any]]:
    """docfx's keywords by name: title, description and schema of each."""
    properties: Mapping[str, Mapping[str, Any]] = _metaschema()["properties"]
    return properties


@lru_cache(maxsize=1)
def _metaschema() -> Any:
    document = read_json(bundled_text("docfx-keywords"))
    return document.root.value if document.root else {}


def complaints(root: Any) -> Iterator[str]:
    """What is wrong with docfx's keywords and the patterns of a schema, in words."""
    validator = Draft7Validator(_metaschema(), format_checker=_FORMATS)
    for schema in subschemas(root):
        for error in validator.iter_errors(schema):
            if isinstance(error.cause, PatternError):
                yield f"pattern {error.cause}"
            elif error.path:
                keyword = str(error.path[0])
                yield f"{keyword} must be {docfx_keywords()[keyword]['title']}"


def unknown_keywords(source: SchemaSource) -> Iterator[Note]:
    """A note for each keyword that neither JSON Schema's draft nor docfx has; it is ignored."""
    for uri, text in source.texts:
        root = read_json(text).root
        draft = draft_of(root.value) if root is not None else None
        if root is None or draft is None:
            continue
        known = draft_keywords(draft).union(docfx_keywords(), _DIALECT_WIDE)
        lines = LineIndex(text)
        nodes = {id(node.value): node for node in _nodes(root)}
        for schema in subschemas(root.value):
            last = {entry.key: entry for entry in nodes[id(schema)].entries}
            for keyword in last.keys() - known:
                if not keyword.startswith("x-"):
                    line = lines.position(last[keyword].extent.start).line
                    yield Note(_unknown(keyword, known), uri, line)


def _nodes(root: Node) -> Iterator[Node]:
    """A node, and all below it."""
    pending = [root]
    while pending:
        node = pending.pop()
        yield node
        pending += node.items
        pending += (entry.node for entry in node.entries)


@lru_cache(maxsize=1024)
def _unknown(keyword: str, known: frozenset[str]) -> str:
    every = frozenset[str]().union(*map(draft_keywords, DRAFTS.values()))
    if keyword in every:
        return f"keyword {keyword!r} is not part of the schema's draft and is ignored"
    return f"unknown keyword {keyword!r} is ignored{suggestion(keyword, sorted(known))}"


@lru_cache(maxsize=8)
def draft_keywords(draft: Any) -> frozenset[str]:
    """The keywords of a draft, from its own meta-schema and the vocabularies that it names."""
    from jsonschema_specifications import REGISTRY  # type: ignore[import-untyped]

    known = set(draft.META_SCHEMA["properties"])
    for part in draft.META_SCHEMA.get("allOf", ()):
        address = str(draft.META_SCHEMA["$id"]).rpartition("/")[0] + "/" + part["$ref"]
        known |= set(REGISTRY.contents(address).get("properties", ()))
    return frozenset(known)
