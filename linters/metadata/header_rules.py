"""The rules that no schema can state: YAML damage, spelling, placeholders, invisible characters."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from linters.article.article import Article
from linters.article.header import Header
from linters.article.yaml_nodes import Entry, Node
from linters.metadata import fixes, rules
from linters.metadata.candidate import Candidate
from linters.metadata.invisible import describe, find_invisible
from linters.metadata.known_keys import EXPECTED, LOCALIZATION
from linters.metadata.placeholders import is_placeholder
from linters.metadata.spelling import Misspelling, suggest_key
from linters.model.finding import Extent, Finding

MAX_KEYS = 200
"""Keys of one header whose spelling is checked."""


def damage(article: Article, header: Header) -> Finding | None:
    """Why the YAML of a header has no keys; None where it is a mapping or empty."""
    if header.problem is not None:
        offset = header.problem.offset
        message = header.problem.message
        return article.finding(rules.YAML_HEADER_SYNTAX_ERROR, (offset, offset), message)
    root = header.root
    if root is None or isinstance(root.value, dict):
        return None
    kind = "a list" if isinstance(root.value, list) else "a single value"
    return article.finding(
        rules.YAML_HEADER_NOT_OBJECT,
        root.extent,
        f"the front matter is {kind}, not a mapping of keys to values",
        help="write each key with a colon and a space: title: My article",
    )


def duplicates(article: Article, header: Header) -> Iterator[Finding]:
    """Keys that occur twice in one mapping."""
    for duplicate in header.duplicates:
        yield article.finding(
            rules.YAML_DUPLICATE_KEY,
            duplicate.entry.extent,
            f"duplicate key {duplicate.entry.key!r}; the build uses the last one",
            related=((duplicate.first.extent, "first occurrence"),),
            data={"key": duplicate.entry.key},
        )


def misspellings(article: Article, header: Header, known: Collection[str]) -> Iterator[Candidate]:
    """Keys that were meant to be others. ``known`` are the keys of the schemas in force."""
    for entry in header.entries[:MAX_KEYS]:
        key = entry.key
        if key in LOCALIZATION or (not key.isascii() and any(True for _ in find_invisible(key))):
            continue
        suggestion = suggest_key(entry.key, known, header.values)
        if suggestion is None:
            continue
        edits = fixes.rename(header, entry, suggestion.key)
        finding = article.finding(
            rules.MISSPELT_ATTRIBUTE,
            entry.extent,
            f"unknown key {entry.key!r}",
            help=f"did you mean {suggestion.key!r}?",
            data={"key": entry.key, "suggestion": suggestion.key},
            edits=edits,
            safe=suggestion.kind is not Misspelling.NEAR,
        )
        sets = suggestion.key if edits else None
        yield Candidate(finding, (entry.key,), meant=(suggestion.key,), sets=sets, in_key=True)


def nested_keys(article: Article, header: Header) -> Iterator[Candidate]:
    """Known keys that an indentation puts below another key, where the build ignores them."""
    for entry in header.entries:
        if not entry.node.entries:
            continue
        nested = [
            below
            for below in entry.node.entries
            if below.key in EXPECTED and (entry.key in EXPECTED or below.key.startswith("ms."))
        ]
        if not nested:
            continue
        keys = tuple(below.key for below in nested)
        names = ", ".join(map(repr, keys))
        finding = article.finding(
            rules.MISSPELT_ATTRIBUTE,
            nested[0].extent,
            f"{names}: nested below {entry.key!r}, expected at the top level",
            help="remove the indentation",
            data={"key": keys[0], "suggestion": keys[0], "parent": entry.key},
        )
        yield Candidate(finding, (entry.key, keys[0]), meant=keys, in_key=True)


def placeholders(article: Article, header: Header) -> Iterator[Candidate]:
    """Values of known keys that are a template's placeholders."""
    for entry in header.entries:
        if entry.key not in EXPECTED or entry.key in LOCALIZATION:
            continue
        for node in entry.node.items or (entry.node,):
            source = article.text[slice(*node.extent)]
            if is_placeholder(source, entry.key):
                finding = article.finding(
                    rules.PLACEHOLDER_VALUE,
                    node.extent,
                    f"{entry.key}: {source.strip()} is a template placeholder",
                    help="replace it with a real value, or delete the key",
                    data={"key": entry.key},
                )
                yield Candidate(finding, (entry.key,))


def invisible_characters(article: Article, header: Header) -> Iterator[Candidate]:
    """Keys and values, at any depth, that contain invisible characters."""
    pending = [(entry.key, entry) for entry in header.entries if not header.text.isascii()]
    while pending:
        top, entry = pending.pop()
        found = _invisible(article, entry.extent, top, f"key {entry.key!r}")
        if found is not None:
            yield Candidate(found, (top,), in_key=True)
        for node in _leaves(entry.node):
            found = _invisible(article, node.extent, top, f"the value of {entry.key!r}")
            if found is not None:
                yield Candidate(found, (top,))
        pending += [(top, below) for below in _entries(entry.node)]


def _invisible(article: Article, extent: Extent, key: str, where: str) -> Finding | None:
    text = article.text[slice(*extent)]
    places = list(find_invisible(text))
    if not places:
        return None
    names = ", ".join(dict.fromkeys(describe(text[offset]) for offset in places))
    shown = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in where)
    return article.finding(
        rules.INVISIBLE_CHARACTER,
        extent,
        f"{shown} contains an invisible character: {names}",
        help="delete it",
        data={"key": key, "offsets": places},
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
