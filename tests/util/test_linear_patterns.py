"""Patterns match in linear time what the backtracking engine matches."""

from __future__ import annotations

import random

import pytest
import regex
from hypothesis import assume, given
from hypothesis import strategies as st

from linters.util import linear_patterns
from linters.util.linear_patterns import LinearPatterns, NotLinearError, TooManyStepsError
from linters.util.pattern_set import PatternSet
from linters.util.patterns import PatternTimeout
from tests.steps import at_most

ATOMS = st.sampled_from(["a", "b", r"\.", "[ab]", "[^a.]", ".", r"\d", r"\x61", "^", "$", r"\Z"])
REPEATS = st.sampled_from(["*", "+", "?", "*?", "+?", "{2}", "{1,2}", "{,2}", "{2,}", "{0}"])
PATTERNS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.builds("{}{}".format, inner, inner),
        st.builds("({}|{})".format, inner, inner),
        st.builds("(?:{}){}".format, inner, REPEATS),
    ),
    max_leaves=8,
)
FLAGGED = st.builds("{}{}".format, st.sampled_from(["", "", "(?i)"]), PATTERNS)


@given(st.lists(FLAGGED, min_size=1, max_size=3), st.lists(st.text("abA1.", max_size=7)))
def test_the_first_that_matches_is_that_of_the_backtracking_engine(
    texts: list[str], subjects: list[str]
) -> None:
    patterns = LinearPatterns()
    for text in texts:
        patterns.add(text)
    for subject in subjects:
        expected = (i for i, text in enumerate(texts) if regex.search(text, subject))
        assert patterns.first(subject) == next(expected, None)


@given(st.text(r"ab()[]{}*+?|^$\.,:=!<P>1-", max_size=12))
def test_what_is_taken_means_the_same(text: str) -> None:
    try:
        expected = regex.compile(text)
    except regex.error:
        assume(False)
    patterns = LinearPatterns()
    try:
        patterns.add(text)
    except NotLinearError:
        return
    for subject in ("", "a", "ab", "b-a", "a.1", "P=!:", "\\(a)*[b]{1,}"):
        assert (patterns.first(subject) == 0) == (expected.search(subject) is not None), subject


@pytest.mark.parametrize(
    "text",
    ["(?=a)", "(?<!a)b", r"(a)\1", r"\ba", "a*+", "(?>a)", "(?s).", "a{e<=1}", "(?R)",
     "[[:alpha:]]", "(" * 200 + ")" * 200, "(a{100}){101}", "((((){1000}){1000}){1000})"],
)  # fmt: skip
def test_other_syntax_is_left_to_the_backtracking_engine(text: str) -> None:
    with at_most(200_000), pytest.raises(NotLinearError):
        LinearPatterns().add(text)


def linear(texts: list[str]) -> LinearPatterns:
    patterns = LinearPatterns()
    for text in texts:
        patterns.add(text)
    return patterns


@pytest.mark.parametrize("text", ["(a+)+$", "(a|a)*$", ".*.*.*.*x", "(?:(?:a?){9}){9}b$"])
def test_patterns_that_backtrack_forever_take_linear_steps(text: str) -> None:
    patterns = linear([text + str(number) for number in range(20)])
    for length in (1000, 2000):
        assert patterns.first("a" * length + "b") is None
        assert patterns.steps <= 30 * length


def test_a_thousand_patterns_take_about_the_steps_of_one() -> None:
    patterns = linear([rf"^https://host{i}\.example\.com/.*" for i in range(1000)])
    assert patterns.first("https://host7.example.com/a") == 7
    for number in range(1000):
        assert patterns.first(f"https://host7.example.org/{number}") is None
    assert patterns.steps < 40_000


def test_too_many_steps_are_an_error_that_names_the_costliest_pattern(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = "".join(random.Random(1).choices("ab", k=2000))
    monkeypatch.setattr(linear_patterns, "TEXT_STEPS", 20_000)
    with pytest.raises(PatternTimeout, match=r"'\(a\|b\)\*a.* takes too many steps"):
        PatternSet(["cheap", "(a|b)*a(a|b){40}c"]).first(text)
    monkeypatch.setattr(linear_patterns, "ALL_STEPS", 20_000)
    patterns = linear(["(a|b)*a(a|b){40}c"])
    assert patterns.first(text[:100]) is None
    with pytest.raises(TooManyStepsError):
        any(patterns.first(text[at : at + 100]) for at in range(100, 2000, 100))


def test_patterns_of_both_kinds_keep_their_order() -> None:
    patterns = PatternSet(["(", r"host\d", "(?=https)", "https"])
    assert patterns.first("https://a/") == patterns.first("https://a/\n")
    assert patterns.first("https://a/").text == "(?=https)"  # type: ignore[union-attr]
    assert patterns.first("https://host1/").text == r"host\d"  # type: ignore[union-attr]
    assert PatternSet(["a$"]).first("a\n") is not None


def test_slow_patterns_have_one_limit_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linters.util.pattern_set.TEXT_LIMIT", -1.0)
    with pytest.raises(PatternTimeout, match=r"\(\?=a\)"):
        PatternSet(["(?=a)", "(?=b)"]).first("c")
