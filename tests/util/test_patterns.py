"""Patterns that users wrote compile and match within bounds."""

from __future__ import annotations

import pickle

import pytest

from linters.util.patterns import PatternError, PatternTimeout, compile_pattern
from tests.steps import no_hang


def test_a_pattern_searches_matches_and_replaces() -> None:
    pattern = compile_pattern(r"^https?://(preview\.)?(?P<host>[a-z.]+)/")
    assert pattern.search("https://preview.example.com/a")
    assert not pattern.search("ftp://example.com/")
    assert not pattern.fullmatch("https://example.com/a")
    assert pattern.replace("http://a.b/c", r"https://\g<host>/") == "https://a.b/c"


@pytest.mark.parametrize(
    "text",
    [
        "(",
        "[a",
        r"\p{Nonsense}",
        "a{99999999999999999999}",
        "(" * 5000 + ")" * 5000,
        "(a{1000}){1000}",
        "((((((a{90}){90}){90}){90}){90}){90})",
        "a" * 30_000,
    ],
)
def test_what_cannot_be_compiled_is_an_error_at_once(text: str) -> None:
    with no_hang(), pytest.raises(PatternError):
        compile_pattern(text)


@pytest.mark.parametrize(
    "text",
    [r"^[0-9a-f]{40}$|^[0-9a-f]{64}$", r"(?:\w{8}(?:-\w{4}){3}-\w{12}){1,20}", r"[\]({9}]{300}"],
)
def test_ordinary_repeats_are_within_the_bounds(text: str) -> None:
    compile_pattern(text)


@pytest.mark.parametrize(
    ("text", "subject"),
    [("(a|aa)+$", "a" * 60 + "b"), ("(x+x+)+y", "x" * 3000), (r"^(([a-z])+.)+[A-Z]$", "a" * 3000)],
)
def test_a_search_that_backtracks_forever_is_cut_off(text: str, subject: str) -> None:
    pattern = compile_pattern(text)
    with no_hang(), pytest.raises(PatternTimeout, match="takes too long"):
        pattern.search(subject)


def test_a_recursion_without_end_is_cut_off() -> None:
    with pytest.raises(PatternTimeout, match=r"needs too much memory|takes too long"):
        compile_pattern("(?R)").search("https://example.com/")


def test_a_replacement_that_names_no_group_is_an_error() -> None:
    with pytest.raises(PatternError):
        compile_pattern("a").replace("a", r"\3")


def test_patterns_travel_between_processes() -> None:
    pattern = compile_pattern("a+")
    assert pickle.loads(pickle.dumps(pattern)) == pattern
