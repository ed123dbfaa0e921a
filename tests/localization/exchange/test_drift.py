"""Every changed sentence is found as drift of its segment, and nothing else is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from linters.article.article import Article
from linters.localization.exchange.drift import Drift, drifts
from linters.localization.exchange.english_words import SourceWords, words_of
from tests.localization.exchange.texts import header, pair

SENTENCES = st.lists(
    st.text(st.sampled_from("abcdefgh  "), min_size=1)
    .map(str.strip)
    .filter(bool)
    .map(lambda words: words + "."),
    min_size=1,
    max_size=12,
    unique=True,
)
BETWEEN = st.sampled_from([" ", "\n\n", "\n* ", "\n\n## ", "\n\n```\ncode\n```\n\n"])


def article(sentences: list[str], between: list[str]) -> Article:
    pieces = [header()]
    for number, (space, sentence) in enumerate(zip(between, sentences, strict=True), 101):
        anchor = '<a name="x"></a>' if space.endswith("# ") else ""
        pieces += [space, anchor, pair(f"0a1b2-{number}", "Noe.", sentence)]
    return Article("a.md", "".join(pieces))


def english(sentences: list[str], between: list[str], *, wrap: bool) -> str:
    text = "".join(a + b for a, b in zip(between, sentences, strict=True))
    return text.replace(" ", "\n") if wrap else text


def found(sxs: Article, text: str) -> list[Drift]:
    return drifts(SourceWords(sxs), words_of(text))


@given(SENTENCES, st.data(), st.booleans())
def test_the_same_sentences_have_not_drifted(
    sentences: list[str], data: st.DataObject, wrap: bool
) -> None:
    between = [data.draw(BETWEEN) for _ in sentences]
    assert found(article(sentences, between), english(sentences, between, wrap=wrap)) == []


@given(SENTENCES, st.data(), st.booleans())
def test_a_changed_sentence_is_the_one_that_has_drifted(
    sentences: list[str], data: st.DataObject, wrap: bool
) -> None:
    between = [data.draw(BETWEEN) for _ in sentences]
    index = data.draw(st.integers(0, len(sentences) - 1))
    changed = [*sentences]
    changed[index] = "Something else altogether."
    text = english(changed, between, wrap=wrap)
    (drift,) = found(article(sentences, between), text)
    assert drift.segment == index
    assert drift.inside
    assert text[drift.english.start : drift.english.end].split() == changed[index].split()


@given(SENTENCES, st.data())
def test_a_new_sentence_is_reported_with_the_segment_before(
    sentences: list[str], data: st.DataObject
) -> None:
    between = [data.draw(BETWEEN) for _ in sentences]
    index = data.draw(st.integers(0, len(sentences) - 1))
    longer = [*sentences]
    longer[index] += " Something new."
    text = english(longer, between, wrap=False)
    (drift,) = found(article(sentences, between), text)
    assert (drift.segment, drift.inside) == (index, False)
    assert text[drift.english.start : drift.english.end] == "Something new."


@given(SENTENCES, st.data())
def test_a_removed_sentence(sentences: list[str], data: st.DataObject) -> None:
    between = [" "] * len(sentences)
    index = data.draw(st.integers(0, len(sentences) - 1))
    shorter = sentences[:index] + sentences[index + 1 :]
    drifted = found(article(sentences, between), " ".join(shorter))
    assert index in [drift.segment for drift in drifted]
