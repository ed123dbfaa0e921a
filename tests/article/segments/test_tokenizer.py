"""The tokenizer on sound text: every pair, every extent, nothing left over."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linters.article.segments.published import PublishedText
from linters.article.segments.recovery import recover
from linters.article.segments.tokenizer import tokenize
from tests.localization.sxs import HEADER, pair
from tests.steps import no_hang

WORDS = st.text(st.sampled_from("aæ한 .*[]()|!&;:-\r\n\t\"'😀"), max_size=20)


@given(st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=8))
def test_every_part_of_every_pair_is_found(parts: list[tuple[str, str, str]]) -> None:
    pieces = [
        (between, pair(f"0a1b2-{101 + index}", target, source))
        for index, (between, target, source) in enumerate(parts)
    ]
    text = "".join(between + piece for between, piece in pieces)
    tokens = tokenize(text)
    assert not tokens.damages
    assert tokens == recover(text) or tokens.segments == recover(text).segments
    assert len(tokens.segments) == len(parts)
    position = 0
    for segment, (between, piece), (_, target, source) in zip(
        tokens.segments, pieces, parts, strict=True
    ):
        assert segment.extent == (position + len(between), position + len(between) + len(piece))
        assert text[slice(*segment.opener)] == f'<span data-ttu-id="{segment.id}">'
        assert text[slice(*segment.target)] == target
        assert text[slice(*segment.lookup)].endswith(f'<span data-stu-id="{segment.source_id}">')
        assert text[slice(*segment.source)] == source
        assert text[slice(*segment.closer)] == "</span></span>"
        position = segment.extent.end
    published = PublishedText(text, tokens.dropped)
    assert published.text == "".join(between + target for between, target, _ in parts)


@given(st.lists(st.tuples(WORDS, WORDS, WORDS), max_size=4))
def test_published_offsets_lead_back(parts: list[tuple[str, str, str]]) -> None:
    text = "".join(between + pair("0a1b2-1", target, source) for between, target, source in parts)
    published = PublishedText(text, tokenize(text).dropped)
    for offset, character in enumerate(published.text):
        original = published.original(offset)
        assert text[original] == character
        assert published.published(original) == offset
        assert text[slice(*published.original_extent(offset, offset + 1))] == character


@pytest.mark.parametrize(
    ("target", "source"),
    [
        ('<span id="x"></span>Båt', '<span id="x"></span>Boat'),
        ("<span>a <span>b</span></span>", "<span>a <span>b</span></span>"),
        ("en", "a <span>tail"),
        ("en", "a</span> tail"),
    ],
)
def test_spans_inside(target: str, source: str) -> None:
    text = pair("0a1b2-101", target, source) + " " + pair("0a1b2-102", "b", "b")
    first, second = tokenize(text).segments
    assert (text[slice(*first.target)], text[slice(*first.source)]) == (target, source)
    assert second.id == "0a1b2-102"


@pytest.mark.parametrize(
    "text",
    [
        (
            "<span data-ttu-id='a1-1'>b</span><span class='sxs-lookup'>"
            "<span data-stu-id='a1-1'>c</span></span>"
        ),
        (
            '<SPAN DATA-TTU-ID="a1-1">b</SPAN><Span Class="sxs-lookup">'
            '<span data-stu-id="a1-1">c</SPAN></span>'
        ),
        (
            '<span  data-ttu-id = "a1-1" >b</span> <span\tclass="sxs-lookup">\n'
            '<span data-stu-id="a1-1">c</span > </span>'
        ),
        (
            '<span data-ttu-id=\\"a1-1\\">b</span><span class=\\"sxs-lookup\\">'
            '<span data-stu-id=\\"a1-1\\">c</span></span>'
        ),
    ],
)
def test_unusual_spellings(text: str) -> None:
    tokens = tokenize(f"{text} d")
    (segment,) = tokens.segments
    assert (segment.id, segment.source_id) == ("a1-1", "a1-1")
    assert not tokens.damages
    assert PublishedText(f"{text} d", tokens.dropped).text == "b d"


SHOWN = pair("77777-101", "mål", "source")


@pytest.mark.parametrize(
    "text",
    [
        f"# Format\n\n```html\n{SHOWN}\n```\n",
        f"Skriv `{SHOWN}` slik.\n",
        f"Før\n\n<!-- {SHOWN} -->\n",
        f"~~~\n{SHOWN}\n~~~\n\n{pair('0a1b2-101', 'ja', 'yes')}\n",
        f"{pair('0a1b2-101', 'ja', 'yes')}\n\n- liste\n\n  ```\n  {SHOWN}\n  ```\n",
    ],
)
def test_examples_of_the_format_are_no_segments(text: str) -> None:
    tokens = tokenize(text)
    assert not tokens.damages
    assert "77777-101" not in [segment.id for segment in tokens.segments]
    assert SHOWN in PublishedText(text, tokens.dropped).text


@pytest.mark.parametrize("fence", ["```\n%s\n```", "`%s`", "<!-- %s -->"])
def test_own_segments_in_code_are_still_segments(fence: str) -> None:
    inside = fence % pair("0a1b2-102", "nei", "no")
    for before in (pair("0a1b2-101", "ja", "yes"), HEADER):
        text = f"{before}\n\n{inside}\n"
        tokens = tokenize(text)
        assert tokens.segments[-1].id == "0a1b2-102"
        assert fence % "nei" in PublishedText(text, tokens.dropped).text


@pytest.mark.parametrize("code", ["`<span>`", "`</span>`", "`` <span `x ``"])
def test_spans_shown_in_code_are_not_counted(code: str) -> None:
    text = f"{pair('0a1b2-101', f'bruk {code}', f'use {code}')}\n\nUte {code} her.\n"
    tokens = tokenize(text)
    assert [segment.id for segment in tokens.segments] == ["0a1b2-101"]
    assert not tokens.damages
    assert PublishedText(text, tokens.dropped).text == f"bruk {code}\n\nUte {code} her.\n"


def corpus() -> list[str]:
    root = os.environ.get("ARTICLELINT_CORPUS")
    if not root:
        pytest.skip("no corpus")
    paths = sorted([*Path(root).glob("*/live-sxs/**/*.md"), *Path(root).glob("*.md")])
    return [path.read_bytes().decode() for path in paths]


def test_every_pair_of_the_corpus_is_found() -> None:
    for text in corpus():
        tokens = tokenize(text)
        assert len(tokens.segments) == text.count("<span data-ttu-id=")
        assert not tokens.damages
        assert tokens.segments == recover(text).segments
        assert "tu-id" not in PublishedText(text, tokens.dropped).text


def test_hostile_text_takes_linear_time() -> None:
    opener = '<span data-ttu-id="a-1">'
    lookup = '</span><span class="sxs-lookup"><span data-stu-id="a-1">'
    for unit in (opener, lookup, opener + lookup, "<span ", "</span>", opener + "`", "<span"):
        with no_hang():
            tokenize((opener + lookup + unit * 20_000)[:400_000])
