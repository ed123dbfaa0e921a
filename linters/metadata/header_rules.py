"""The rules that no schema states: spelling, placeholders, invisible characters, the header."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from linters.article.header import Header
from linters.article.yaml_nodes import Entry, Node
from linters.metadata import fixes, rules
from linters.metadata.found import Found
from linters.metadata.invisible import describe, find_invisible
from linters.metadata.known_keys import EXPECTED, LOCALIZATION
from linters.metadata.placeholders import is_placeholder
from linters.metadata.spelling import Kind, suggest_key
from linters.model.finding import Extent

MAX_KEYS = 200
"""Keys of one header whose spelling is looked at."""


def damage(header: Header) -> Found | None:
    """Why the YAML of a header says nothing; None where it is a mapping, or empty."""
    if header.problem is not None:
        offset = header.problem.offset
        message = header.problem.message
        return Found(rules.YAML_HEADER_SYNTAX_ERROR, Extent(offset, offset), message)
    root = header.root
    if root is None or isinstance(root.value, dict):
        return None
    kind = "a list" if isinstance(root.value, list) else "a single value"
    return Found(
        rules.YAML_HEADER_NOT_OBJECT,
        root.extent,
        f"the front matter is {kind}, not a mapping of keys to values",
        help="write each key with a colon and a space: title: My article",
    )


def duplicates(header: Header) -> Iterator[Found]:
    """Keys that stand in one mapping twice."""
    for one in header.duplicates:
        yield Found(
            rules.YAML_DUPLICATE_KEY,
            one.entry.extent,
            f"{one.entry.key} stands here for the second time; the build takes the last one",
            related=((one.first.extent, "here for the first time"),),
            data={"key": one.entry.key},
        )


def misspellings(header: Header, known: Collection[str]) -> Iterator[tuple[str, Found]]:
    """Keys that were meant to be others: the key that was meant, and the finding."""
    for entry in header.entries[:MAX_KEYS]:
        if entry.key in LOCALIZATION or any(True for _ in find_invisible(entry.key)):
            continue
        suggestion = suggest_key(entry.key, known, header.values)
        if suggestion is None:
            continue
        safe = suggestion.kind is not Kind.NEAR
        yield (
            suggestion.key,
            Found(
                rules.MISSPELT_ATTRIBUTE,
                entry.extent,
                f"the build knows no key {entry.key!r}",
                help=f"did you mean {suggestion.key}?",
                data={"key": entry.key, "suggestion": suggestion.key},
                repair=fixes.rename(header, entry, suggestion.key, safe=safe),
            ),
        )


def placeholders(header: Header) -> Iterator[tuple[str, Found]]:
    """Values of known keys that are a template's: the key, and the finding."""
    start = header.content.start
    for entry in header.entries:
        if entry.key not in EXPECTED or entry.key in LOCALIZATION:
            continue
        for node in entry.node.items or (entry.node,):
            source = header.text[node.extent.start - start : node.extent.end - start]
            if is_placeholder(source):
                yield (
                    entry.key,
                    Found(
                        rules.PLACEHOLDER_VALUE,
                        node.extent,
                        f"{entry.key}: {source.strip()} is a placeholder of a template",
                        help="replace it by a real value, or delete the key",
                        data={"key": entry.key},
                    ),
                )


def invisible_characters(header: Header) -> Iterator[tuple[str, bool, Found]]:
    """Keys and values with invisible characters: the key, whether it is in it, the finding."""
    pending = [(entry.key, entry) for entry in header.entries]
    while pending:
        top, entry = pending.pop()
        found = _invisible(header, entry.extent, f"the key {entry.key!r}")
        if found is not None:
            yield top, True, found
        for node in _leaves(entry.node):
            found = _invisible(header, node.extent, f"the value of {entry.key!r}")
            if found is not None:
                yield top, False, found
        pending += [(top, below) for below in _entries(entry.node)]


def _invisible(header: Header, extent: Extent, where: str) -> Found | None:
    text = header.text[extent.start - header.content.start : extent.end - header.content.start]
    places = list(find_invisible(text))
    if not places:
        return None
    names = ", ".join(dict.fromkeys(describe(text[offset]) for offset in places))
    shown = "".join(one if one.isprintable() else f"\\u{ord(one):04x}" for one in where)
    return Found(
        rules.INVISIBLE_CHARACTER,
        extent,
        f"{shown} holds an invisible character: {names}",
        help="delete it",
        data={"offsets": places},
    )


def _leaves(node: Node) -> Iterator[Node]:
    if node.items:
        for item in node.items:
            yield from _leaves(item)
    elif not node.entries:
        yield node


def _entries(node: Node) -> Iterator[Entry]:
    yield from node.entries
    for item in node.items:
        yield from _entries(item)
