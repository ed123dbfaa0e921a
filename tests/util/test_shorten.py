"""Text for display keeps to its limit."""

from __future__ import annotations

import pytest

from linters.util.shorten import shorten, shorten_line


@pytest.mark.parametrize(
    ("text", "shown"), [("", ""), ("abcd", "abcd"), ("abcde", "abc…"), ("🙂🙂🙂🙂🙂", "🙂🙂🙂…")]
)
def test_a_text_keeps_to_the_limit_with_the_sign_of_the_cut(text: str, shown: str) -> None:
    assert shorten(text, 4) == shown


def test_a_line_has_no_line_ends() -> None:
    assert shorten_line(" a\r\n b\tc ", 80) == "a b c"
    assert shorten_line("a\nb c d", 5) == "a b …"
