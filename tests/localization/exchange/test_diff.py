"""Differences between word sequences are true, complete, and found in bounded time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from linters.localization.exchange.word_diff import Difference, differences
from tests.clock import computing_within

WORDS = st.lists(st.sampled_from("abcdefgh"), max_size=60)


@given(WORDS, WORDS)
def test_replacing_the_hunks_gives_the_other_side(one: list[str], other: list[str]) -> None:
    result: list[str] = []
    position = 0
    for start, end, from_, to in differences(one, other):
        assert start >= position
        assert (end, to) != (start, from_)
        result += one[position:start] + other[from_:to]
        position = end
    assert result + one[position:] == other


@given(WORDS)
def test_equal_sides_have_no_hunks(one: list[str]) -> None:
    assert differences(one, list(one)) == []


def test_one_change_is_one_hunk() -> None:
    one = list("the cat sleeps on the mat and the dog sleeps on the rug")
    other = list("the cat sleeps on the hat and the dog sleeps on the rug")
    assert differences(one, other) == [Difference(22, 23, 22, 23)]


def test_what_was_taken_out_stands_behind_the_sentence_before() -> None:
    one = [
        "a",
        "b",
        "c",
        "d",
        "e",
        "f",
        "g",
        "h",
        ".",
        "x",
        "y",
        ".",
        "i",
        "j",
        "k",
        "l",
        "m",
        "n",
        "o",
        "p",
        ".",
    ]
    other = [
        "a",
        "b",
        "c",
        "d",
        "e",
        "f",
        "g",
        "h",
        ".",
        "i",
        "j",
        "k",
        "l",
        "m",
        "n",
        "o",
        "p",
        ".",
    ]
    assert differences(one, other) == [Difference(9, 12, 9, 9)]
    assert differences(other, one) == [Difference(9, 9, 9, 12)]


def test_hostile_sequences_take_bounded_time() -> None:
    with computing_within(20):
        differences(["a", "b"] * 50_000, ["b", "c", "a"] * 50_000)
        differences([str(n) for n in range(50_000)], [str(n) for n in range(50_000, 0, -1)])
