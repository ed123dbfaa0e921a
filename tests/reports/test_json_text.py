"""JSON text is what Python's encoder makes of plain data, whatever a plug-in put into it."""

from __future__ import annotations

import json
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linters.model.link import Verdict
from linters.reports.json_text import json_text, plain

_TEXTS = st.text(st.characters(), max_size=5)
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _TEXTS | st.sampled_from(Verdict),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(inner)
        | st.dictionaries(_TEXTS | st.integers(), inner, max_size=3)
        | st.dictionaries(_TEXTS, inner, max_size=3).map(MappingProxyType)
    ),
)


@given(_VALUES, st.sampled_from([None, 2]))
def test_it_is_what_the_encoder_of_python_makes(value: object, indent: int | None) -> None:
    separators = (",", ":") if indent is None else None
    expected = json.dumps(plain(value), indent=indent, separators=separators)
    assert json_text(value, indent=indent).replace(r"#\u0023", "##") == expected + "\n"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("\udc80", r'"\\udc80"'),
        ("😀", r'"\ud83d\ude00"'),
        (float("nan"), '"nan"'),
        ({1: {2}}, '{"1":"{2}"}'),
        ("##vso[x]", r'"#\u0023vso[x]"'),
    ],
)
def test_what_strict_readers_refuse_becomes_text(value: object, expected: str) -> None:
    assert json_text(value, indent=None) == expected + "\n"
