"""A YAML document as values with their positions.

Built from the events of PyYAML's C parser, in one pass and within bounds, so that hostile input
is harmless: nesting, the number of values (an alias counts as the values that it repeats) and
the size are limited before any value is built.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)

from linters.article.yaml_events import Problem, YamlProblemError, read_events
from linters.article.yaml_scalars import resolve_scalar
from linters.model.finding import Extent
from linters.util.shorten import shorten

MAX_DEPTH = 32
MAX_VALUES = 20_000
MAX_LENGTH = 256 * 1024


class Node(NamedTuple):
    """A value with the extent of its text (code points of the whole file).

    ``value`` is JSON-like: mappings as dicts (the last of duplicate keys wins), sequences as
    lists. ``plain`` marks an unquoted scalar. ``entries`` are a mapping's, in order,
    duplicates included; ``items`` a sequence's.
    """

    value: Any
    extent: Extent
    plain: bool = False
    entries: tuple[Entry, ...] = ()
    items: tuple[Node, ...] = ()

    def entry(self, key: str) -> Entry | None:
        """The entry of a key; of duplicates the last one, which is in force."""
        return next((entry for entry in reversed(self.entries) if entry.key == key), None)

    def at(self, path: tuple[str | int, ...]) -> Node:
        """The node at a path of keys and 0-based indices; KeyError if there is none."""
        node = self
        for step in path:
            if isinstance(step, int):
                if not 0 <= step < len(node.items):
                    raise KeyError(step)
                node = node.items[step]
            else:
                entry = node.entry(step)
                if entry is None:
                    raise KeyError(step)
                node = entry.node
        return node


class Entry(NamedTuple):
    """A key of a mapping, its extent, and its value."""

    key: str
    extent: Extent
    node: Node


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed document; ``root`` is None for an empty one and for one with a problem."""

    root: Node | None = None
    problem: Problem | None = None


_YAML_ORG = "tag:yaml.org,2002:"
_TAGS = frozenset(
    {"!", *map(_YAML_ORG.__add__, ("str", "int", "float", "bool", "null", "seq", "map"))}
)
"""Tags of plain data; others make programs build objects (``!!python/object/apply:os.system``)."""


class _LimitError(Exception):
    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


@dataclass(slots=True)
class _NodeBuilder:
    """Builds nodes from events; ``shift`` is the offset of the YAML in the file."""

    events: Iterator[Any]
    text: str
    shift: int
    values: int = 0
    anchors: dict[str, tuple[Node, int]] = field(default_factory=dict)

    def node(self, event: Any, depth: int) -> Node:
        offset = event.start_mark.index + self.shift
        extent = Extent(offset, self._end(event))
        before = self.values
        self.values += 1
        if self.values > MAX_VALUES:
            raise _LimitError(f"more than {MAX_VALUES:,} values", offset)
        kind = type(event)
        if kind is AliasEvent:
            return self._alias(event.anchor, extent)
        if event.tag is not None and event.tag not in _TAGS:
            name = shorten(event.tag.replace(_YAML_ORG, "!!"))
            raise _LimitError(f"the tag {name} is not allowed", offset)
        if kind is ScalarEvent:
            plain = event.implicit[0] and not event.style
            value = resolve_scalar(event.value) if plain else event.value
            node = Node(value, extent, plain=plain)
        elif depth >= MAX_DEPTH:
            raise _LimitError(f"nested more than {MAX_DEPTH} levels deep", offset)
        elif kind is SequenceStartEvent:
            node = self._sequence(event, offset, depth)
        else:
            node = self._mapping(event, offset, depth)
        if event.anchor is not None:
            self.anchors[event.anchor] = (node, self.values - before)
        return node

    def _alias(self, anchor: str, extent: Extent) -> Node:
        if anchor not in self.anchors:
            raise _LimitError(f"the alias *{anchor} has no anchor before it", extent.start)
        node, size = self.anchors[anchor]
        self.values += size - 1
        if self.values > MAX_VALUES:
            raise _LimitError(f"aliases repeat more than {MAX_VALUES:,} values", extent.start)
        return Node(node.value, extent, False, node.entries, node.items)

    def _sequence(self, start: Any, offset: int, depth: int) -> Node:
        items: list[Node] = []
        while type(event := next(self.events)) is not SequenceEndEvent:
            items.append(self.node(event, depth + 1))
        end = items[-1].extent.end if items and not start.flow_style else self._end(event)
        value = [item.value for item in items]
        return Node(value, Extent(offset, max(offset, end)), items=tuple(items))

    def _mapping(self, start: Any, offset: int, depth: int) -> Node:
        entries: list[Entry] = []
        while type(event := next(self.events)) is not MappingEndEvent:
            key = self.node(event, depth + 1)
            if isinstance(key.value, list | dict):
                raise _LimitError("a key must be plain text", key.extent.start)
            text = event.value if type(event) is ScalarEvent else str(key.value)
            entries.append(Entry(text, key.extent, self.node(next(self.events), depth + 1)))
        end = entries[-1].node.extent.end if entries and not start.flow_style else self._end(event)
        value = {entry.key: entry.node.value for entry in entries}
        return Node(value, Extent(offset, max(offset, end)), entries=tuple(entries))

    def _end(self, event: Any) -> int:
        """Where an event's text ends, without the line ends that block scalars include."""
        start, end = event.start_mark.index, event.end_mark.index
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        return int(end) + self.shift


def read_yaml(text: str, shift: int = 0) -> Document:
    """Read one YAML document; ``shift`` is added to all offsets."""
    if len(text) > MAX_LENGTH:
        return Document(problem=Problem(f"longer than {MAX_LENGTH:,} characters", shift))
    try:
        return _document(read_events(text), text, shift)
    except _LimitError as error:
        return Document(problem=Problem(str(error), error.offset))
    except YamlProblemError as error:
        return Document(problem=replace(error.problem, offset=error.problem.offset + shift))
    except (RecursionError, ValueError) as error:
        return Document(problem=Problem(str(error) or "nested too deeply", shift))


def _document(events: Iterator[Any], text: str, shift: int) -> Document:
    root: Node | None = None
    builder = _NodeBuilder(events, text, shift)
    for event in events:
        if isinstance(event, StreamStartEvent | DocumentStartEvent | DocumentEndEvent):
            continue
        if isinstance(event, StreamEndEvent):
            break
        offset = event.start_mark.index + shift
        if root is not None:
            return Document(problem=Problem("front matter must be a single YAML document", offset))
        root = builder.node(event, 0)
    if root is not None and root.value is None and root.plain:
        root = None
    return Document(root)


def as_mapping(value: Any) -> Mapping[str, Any]:
    """The value itself if it is a mapping, else an empty one."""
    return value if isinstance(value, dict) else {}
