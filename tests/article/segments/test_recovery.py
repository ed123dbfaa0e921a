"""Damaged text: one damage each, at its place, and readers lose nothing of the target."""

from __future__ import annotations

import pytest

from linters.article.segments.published import PublishedText
from linters.article.segments.tokenizer import tokenize
from tests.localization.sxs import pair

BEFORE = pair("0a1b2-101", "Én", "One") + " "
AFTER = " " + pair("0a1b2-103", "Tre", "Three")
T = '<span data-ttu-id="0a1b2-102">'
L = '<span class="sxs-lookup">'
S = '<span data-stu-id="0a1b2-102">'
C = "</span>"
INNER = pair("0a1b2-109", "Ni", "Nine")


@pytest.mark.parametrize(
    ("damaged", "rule", "marker", "published"),
    [
        (f"To{C}{L}{S}Two{C}{C}", "span-target-missing", L, "To"),
        (f"{L}{S}Two{C}{C}", "span-target-missing", L, ""),
        (f"To{L}{S}Two{C}{C}", "span-target-missing", L, "To"),
        (f"{S}Two{C}", "span-target-missing", S, ""),
        (f"{T}To{C}", "span-source-missing", T, "To"),
        (f"{T}To{C}{L}{C}", "span-source-missing", T, "To"),
        (f"{T}To{C}{L}Two{C}{C}", "span-source-missing", T, "To"),
        (f"{T}To{C}{L}Two{C}", "span-source-missing", T, "To"),
        (f"{T}To{C}Two{C}{C}", "span-source-missing", T, "To"),
        (f"{T}To{C}{S}Two{C}", "span-lookup-missing", T, "To"),
        (f"{T}To{C}{S}Two{C}{C}", "span-lookup-missing", T, "To"),
        (f"{T}To{L}{S}Two{C}{C}", "span-unbalanced", T, "To"),
        (f"{T}To{C}{L}{S}Two{C}", "span-unbalanced", T, "To"),
        (f"{T}To{C}{L}{S}Two", "span-unbalanced", T, "To"),
        (f"{T}To{L}{S}Two", "span-unbalanced", T, "To"),
        (f"{T}To", "span-unbalanced", T, "To"),
        (f"{T}To{C}{L}{S}Two{C}{C}{C}", "span-unbalanced", C, "To"),
        (f"{T}To {INNER} to{C}{L}{S}Two{C}{C}", "span-unbalanced", INNER[:30], "To Ni to"),
        (f"{T}{INNER}{C}{L}{S}Two{C}{C}", "span-unbalanced", INNER[:30], "Ni"),
        (f"{T}To{C}{L}{S}Two {INNER} two{C}{C}", "span-unbalanced", INNER[:30], "ToNi"),
        (f"{T}To{C}{L}{S}{INNER}{C}{C}", "span-unbalanced", INNER[:30], "ToNi"),
    ],
)
def test_one_damage(damaged: str, rule: str, marker: str, published: str) -> None:
    text = BEFORE + damaged + AFTER
    tokens = tokenize(text)
    (damage,) = tokens.damages
    assert (damage.rule, text[slice(*damage.extent)]) == (rule, marker)
    assert damage.extent.start >= len(BEFORE)
    ids = [segment.id for segment in tokens.segments]
    assert ids[0] == "0a1b2-101"
    assert ids[-1] == "0a1b2-103"
    assert PublishedText(text, tokens.dropped).text == f"Én {published} Tre"


@pytest.mark.parametrize("cut", range(3, len(pair("0a1b2-102", "To", "Two"))))
def test_a_file_torn_inside_a_segment(cut: int) -> None:
    text = BEFORE + pair("0a1b2-102", "To", "Two")[:cut]
    for end in ("", "\n"):
        tokens = tokenize(text + end)
        (damage,) = tokens.damages
        assert damage.rule in ("span-unbalanced", "span-source-missing")
        assert damage.extent.start == len(BEFORE)
        published = PublishedText(text + end, tokens.dropped).text
        assert published.split() == ["Én", *"To"[: max(0, cut - len(T))].split()]


def test_sources_without_closers_end_with_their_cell_or_link() -> None:
    table = f"| {T}To{C}{L}{S}Two | {pair('0a1b2-103', 'Tre', 'Three')} |\n"
    link = f"- [{T}To{C}{L}{S}Two](two.md)\n\n{pair('0a1b2-103', 'Tre', 'Three')}\n"
    for text, published in ((table, "| To | Tre |\n"), (link, "- [To](two.md)\n\nTre\n")):
        tokens = tokenize(text)
        assert [damage.rule for damage in tokens.damages] == ["span-unbalanced"]
        assert PublishedText(text, tokens.dropped).text == published


@pytest.mark.parametrize("quote", ["&quot;", "&#34;", "&amp;quot;", "”"])
@pytest.mark.parametrize("all_of_them", [True, False])
def test_corrupted_quotes_are_read(quote: str, all_of_them: bool) -> None:
    sound = pair("0a1b2-102", "To", "Two")
    text = BEFORE + sound.replace('"', quote, -1 if all_of_them else 1) + AFTER
    tokens = tokenize(text)
    assert [segment.id[-1] for segment in tokens.segments] == ["1", "2", "3"]
    assert PublishedText(text, tokens.dropped).text == "Én To Tre"


def test_foreign_spans_around_segments_are_no_damage() -> None:
    text = f'<span style="x">{BEFORE}</span>{AFTER}<span>'
    assert not tokenize(text).damages


def test_a_span_that_crosses_segments_is_no_damage() -> None:
    text = pair("0a1b2-101", "<span>a", "<span>b") + pair("0a1b2-102", "a</span>", "b</span>")
    tokens = tokenize(text)
    assert not tokens.damages
    assert len(tokens.segments) == 2
