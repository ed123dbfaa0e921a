"""Facts survive being written down, and nothing else passes for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linters.facts import codec
from linters.links.facts import Anchor, AnchorKind, Link, LinkFacts, Use
from linters.model.finding import Position, Range
from linters.model.link import Syntax

POSITIONS = st.builds(Position, st.integers(1), st.integers(1))
LINKS = st.builds(
    Link,
    st.text(),
    st.text(),
    st.sampled_from(Syntax),
    st.sampled_from(Use),
    st.builds(Range, POSITIONS, POSITIONS),
)
ANCHORS = st.builds(Anchor, st.sampled_from(AnchorKind), st.lists(st.text(), max_size=3).map(tuple))
FACTS = st.builds(
    LinkFacts,
    st.lists(LINKS, max_size=3).map(tuple),
    st.none() | st.lists(ANCHORS, max_size=3).map(tuple),
)


@dataclass(frozen=True)
class Other:
    """A plug-in's facts."""

    pair: tuple[str, int]
    more: Mapping[str, float]
    flag: bool | None = None


@dataclass(frozen=True)
class Untyped:
    """Facts that cannot be kept."""

    value: Any


@given(FACTS)
def test_link_facts(facts: LinkFacts) -> None:
    assert codec.decode(LinkFacts, codec.encode(facts)) == facts


def test_other_facts() -> None:
    value = Other(("a", 1), {"b": 0.5}, flag=True)
    assert codec.decode(Other, codec.encode(value)) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        "[1, 2, 3]",
        '{"pair": ["a", "1"], "more": {}}',
        '{"pair": ["a", true], "more": {}}',
        '{"pair": ["a", 1, 2], "more": {}}',
        '{"pair": ["a", 1], "more": []}',
        '{"pair": ["a", 1], "more": {"b": "c"}}',
        '{"pair": ["a", 1], "more": {}, "flag": 0}',
        "[" * 100_000,
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        codec.decode(Other, text.encode())


def test_types_that_say_nothing_are_refused() -> None:
    with pytest.raises(TypeError):
        codec.decoder(Untyped)
