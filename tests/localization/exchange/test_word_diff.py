"""Differences between word sequences are true, complete, and found in bounded time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from linters.localization.exchange.word_diff import Difference, differences
from tests.steps import no_hang

WORDS = st.lists(st.sampled_from("abcdefgh"), max_size=60)


@given(WORDS, WORDS)
def test_replacing_the_differences_gives_the_other_side(
    words: list[str], others: list[str]
) -> None:
    result: list[str] = []
    position = 0
    for start, end, other_start, other_end in differences(words, others):
        assert start >= position
        assert (end, other_end) != (start, other_start)
        result += words[position:start] + others[other_start:other_end]
        position = end
    assert result + words[position:] == others


@given(WORDS)
def test_equal_sides_have_no_differences(words: list[str]) -> None:
    assert differences(words, list(words)) == []


def test_one_change_is_one_difference() -> None:
    words = list("the cat sleeps on the mat and the dog sleeps on the rug")
    others = list("the cat sleeps on the hat and the dog sleeps on the rug")
    assert differences(words, others) == [Difference(22, 23, 22, 23)]


def test_deleted_words_are_placed_after_the_sentence_before() -> None:
    words, others = list("abcdefgh.xy.ijklmnop."), list("abcdefgh.ijklmnop.")
    assert differences(words, others) == [Difference(9, 12, 9, 9)]
    assert differences(others, words) == [Difference(9, 9, 9, 12)]


def test_hostile_sequences_take_bounded_time() -> None:
    with no_hang():
        differences(["a", "b"] * 50_000, ["b", "c", "a"] * 50_000)
        differences([str(n) for n in range(50_000)], [str(n) for n in range(50_000, 0, -1)])
