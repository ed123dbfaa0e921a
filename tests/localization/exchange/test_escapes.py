"""Only the backslashes that the generator adds are ignored."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linters.localization.exchange.escapes import first_difference

TEXTS = st.text(st.sampled_from("ab\\*`\n_"))


def everywhere(offset: int) -> bool:
    return True


@given(TEXTS, st.data())
def test_added_backslashes_are_ignored(published: str, data: st.DataObject) -> None:
    escaped = "".join(
        "\\" + character if character in "*`\\" and data.draw(st.booleans()) else character
        for character in published
    )
    assert first_difference(escaped, published, everywhere) is None


@given(TEXTS, TEXTS)
def test_a_difference_is_where_the_texts_part(stripped: str, published: str) -> None:
    places = first_difference(stripped, published, lambda offset: False)
    if places is None:
        assert stripped == published
    else:
        here, there = places
        assert here == there
        assert stripped[:here] == published[:there]
        assert stripped[here : here + 1] != published[there : there + 1]


@given(TEXTS, st.integers(0, 30), st.sampled_from("xyz"))
def test_a_changed_character_is_found(published: str, place: int, new: str) -> None:
    place = min(place, len(published))
    changed = published[:place] + new + published[place:]
    assert first_difference(changed, published, everywhere) is not None
    assert first_difference(published, changed, everywhere) is not None


@pytest.mark.parametrize(
    ("stripped", "published", "places"),
    [
        ("a b", "a c", (2, 2)),
        ("a", "a\n", (1, 1)),
        (r"a\*b c", "a*b d", (5, 4)),
        (r"a\_b", "a_b", (1, 1)),
        ("a*b", r"a\*b", (1, 1)),
        (r"a\\\*", "a*", (1, 1)),
        ("a\r\n", "a\n", (1, 1)),
        (r"a\n", "an", (1, 1)),
    ],
)
def test_places(stripped: str, published: str, places: tuple[int, int]) -> None:
    assert first_difference(stripped, published, everywhere) == places
