"""The positions of keys and values in a TOML text, which ``tomllib`` does not give.

The text must be one that ``tomllib`` reads; nothing is validated here.
"""

from __future__ import annotations

import re
import tomllib
from typing import NamedTuple

from linters.article.text.lines import LineIndex
from linters.model.finding import Range

KeyPath = tuple[str | int, ...]

_SPACE = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_BLANK = re.compile(r"[ \t]*")
_KEY = re.compile(r'"(?:\\.|[^"\\])*"|\'[^\']*\'|[A-Za-z0-9_-]+')
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\])*"|\'[^\']*\'', re.DOTALL
)
_BARE = re.compile(r"[0-9-]{10} [0-9][^\s,\]}#]*|[^\s,\]}#]+")


class KeyPlace(NamedTuple):
    """The ranges of a key and of its value; those of an array's item are the same."""

    key: Range
    value: Range


def find_places(text: str) -> dict[KeyPath, KeyPlace]:
    """The ranges of key and value by the path that leads to them.

    Items of arrays have their index for a key, and their value's range twice.
    """
    return _Scanner(text).scan()


class _Scanner:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._index = LineIndex(text)
        self._places: dict[KeyPath, KeyPlace] = {}
        self._lengths: dict[KeyPath, int] = {}

    def scan(self) -> dict[KeyPath, KeyPlace]:
        prefix: KeyPath = ()
        self._skip(_SPACE)
        while self._at < len(self._text):
            if self._text[self._at] == "[":
                prefix = self._header()
            else:
                self._pair(prefix)
            self._skip(_SPACE)
        return self._places

    def _header(self) -> KeyPath:
        start = self._at
        array = self._text.startswith("[[", self._at)
        self._at += 1 + array
        *outer, last = self._keys()
        self._at += 1 + array
        path: KeyPath = ()
        for key in outer:
            path += (key,)
            if path in self._lengths:
                path += (self._lengths[path] - 1,)
        path += (last,)
        if array:
            self._lengths[path] = self._lengths.get(path, 0) + 1
            path += (self._lengths[path] - 1,)
        place = self._index.range(start, self._at)
        self._places[path] = KeyPlace(place, place)
        return path

    def _keys(self) -> list[str]:
        keys = []
        while True:
            self._skip(_BLANK)
            match = _KEY.match(self._text, self._at)
            assert match is not None
            self._at = match.end()
            keys.append(_plain(match[0]))
            self._skip(_BLANK)
            if self._text[self._at] != ".":
                return keys
            self._at += 1

    def _pair(self, prefix: KeyPath) -> None:
        start = self._at
        path = (*prefix, *self._keys())
        key = self._index.range(start, len(self._text[: self._at].rstrip(" \t")))
        self._at += 1
        self._skip(_BLANK)
        self._places[path] = KeyPlace(key, self._value(path))

    def _value(self, path: KeyPath) -> Range:
        start = self._at
        opener = self._text[start]
        if opener in "[{":
            self._at += 1
            self._items(path, "]" if opener == "[" else "}")
        else:
            match = _STRING.match(self._text, start) or _BARE.match(self._text, start)
            assert match is not None
            self._at = match.end()
        return self._index.range(start, self._at)

    def _items(self, path: KeyPath, closer: str) -> None:
        count = 0
        self._skip(_SPACE)
        while self._text[self._at] != closer:
            if closer == "}":
                self._pair(path)
            else:
                place = self._value((*path, count))
                self._places[*path, count] = KeyPlace(place, place)
                count += 1
            self._skip(_SPACE)
            if self._text[self._at] == ",":
                self._at += 1
                self._skip(_SPACE)
        self._at += 1

    def _skip(self, pattern: re.Pattern[str]) -> None:
        match = pattern.match(self._text, self._at)
        assert match is not None
        self._at = match.end()


def _plain(key: str) -> str:
    if key[0] == "'":
        return key[1:-1]
    if key[0] == '"':
        plain: str = tomllib.loads(f"key = {key}")["key"]
        return plain
    return key
