"""Inline codes are separated from text, and nothing is lost or added."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linters.localization.exchange.inline import InlineCode, Side, align, split
from tests.steps import no_hang

PIECES = (*"ab _*`[]()<>!\\\n", "**", "~~", "](", "<br>", "<!--", "-->", "[!NOTE]", "é", "猫")
TEXTS = st.lists(st.sampled_from(PIECES)).map("".join)


@given(TEXTS)
def test_the_parts_are_the_text(text: str) -> None:
    parts = split(text)
    assert "".join(part if isinstance(part, str) else part.text for part in parts) == text


@given(TEXTS)
def test_pairs_nest_and_numbers_count_up(text: str) -> None:
    open_pairs: list[int] = []
    numbers: list[int] = []
    for part in split(text):
        if isinstance(part, str):
            continue
        if part.side is Side.CLOSES:
            assert open_pairs.pop() == part.number
            continue
        numbers.append(part.number)
        if part.side is Side.OPENS:
            open_pairs.append(part.number)
    assert not open_pairs
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("plain text, 3 * 4 * 5", []),
        ("**bold** and *italic*", ["**", "**", "*", "*"]),
        ("[text](https://a.test/x_(y)_z)", ["[", "](https://a.test/x_(y)_z)"]),
        ("![alt](media/a.png)", ["![", "](media/a.png)"]),
        ("[text][reference]", ["[", "][reference]"]),
        ("[only brackets]", []),
        (r"\*no\* \[no\](x)", []),
        ("`a *b* c` and ``x ` y``", ["`a *b* c`", "``x ` y``"]),
        ("a `stray tick", []),
        ("snake_case_name and _italic_", ["_", "_"]),
        ("a<br/>b <!-- c > d -->", ["<br/>", "<!-- c > d -->"]),
        ("<xref:A.B%60C> [!INCLUDE [x](../x.md)]", ["<xref:A.B%60C>", "[!INCLUDE [x](../x.md)]"]),
        ("[!NOTE]", ["[!NOTE]"]),
        ("**[a](b)**", ["**", "[", "](b)", "**"]),
        ("*a [b* c](d)", ["[", "](d)"]),
    ],
)
def test_codes(text: str, codes: list[str]) -> None:
    assert [part.text for part in split(text) if isinstance(part, InlineCode)] == codes


def test_the_same_code_has_the_same_number_in_both_languages() -> None:
    source = split("**A** and `x` and `x` and [b](u)")
    target = split("[b](u) og `x` og `y` og **A**")
    assert align(source, target) == {1: 4, 2: 2, 3: 5, 4: 1}


@pytest.mark.parametrize(
    "piece", ["[", "[*", "](", "](a(", "<!--", "*a", "`` ` ", "<a ", "[!INCLUDE [x]("]
)
def test_hostile_segments_take_linear_time(piece: str) -> None:
    with no_hang():
        split(piece * 100_000)
