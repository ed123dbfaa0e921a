"""Many URLs are found in a text in one pass, as a search for each finds them."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from linters.util.multiple_search import found_before
from tests.steps import at_most

END = re.compile(r"[ b]|\Z")
WORDS = st.sets(st.text("ab", max_size=4), max_size=6)


@given(st.text("ab ", max_size=30), WORDS)
def test_what_is_found_is_what_single_searches_find(text: str, words: set[str]) -> None:
    expected = {w for w in words if w and re.search(f"{w}(?={END.pattern})", text)}
    assert found_before(text, words, END) == expected


def test_many_texts_take_steps_in_proportion() -> None:
    words = {"a" * length + "c" for length in range(1, 300)}
    text = "a" * 20_000
    with at_most(3 * (len(text) + sum(map(len, words)))):
        assert not found_before(text, words, END)
