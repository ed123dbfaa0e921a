"""JSON as values with their positions, as docfx reads its own files.

Comments and trailing commas are allowed (Json.NET, which docfx uses, takes both), the last
of duplicate keys wins, and nesting and size are bounded.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any

from linters.article.yaml_events import Problem
from linters.article.yaml_nodes import Document, Entry, Node
from linters.model.finding import Extent

MAX_DEPTH = 64
MAX_LENGTH = 8 * 1024 * 1024
MAX_VALUES = 300_000
"""Values of one text: each needs some 400 bytes with its position."""

_BLANK = re.compile(r"(?:[ \t\r\n\ufeff]+|//[^\r\n]*|/\*(?s:.*?)\*/)*+")
_STRING = re.compile(r'"((?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*+)"')
_ESCAPE = re.compile(r'\\(?:u([0-9a-fA-F]{4})|(["\\/bfnrt]))')
_LETTERS = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_ATOM = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null")
_WORDS = {"true": True, "false": False, "null": None}


class JsonError(ValueError):
    """The text is not JSON: what is wrong, and at which code point."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


def read_json_value(text: str) -> Any:
    """The value of a JSON text without its positions; JsonError where it is damaged.

    The standard library's parser reads what has neither comments nor trailing commas, in a
    hundredth of the time.
    """
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        document = read_json(text)
    if document.problem is not None:
        raise JsonError(document.problem.message, document.problem.offset)
    return None if document.root is None else document.root.value


def read_json(text: str, max_values: int = MAX_VALUES) -> Document:
    """The values of a JSON text; a problem where it is damaged, or over a limit."""
    if len(text) > MAX_LENGTH:
        return Document(problem=Problem(f"longer than {MAX_LENGTH:,} characters", 0))
    try:
        root, end = _value(text, _skip(text, 0), 0, _Limit(max_values))
        end = _skip(text, end)
        if end < len(text):
            raise JsonError("unexpected text after the value", end)
    except JsonError as error:
        return Document(problem=Problem(str(error), error.offset))
    return Document(root)


def _skip(text: str, offset: int) -> int:
    match = _BLANK.match(text, offset)
    return match.end() if match else offset


class _Limit:
    """Counts the values of one text."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._count = 0

    def count(self, offset: int) -> None:
        """JsonError for the first value over the limit."""
        self._count += 1
        if self._count > self._most:
            raise JsonError(f"more than {self._most:,} values", offset)


def _value(text: str, offset: int, depth: int, limit: _Limit) -> tuple[Node, int]:
    limit.count(offset)
    character = text[offset : offset + 1]
    if character in ("{", "["):
        if depth >= MAX_DEPTH:
            raise JsonError(f"nested more than {MAX_DEPTH} levels deep", offset)
        read = _object if character == "{" else _array
        return read(text, offset, depth, limit)
    if character == '"':
        value, end = _string(text, offset)
        return Node(value, Extent(offset, end)), end
    match = _ATOM.match(text, offset)
    if match is None:
        raise JsonError("expected a value", offset)
    return Node(_atom(match[0]), Extent(offset, match.end()), plain=True), match.end()


def _atom(word: str) -> Any:
    if word in _WORDS:
        return _WORDS[word]
    if len(word) <= 18 and word.lstrip("-").isdigit():
        return int(word)
    number = float(word)
    return number if math.isfinite(number) else word


def _string(text: str, offset: int) -> tuple[str, int]:
    match = _STRING.match(text, offset)
    if match is None:
        raise JsonError("unterminated string", offset)
    value = _ESCAPE.sub(_unescape, match[1]) if "\\" in match[1] else match[1]
    # Surrogate pairs become one character, lone surrogates U+FFFD.
    if "\\u" in match[1]:
        value = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return value, match.end()


def _unescape(match: re.Match[str]) -> str:
    if match[1]:
        return chr(int(match[1], 16))
    return _LETTERS.get(match[2], match[2])


def _array(text: str, start: int, depth: int, limit: _Limit) -> tuple[Node, int]:
    items: list[Node] = []
    offset = _skip(text, start + 1)
    while text[offset : offset + 1] != "]":
        item, offset = _value(text, offset, depth + 1, limit)
        items.append(item)
        offset = _separator(text, offset, "]")
    extent = Extent(start, offset + 1)
    return Node([item.value for item in items], extent, items=tuple(items)), offset + 1


def _object(text: str, start: int, depth: int, limit: _Limit) -> tuple[Node, int]:
    entries: list[Entry] = []
    offset = _skip(text, start + 1)
    while text[offset : offset + 1] != "}":
        if text[offset : offset + 1] != '"':
            raise JsonError("expected a key in double quotes", offset)
        key, end = _string(text, offset)
        extent = Extent(offset, end)
        offset = _skip(text, end)
        if text[offset : offset + 1] != ":":
            raise JsonError("expected a colon", offset)
        node, offset = _value(text, _skip(text, offset + 1), depth + 1, limit)
        entries.append(Entry(key, extent, node))
        offset = _separator(text, offset, "}")
    value = {entry.key: entry.node.value for entry in entries}
    return Node(value, Extent(start, offset + 1), entries=tuple(entries)), offset + 1


def _separator(text: str, offset: int, closer: str) -> int:
    """The offset of the next value or of the closing bracket."""
    offset = _skip(text, offset)
    if text[offset : offset + 1] == ",":
        return _skip(text, offset + 1)
    if text[offset : offset + 1] != closer:
        raise JsonError(f"expected a comma or {closer}", offset)
    return offset
