"""``docsetUnique``: keys whose values no two articles of a docset may share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from linters.article.yaml_nodes import Node
from linters.checker import Context
from linters.metadata import rules
from linters.metadata.article_context import Prepared
from linters.metadata.schema.custom_rules import CustomRule, is_indexed
from linters.metadata.schema.load_schema import Schema, load_schema
from linters.metadata.schema.source import SchemaSource
from linters.metadata.schema.values import freeze, has_value
from linters.model.finding import Finding, Range, Related, Severity


@dataclass(frozen=True, slots=True)
class UniqueKey:
    """One key of one schema: the keys that lead to it."""

    schema: str
    path: tuple[str, ...]
    custom: CustomRule

    @property
    def identity(self) -> tuple[str, tuple[str, ...]]:
        """Values are compared with others of the same identity."""
        return self.schema, self.path

    def find(self, root: Node | None) -> Node | None:
        """The value in an article; None where it is not set."""
        try:
            node = root.at(self.path) if root is not None else None
        except KeyError:
            return None
        return node if node is not None and has_value(node.value) else None

    @staticmethod
    def frozen(node: Node) -> Any:
        """A hashable form, equal for equal values."""
        return freeze(node.value)

    def applies(self, path: str, root: Node | None) -> bool:
        """Whether the schema's ``rules`` include an article."""
        values = root.value if root is not None else {}
        return self.custom.applies(path, indexed=is_indexed(values), new=True)

    def finding(self, path: str, place: Range, related: tuple[Related, ...]) -> Finding:
        """The finding at one of several equal values."""
        name = ".".join(self.path)
        others = ", ".join(place.path for place in related)
        message = self.custom.rephrase(f"{name}: the same value as in {others}", (name,))
        data: dict[str, Any] = {"attribute": name, "schema": self.schema}
        if self.custom.code:
            message, data["code"] = f"{message} [{self.custom.code}]", self.custom.code
        severity: Severity | None = self.custom.severity
        return Finding(
            rule=rules.DUPLICATE_ATTRIBUTE,
            path=path,
            range=place,
            message=message,
            severity=severity,
            data=data,
            related=related,
        )


def unique_keys_of(path: str, context: Context) -> tuple[UniqueKey, ...]:
    """The unique keys of the configured schemas; the bundled ones have none."""
    prepared: Prepared = context.prepared
    sources = prepared.schemas(path, context.settings)
    return tuple(key for source in sources or () for key in _of_source(source))


@lru_cache(maxsize=64)
def _of_source(source: SchemaSource) -> tuple[UniqueKey, ...]:
    schema = load_schema(source)
    return tuple(_within(schema, schema.root, ()))


def _within(schema: Schema, root: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[UniqueKey]:
    for key in dict.fromkeys(root.get("docsetUnique", ())):
        full = (*path, key)
        custom = schema.rules.get((".".join(full), rules.DUPLICATE_ATTRIBUTE.name), CustomRule())
        yield UniqueKey(schema.name, full, custom)
    for key, below in root.get("properties", {}).items():
        if isinstance(below, dict) and len(path) < 16:
            yield from _within(schema, below, (*path, key))
