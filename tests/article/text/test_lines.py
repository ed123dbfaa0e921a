"""Offsets, lines and columns map onto one another exactly."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from linters.article.text.lines import LineIndex, line_of

TEXTS = st.text(st.sampled_from("ab \n\ré\u2028\U0001f600\x85"))


@given(TEXTS)
def test_every_offset_maps_to_a_position_and_back(text: str) -> None:
    index = LineIndex(text)
    for offset in range(len(text) + 1):
        assert index.offset(index.position(offset)) == offset
        assert index.position(offset).line == line_of(text, offset)


def test_only_lf_crlf_and_cr_end_a_line() -> None:
    index = LineIndex("a\u2028b\x85c\r\nd\re\nf")
    assert [index.line(number) for number in range(1, len(index) + 1)] == [
        "a\u2028b\x85c",
        "d",
        "e",
        "f",
    ]
