"""What was likely meant, and how much may be compared for that."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linters.util.suggestions import MAX_QUESTIONS, Suggestions, by_case, closest_word, nearest


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("Article", ["article", "articles"], "article"),
        ("artcle", ["article", "how-to"], "article"),
        ("exclud", ["include", "exclude"], "exclude"),
        ("meta001", ["ALL", "META001"], "META001"),
        ("missing-attr", ["missing-attribute", "rare-value"], "missing-attribute"),
        ("zebra", ["article"], None),
        ("", ["article"], None),
        ("article", [], None),
    ],
)
def test_the_word_that_was_meant(word: str, known: list[str], meant: str | None) -> None:
    assert closest_word(word, known) == meant


def test_values_are_only_taken_for_near_ones() -> None:
    assert nearest("artcle", [None, "article", 7]) == "article"
    assert nearest("missing-attr", ["missing-attribute"]) is None


@given(word=st.text(max_size=300), known=st.lists(st.text(max_size=300), max_size=10))
def test_only_known_words_are_suggested(word: str, known: list[str]) -> None:
    assert closest_word(word, known) in (None, *known)


NAME = st.text(alphabet="abc-.", min_size=1, max_size=12)


def test_similar_names_are_found() -> None:
    assert Suggestions().closest("instal.md", ["b.md", "install.md"]) == ["install.md"]
    assert Suggestions().closest("zzz", ["install.md"]) == []
    assert Suggestions().closest("z" * 1000, ["z" * 1000]) == []


def test_nothing_is_suggested_after_many_questions() -> None:
    suggestions = Suggestions()
    names = [f"{number}-install.md" for number in range(3000)]
    assert suggestions.closest("1-instal.md", names)[0] == "1-install.md"
    suggestions.questions = MAX_QUESTIONS - 1
    assert [bool(suggestions.closest("1-instal.md", names)) for _ in range(2)] == [True, False]


@given(wanted=NAME, names=st.sets(NAME, max_size=40))
def test_the_names_compared_first_are_the_similar_ones(wanted: str, names: set[str]) -> None:
    found = Suggestions().closest(wanted, names)
    assert set(found) <= set(names)
    if wanted in names:
        assert found[0] == wanted


def test_names_by_case_are_the_first_of_their_kind() -> None:
    assert by_case(frozenset({"b", "B", "a"})) == {"a": "a", "b": "B"}
