"""Patterns of schemas mean what ECMA-262 says, whatever engine runs them."""

from __future__ import annotations

import sys

import pytest

from linters.metadata.schema.ecmascript import schema_pattern
from linters.util.patterns import PatternError

CASES = [
    (r"^abc$", "abc", True),
    (r"^abc$", "abc\n", False),
    (r"(?m)^abc$", "x\nabc\ny", True),
    (r"^\d+$", "123", True),
    (r"^\d+$", "١٢", False),
    (r"^\D$", "١", True),
    (r"^[\d.]+$", "1.2", True),
    (r"^\w+$", "é", False),
    (r"^[\W]$", "é", True),
    (r"^\s$", "\u2003", True),
    (r"^\s$", "\ufeff", True),
    (r"^[\s\S]$", "\x85", True),
    (r"\ba\b", "éa", True),
    (r"\ba\b", "xa", False),
    (r"^\p{L}+$", "éß", True),
    (r"^\p{Lu}", "é", False),
    (r"^[\p{L}\p{N}_]+$", "é1_", True),
    (r"^\P{L}$", "1", True),
    (r"^\p{Script=Greek}+$", "αβ", True),
    (r"(?<=x)y", "xy", True),
    (r"(?<!x)y", "xy", False),
    (r"^(?<twice>.)\k<twice>$", "aa", True),
    (r"^a\/b$", "a/b", True),
    (r"^\u0041\x42$", "AB", True),
    (r"^\u{1F600}$", "😀", True),
    (r"^\uD83D\uDE00$", "😀", True),
    (r"^\cJ$", "\n", True),
    (r"^[^]$", "\n", True),
    (r"[]", "a", False),
    (r"^[^]]+$", "abc", True),
    (r"^[[]$", "[", True),
    (r"^[a-z&&[b]]$", "&]", True),
    (r"^{}$", "{}", True),
    (r"^a{2}$", "aa", True),
    (r"^{title}$", "{title}", True),
    (r"(?i)^NOINDEX\z", "noindex", True),
]


@pytest.mark.parametrize(("pattern", "text", "found"), CASES)
def test_a_pattern_matches_as_in_ecma_262(pattern: str, text: str, found: bool) -> None:
    assert schema_pattern(pattern).search(text) is found


@pytest.mark.parametrize("escape", "dws")
def test_classes_and_their_opposites_share_nothing_and_leave_nothing_out(escape: str) -> None:
    one, other = schema_pattern(f"^\\{escape}$"), schema_pattern(f"^[\\{escape.upper()}]$")
    for code in (*range(0x3100), *range(0xFE00, 0x10100), sys.maxunicode):
        assert one.search(chr(code)) is not other.search(chr(code))


@pytest.mark.parametrize("pattern", ["(", "a**", "[b-a]", r"\k<nothing>"])
def test_what_is_no_pattern_is_refused_as_it_was_written(pattern: str) -> None:
    with pytest.raises(PatternError) as caught:
        schema_pattern(pattern)
    assert repr(pattern) in str(caught.value)


def test_a_pattern_that_is_too_long_is_not_even_read() -> None:
    with pytest.raises(PatternError, match="longer than"):
        schema_pattern("\\b" * 1_000_000)
