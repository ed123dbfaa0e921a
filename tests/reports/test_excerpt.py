"""The caret is under its place, however the line looks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from linters.reports.excerpt import COLUMNS, excerpt
from tests.reports.sample import place

LINES = st.text(st.sampled_from("ab \t漢é\u0301ע\x1b\u202e#[\U0001f600\ufe0f…"), max_size=400)


def _width(text: str) -> int:
    return wcswidth(text)


def test_wide_characters_take_two_columns() -> None:
    shown = excerpt("漢字 x", place(1, 2, 1, 3))
    assert (shown.text, shown.underline) == ("漢字 x", "  ^^")


def test_marks_take_none() -> None:
    shown = excerpt("e\u0301 x", place(1, 4, 1, 5))
    assert (shown.text, shown.underline) == ("e\u0301 x", "  ^")


def test_tabs_are_four_columns() -> None:
    shown = excerpt("\tab", place(1, 3, 1, 4))
    assert (shown.text, shown.underline) == ("    ab", "     ^")


def test_right_to_left_text_is_repeated() -> None:
    shown = excerpt("راجع [هنا](a.md)", place(1, 12, 1, 16))
    assert shown.marked == "a.md"
    assert excerpt("see [here](a.md)", place(1, 12, 1, 16)).marked is None


def test_an_empty_place_has_one_caret() -> None:
    assert excerpt("---", place(1, 1, 1, 1)).underline == "^"
    assert excerpt("", place(1, 1, 1, 1)).underline == "^"
    assert excerpt("ab", place(1, 3, 1, 3)).underline == "  ^"


def test_a_place_over_lines_is_marked_to_the_end_of_its_first() -> None:
    assert excerpt("abcd", place(1, 3, 4, 1)).underline == "  ^^"


def test_a_long_line_is_cut_around_the_place() -> None:
    line = "a" * 5000 + "NEEDLE" + "b" * 5000
    shown = excerpt(line, place(1, 5001, 1, 5007))
    assert shown.text.startswith("…a")
    assert shown.text.endswith("b…")
    at = shown.underline.index("^")
    assert shown.text[at : len(shown.underline)] == "NEEDLE"


def test_a_command_of_a_ci_runner_is_broken_up_and_the_caret_still_right() -> None:
    shown = excerpt("##vso[x] y", place(1, 10, 1, 11))
    assert (shown.text, shown.underline) == ("#\\x23vso[x] y", "            ^")


@given(LINES, st.data())
def test_excerpts_are_short_and_the_caret_stands_under_the_place(
    line: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(line)))
    end = data.draw(st.integers(start, len(line)))
    shown = excerpt(line, place(1, start + 1, 1, end + 1))
    assert _width(shown.text) <= COLUMNS + 10
    assert "\x1b" not in shown.text
    assert "\u202e" not in shown.text
    before = len(shown.underline) - len(shown.underline.lstrip(" "))
    assert set(shown.underline[before:]) == {"^"}
    assert len(shown.underline) <= _width(shown.text) + 1
    if start < end and line[start] in "ab漢":
        assert line[start] == _at(shown.text, before)


def _at(text: str, column: int) -> str:
    """The character that covers a 0-based column."""
    return next(character for end, character in enumerate(text, 1) if wcswidth(text[:end]) > column)
