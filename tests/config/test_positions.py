"""Keys and values of TOML texts are found where they stand."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linters.article.text.lines import LineIndex
from linters.config.positions import find_places

TEXT = '''\
a = 1 # comment [x]
"b c".'d' = "x # y"

[t . u]
list = [ 1, # one
  "two, ]", { k = [3] } ]
text = """
[no]
k = 1 \\""" """"
day = 1979-05-27 07:32:00
[[items]]
n = 0
[[items]]
n = 1
[items.sub]
m = 'x\\'
'''


def test_every_value_is_found_as_written() -> None:
    index = LineIndex(TEXT)
    written = {
        path: TEXT[index.offset(value.start) : index.offset(value.end)]
        for path, (_, value) in find_places(TEXT).items()
    }
    assert written == {
        ("a",): "1",
        ("b c", "d"): '"x # y"',
        ("t", "u"): "[t . u]",
        ("t", "u", "list"): '[ 1, # one\n  "two, ]", { k = [3] } ]',
        ("t", "u", "list", 0): "1",
        ("t", "u", "list", 1): '"two, ]"',
        ("t", "u", "list", 2): "{ k = [3] }",
        ("t", "u", "list", 2, "k"): "[3]",
        ("t", "u", "list", 2, "k", 0): "3",
        ("t", "u", "text"): '"""\n[no]\nk = 1 \\""" """"',
        ("t", "u", "day"): "1979-05-27 07:32:00",
        ("items", 0): "[[items]]",
        ("items", 0, "n"): "0",
        ("items", 1): "[[items]]",
        ("items", 1, "n"): "1",
        ("items", 1, "sub"): "[items.sub]",
        ("items", 1, "sub", "m"): "'x\\'",
    }


def _paths(data: Any, path: tuple[str | int, ...] = ()) -> set[tuple[str | int, ...]]:
    found = {path} if path else set()
    pairs: Any = data.items() if isinstance(data, dict) else ()
    pairs = enumerate(data) if isinstance(data, list) else pairs
    for key, value in pairs:
        found |= _paths(value, (*path, key))
    return found


PIECES = st.sampled_from(
    ["a", "b", '"c.d"', ".", " = ", "1", "'x'", '"y\\""', "[", "]", "{", "}", ", ", "\n", "#z\n"]
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_what_tomllib_reads_has_places(text: str) -> None:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    found = set(find_places(text))
    assert found <= _paths(data)
    leaves = {path for path in _paths(data) if not any(other[:-1] == path for other in found)}
    for path in leaves:
        value: Any = data
        for key in path:
            value = value[key]
        assert path in found or isinstance(value, dict), path


@pytest.mark.parametrize("text", ["", "\n\n", "# only\r\n", "a = 1"])
def test_the_ends_of_a_text(text: str) -> None:
    assert set(find_places(text)) == _paths(tomllib.loads(text))
