"""The front matter of an article, with the place of every key and value.

What counts as a header is docfx's: see the python-frontmatter handler.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from linters.article.frontmatter_handler import DocfxHandler
from linters.article.yaml_nodes import Document, Entry, Node, Problem, as_mapping, read_yaml
from linters.model.finding import Extent

_HANDLER = DocfxHandler()


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A key that stands twice in one mapping: the later one, and the first."""

    entry: Entry
    first: Entry


class Header:
    """Front matter; offsets are code points in the article.

    ``content`` is the YAML between the delimiters, ``body`` where the article's body begins.
    The YAML is read when it is first asked for.
    """

    def __init__(self, content: Extent, body: int, text: str) -> None:
        self.content = content
        self.body = body
        self.text = text

    @cached_property
    def document(self) -> Document:
        """The YAML between the delimiters."""
        return read_yaml(self.text, self.content.start)

    @property
    def root(self) -> Node | None:
        """The node of the whole YAML; None where it is empty or cannot be read."""
        return self.document.root

    @property
    def problem(self) -> Problem | None:
        """Why the YAML cannot be read; None where it can."""
        return self.document.problem

    @property
    def values(self) -> Mapping[str, Any]:
        """Key to JSON-like value; empty where there is no readable mapping."""
        return as_mapping(self.root.value) if self.root else {}

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The keys of the top level in order, duplicates included."""
        return self.root.entries if self.root else ()

    @cached_property
    def duplicates(self) -> tuple[Duplicate, ...]:
        """Keys that stand more than once in their mapping, at any depth."""
        found: list[Duplicate] = []
        pending = [self.root] if self.root else []
        while pending:
            node = pending.pop()
            first: dict[str, Entry] = {}
            for entry in node.entries:
                if entry.key in first:
                    found.append(Duplicate(entry, first[entry.key]))
                first.setdefault(entry.key, entry)
                pending.append(entry.node)
            pending.extend(node.items)
        return tuple(sorted(found, key=lambda one: one.entry.extent))


def find_boundaries(text: str) -> tuple[Extent, int] | None:
    """The extent of the YAML and the offset of the body; None where there is no header."""
    return _HANDLER.boundaries(text)


def read_header(text: str) -> Header | None:
    """The header of an article's text; None where there is none."""
    boundaries = find_boundaries(text)
    if boundaries is None:
        return None
    content, body = boundaries
    return Header(content, body, text[content.start : content.end])
