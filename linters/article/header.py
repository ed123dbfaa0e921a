"""The front matter of an article, with the position of every key and value.

The python-frontmatter handler finds it where docfx does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from linters.article.frontmatter_handler import Boundaries, DocfxHandler
from linters.article.yaml_events import Problem
from linters.article.yaml_nodes import Document, Entry, Node, as_mapping, read_yaml
from linters.model.finding import Extent

_HANDLER = DocfxHandler()


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A key that occurs twice in one mapping: the later entry, and the first."""

    entry: Entry
    first: Entry


class Header:
    """Front matter; offsets are code points in the article.

    ``content`` is the YAML between the delimiters, ``body`` where the article's body begins.
    The YAML is parsed on first use.
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
        """The node of the whole YAML; None where it is empty or cannot be parsed."""
        return self.document.root

    @property
    def problem(self) -> Problem | None:
        """Why the YAML cannot be parsed; None where it can."""
        return self.document.problem

    @property
    def values(self) -> Mapping[str, Any]:
        """Key to JSON-like value; empty where the YAML is not a mapping."""
        return as_mapping(self.root.value) if self.root else {}

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The keys of the top level in order, duplicates included."""
        return self.root.entries if self.root else ()

    @cached_property
    def duplicates(self) -> tuple[Duplicate, ...]:
        """Keys that occur more than once in their mapping, at any depth."""
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
        return tuple(sorted(found, key=lambda duplicate: duplicate.entry.extent))


def find_boundaries(text: str) -> Boundaries | None:
    """The boundaries of an article's front matter; None without any."""
    return _HANDLER.boundaries(text)


def read_header(text: str) -> Header | None:
    """The header of an article's text; None without front matter."""
    if not _HANDLER.detect(text):
        return None
    content, body = _HANDLER.split(text)
    opener = _HANDLER.FM_BOUNDARY.match(text)
    start = opener.end() if opener else 0
    return Header(Extent(start, start + len(content)), len(text) - len(body), content)
