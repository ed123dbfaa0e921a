"""Valid articles with every kind of damage: the right rule, at its place, and nothing else."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linters.article.article import Article
from linters.fixes.apply import apply
from linters.localization.structure import structure_findings
from tests.localization.sxs import HEADER, pair
from tests.steps import no_hang

C = "</span>"
L = '<span class="sxs-lookup">'
PREFIX = "0a1b2"
WORDS = st.sampled_from(
    ["Kaia er full.", "Bruk `tau`.", "**Viktig**", "[Les](a.md) mer", "ja & nei", "en\ntil", "猫",
     '<span id="kai"></span>Kai']
)  # fmt: skip
LAYOUTS = st.sampled_from(["{}\n\n", "{} ", "- {}\n", "> {}\n\n", "| {} | x |\n", "[{}](b.md)\n\n"])


@dataclass(frozen=True)
class Piece:
    """One segment of a test article and the text around it."""

    layout: str
    id: str
    target: str
    source: str

    def __str__(self) -> str:
        return self.layout.format(pair(self.id, self.target, self.source))


@st.composite
def articles(draw: st.DrawFn) -> list[Piece]:
    count = draw(st.integers(5, 9))
    number, merged = 101, 11
    pieces = []
    for _ in range(count):
        if draw(st.integers(0, 4)) == 0:
            identifier = f"{PREFIX}-p{merged}"
            merged += draw(st.integers(1, 3))
        else:
            identifier = f"{PREFIX}-{number}"
        number += draw(st.integers(1, 3))
        pieces.append(Piece(draw(LAYOUTS), identifier, draw(WORDS), draw(WORDS)))
    pieces.insert(2, Piece("{} ", f"{PREFIX}-{number + 10}", "a", "b"))
    for index in range(3, len(pieces)):
        number += 20
        pieces[index] = Piece(
            pieces[index].layout,
            f"{PREFIX}-{number}",
            pieces[index].target,
            pieces[index].source,
        )
    return pieces


def check(text: str) -> list[tuple[str, int]]:
    article = Article("a.md", text)
    return [
        (finding.rule.name, article.lines.offset(finding.range.start))
        for finding in structure_findings(article)
    ]


def built(pieces: list[Piece], changed: dict[int, str]) -> tuple[str, list[int]]:
    """The article with some pieces replaced, and where every piece begins."""
    text, starts = HEADER + "# Kai\n\n", []
    for index, piece in enumerate(pieces):
        starts.append(len(text))
        text += changed.get(index, str(piece))
    return text, starts


def opener(text: str, start: int) -> int:
    return text.index("<span data-ttu", start)


@given(articles(), st.booleans())
def test_sound_articles_are_clean(pieces: list[Piece], crlf: bool) -> None:
    text, _ = built(pieces, {})
    assert check(text.replace("\n", "\r\n") if crlf else text) == []


Damager = Callable[[str, Piece], str]


def without(part: str, *, last: bool = False) -> Damager:
    def damage(text: str, piece: Piece) -> str:
        at = text.rindex(part) if last else text.index(part)
        return text[:at] + text[at + len(part) :]

    return damage


def cut(pattern: str) -> Damager:
    return lambda text, piece: re.sub(pattern, "", text, count=1, flags=re.DOTALL)


DAMAGES: list[tuple[str, Damager, str, str]] = [
    ("target opener", cut(r'<span data-ttu-id="[^"]*">'), "span-target-missing", L),
    ("target span", cut(r'<span data-ttu-id="[^"]*">.*?</span>(?=<)'), "span-target-missing", L),
    ("target text", cut(r'(?<=">).*?(?=</span><span class)'), "span-target-missing", "<span"),
    ("source opener", cut(r'<span data-stu-id="[^"]*">'), "span-source-missing", "<span"),
    ("lookup and source", cut(r'<span class=.*</span></span>'), "span-source-missing", "<span"),
    ("source span", cut(r'<span data-stu-id=.*?</span>'), "span-source-missing", "<span"),
    ("wrapper", cut(r'<span class="sxs-lookup">'), "span-lookup-missing", "<span"),
    ("wrapper whole", lambda t, p: without(C, last=True)(without(L)(t, p), p),
     "span-lookup-missing", "<span"),
    ("target closer", cut(r"</span>(?=<span class)"), "span-unbalanced", "<span"),
    ("last closer", without(C, last=True), "span-unbalanced", "<span"),
    ("both closers", without(C + C), "span-unbalanced", "<span"),
]  # fmt: skip


@pytest.mark.parametrize(("damage", "rule", "marker"), [damage[1:] for damage in DAMAGES],
                         ids=[damage[0] for damage in DAMAGES])  # fmt: skip
@given(pieces=articles(), data=st.data())
def test_dropped_parts(
    damage: Damager, rule: str, marker: str, pieces: list[Piece], data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, len(pieces) - 1))
    text, starts = built(pieces, {index: damage(str(pieces[index]), pieces[index])})
    assert check(text) == [(rule, text.index(marker, starts[index]))]


@given(articles(), st.data())
def test_one_closer_too_many(pieces: list[Piece], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(pieces) - 1))
    whole = pair(pieces[index].id, pieces[index].target, pieces[index].source)
    text, starts = built(pieces, {index: pieces[index].layout.format(whole + C)})
    assert check(text) == [("span-unbalanced", text.index(whole, starts[index]) + len(whole))]


@given(articles(), st.data())
def test_swapped(pieces: list[Piece], data: st.DataObject) -> None:
    first = data.draw(st.integers(2, len(pieces) - 2))
    second = data.draw(st.integers(first + 1, len(pieces) - 1))
    pieces[first], pieces[second] = pieces[second], pieces[first]
    text, starts = built(pieces, {})
    ((rule, offset),) = check(text)
    assert rule == "span-id-order"
    assert offset in (opener(text, starts[first]), opener(text, starts[second]))


@given(articles(), st.data())
def test_duplicated(pieces: list[Piece], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(pieces) - 1))
    place = data.draw(st.integers(index + 1, len(pieces)))
    pieces.insert(place, pieces[index])
    text, starts = built(pieces, {})
    assert check(text) == [("span-id-duplicate", opener(text, starts[place]))]


@pytest.mark.parametrize("side", ["ttu", "stu"])
@given(pieces=articles(), data=st.data())
def test_one_side_renumbered(side: str, pieces: list[Piece], data: st.DataObject) -> None:
    index = data.draw(st.integers(2, len(pieces) - 1))
    other = data.draw(
        st.sampled_from([pieces[0].id, f"{PREFIX}-99999", "fffff-150", f"{PREFIX}-7"])
    )
    wrong = f'<span data-{side}-id="{other}">'
    damaged = re.sub(rf'<span data-{side}-id="[^"]*">', wrong, str(pieces[index]))
    text, starts = built(pieces, {index: damaged})
    ((rule, offset),) = check(text)
    assert rule == "span-id-mismatch"
    if other in (pieces[0].id, "fffff-150"):
        assert offset == text.index(wrong, starts[index])
    assert starts[index] <= offset < starts[index] + len(damaged)


@pytest.mark.parametrize(
    "other", ["zzzzz-150", "0A1B2-150", "0a1b2150", "0a1b2-x", "", "1-2", "0a1b2-" + "9" * 5000]
)
@given(pieces=articles(), sides=st.sampled_from(["[ts]", "t", "s"]), data=st.data())
def test_invalid(other: str, pieces: list[Piece], sides: str, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(pieces) - 1))
    damaged = re.sub(rf'(data-{sides}tu-id)="[^"]*"', rf'\1="{other}"', str(pieces[index]))
    text, starts = built(pieces, {index: damaged})
    assert check(text) == [
        ("span-id-invalid", text.rindex("<", 0, text.index(f'="{other}"', starts[index])))
    ]


@given(articles(), st.data())
def test_other_prefix(pieces: list[Piece], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(pieces) - 1))
    text, starts = built(pieces, {index: str(pieces[index]).replace(f'"{PREFIX}-', '"fffff-')})
    assert check(text) == [("span-prefix-mismatch", opener(text, starts[index]))]


@given(articles(), st.data())
def test_renumbered_on_both_sides(pieces: list[Piece], data: st.DataObject) -> None:
    index = data.draw(st.integers(3, len(pieces) - 2))
    # Before the last one, a higher number cannot be distinguished from a last one that is too low.
    last = index == len(pieces) - 2
    number = data.draw(st.sampled_from(["7"] if last else ["99999", "7"]))
    damaged = str(pieces[index]).replace(pieces[index].id, f"{PREFIX}-{number}")
    text, starts = built(pieces, {index: damaged})
    assert check(text) == [("span-id-order", opener(text, starts[index]))]
    taken = data.draw(st.integers(3, len(pieces) - 1).filter(lambda other: other != index))
    damaged = str(pieces[index]).replace(pieces[index].id, pieces[taken].id)
    text, starts = built(pieces, {index: damaged})
    ((rule, offset),) = check(text)
    assert rule == "span-id-duplicate"
    assert offset in (opener(text, starts[index]), opener(text, starts[taken]))


@given(articles(), st.data())
def test_torn(pieces: list[Piece], data: st.DataObject) -> None:
    index = data.draw(st.integers(1, len(pieces) - 1))
    text, starts = built(pieces, {})
    start = opener(text, starts[index])
    whole = pair(pieces[index].id, pieces[index].target, pieces[index].source)
    end = start + data.draw(st.integers(3, len(whole) - 1))
    found = check(text[:end])
    assert [offset for _, offset in found] == [start]
    assert found[0][0] in ("span-unbalanced", "span-source-missing")


@given(articles(), st.data())
def test_nested(pieces: list[Piece], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(pieces) - 2))
    inner = pieces.pop(data.draw(st.integers(index + 1, len(pieces) - 1)))
    outer = pieces[index]
    nested = pair(inner.id, inner.target, inner.source)
    if data.draw(st.booleans()):
        damaged = pair(outer.id, f"{outer.target} {nested} mer", outer.source)
    else:
        damaged = pair(outer.id, outer.target, f"{outer.source} {nested}")
    text, starts = built(pieces, {index: outer.layout.format(damaged)})
    assert check(text) == [("span-unbalanced", text.index(nested, starts[index]))]


@pytest.mark.parametrize("block", ["\n```\n{}\n```\n", "\n~~~md\n{}\n~~~\n", "Kall `{}` nå.\n"])
@given(pieces=articles(), data=st.data())
def test_moved_into_code(block: str, pieces: list[Piece], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(pieces) - 1))
    moved = pieces.pop(index)
    place = data.draw(st.integers(0, len(pieces) - 1))
    inside = block.format(pair(moved.id, "mål", "aim"))
    text, starts = built(pieces, {place: f"{pieces[place]}\n\n{inside}\n"})
    assert check(text) == [("span-in-code", text.index(f'<span data-ttu-id="{moved.id}"'))]
    assert starts


@given(articles(), st.data())
def test_quotes_became_entities(pieces: list[Piece], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(pieces) - 1))
    last = data.draw(st.integers(first, len(pieces) - 1))
    whole = {index: str(pieces[index]).replace('"', "&quot;") for index in range(first, last + 1)}
    text, starts = built(pieces, whole)
    assert check(text) == [("span-corrupted", opener(text, starts[first]))]
    piece = str(pieces[first])
    place = data.draw(st.sampled_from([match.start() for match in re.finditer('"', piece)]))
    text, starts = built(pieces, {first: piece[:place] + "&quot;" + piece[place + 1 :]})
    marker = text.rindex("<", 0, starts[first] + place)
    assert check(text) == [("span-corrupted", marker)]


@given(articles(), st.booleans())
def test_segments_in_front_matter(pieces: list[Piece], quoted: bool) -> None:
    text, _ = built(pieces, {})
    segment = pair(f"{PREFIX}-150", "Båter", "Boats")
    if quoted:
        segment = '"{}"'.format(segment.replace('"', '\\"'))
    text = text.replace("title: Båter", f"title: {segment}")
    assert check(text) == [("span-in-header", text.index("<span"))]


def test_articles_without_segments_are_not_looked_at() -> None:
    assert check("# Boats\n\n<span>open and </span></span> closed\n") == []


@pytest.mark.parametrize("side", ["target", "source"])
@pytest.mark.parametrize("part", ['<span id="kai">', C])
def test_an_inner_span_that_one_side_leaves_open(side: str, part: str) -> None:
    inner = '<span id="kai"></span>'
    texts = {"target": f"{inner}Kai", "source": f"{inner}Quay"}
    texts[side] = texts[side].replace(part, "", 1)
    segments = pair("0a1b2-101", "Mål", "Aim"), pair("0a1b2-102", **texts)
    text = f"{segments[0]}\n\n## {segments[1]}\n"
    start = text.index(texts[side], len(segments[0]))
    assert check(text) == [("span-unbalanced", text.index("<", start))]


@pytest.mark.parametrize("tag", ["a name", "span id"])
def test_an_anchor_with_corrupted_quotes_is_reported_once(tag: str) -> None:
    anchor = f"<{tag}=&quot;x&quot;></{tag.split()[0]}>"
    text = f"# {anchor}{pair('0a1b2-101', 'Mål', 'Aim')}\n"
    assert check(text) == [("span-corrupted", 2)]


@pytest.mark.parametrize("ids", ["shuffled", "same", "falling", "mismatched"])
def test_hostile_ids_take_bounded_time(ids: str) -> None:
    numbers = list(range(1, 3000))
    if ids == "shuffled":
        random.Random(3).shuffle(numbers)
    elif ids == "same":
        numbers = [5] * len(numbers)
    elif ids == "falling":
        numbers.reverse()
    text = "\n".join(pair(f"{PREFIX}-{number}", "a", "b") for number in numbers)
    if ids == "mismatched":
        text = text.replace(f'stu-id="{PREFIX}-1', f'stu-id="{PREFIX}-9')
    with no_hang():
        assert check(f"{text}\n```\n{text}\n```\n")


def test_the_only_segment_of_a_localized_article_in_a_fence() -> None:
    text = f"{HEADER}\n```\n{pair('0a1b2-101', 'Mål', 'Aim')}\n```\n"
    assert check(text) == [("span-in-code", text.index("<span"))]


@pytest.mark.parametrize("code", ["```html\n{}\n```", "Kall `{}` nå."])
def test_code_may_show_anchors_with_entities(code: str) -> None:
    text = f"{code.format('<a name=&quot;x&quot;></a>')}\n\n{pair('0a1b2-101', 'Mål', 'Aim')}\n"
    assert check(text) == []


def test_an_id_without_its_closing_quote_is_reported_once() -> None:
    torn = pair("0a1b2-102", "Mål", "An aim").replace('02">An', "", 1)
    text = f"{pair('0a1b2-101', 'Ja', 'Yes')}\n{torn}\n"
    assert check(text) == [("span-corrupted", text.rindex("<span"))]


def test_a_run_of_corrupted_tags_is_one_finding_over_all_of_it() -> None:
    parts = [pair(f"0a1b2-{number}", "Mål", "Aim") for number in (101, 102, 103, 104)]
    anchor = "<a name=&quot;x&quot;></a>"
    damaged = [part.replace('"', "&quot;") for part in parts[1:3]]
    text = f"{parts[0]}\n\n# {anchor}{damaged[0]}\n\n{damaged[1]}\n\n{parts[3]}\n"
    article = Article("a.md", text)
    (finding,) = structure_findings(article)
    start, end = (article.lines.offset(position) for position in finding.range)
    assert (start, text[:end].count("&quot;")) == (text.index(anchor), text.count("&quot;"))
    assert "7 tags" in finding.message
    assert finding.message.endswith("to line 5")
    assert finding.fix is not None
    fixed, _ = apply(article, [finding.fix])
    assert "&quot;" not in fixed
    assert list(structure_findings(Article("a.md", fixed))) == []
