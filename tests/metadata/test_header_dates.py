"""Dates that do not exist are recognized in any order of day and month."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linters.metadata.header_dates import is_date_key, is_impossible


@given(
    st.dates(min_value=date(1000, 1, 1)),
    st.sampled_from(("%Y-%m-%d", "%m/%d/%Y", "%d.%m.%Y", "%Y/%m/%d", "%d-%m-%Y")),
)
def test_no_date_is_impossible(day: date, pattern: str) -> None:
    assert not is_impossible(day.strftime(pattern))


@pytest.mark.parametrize(
    "text",
    [
        "2021-29-11",
        "02/30/2021",
        "31.11.2020",
        "2019-6-31",
        "00/10/2021",
        "13/13/2021",
        " 2021/2/30 ",
    ],
)
def test_impossible_dates(text: str) -> None:
    assert is_impossible(text)


@pytest.mark.parametrize("text", ["", "soon", "1.2.3", "10.0.19041", "2021-02", "12/31", "1/2/21"])
def test_texts_that_are_no_dates_are_not_impossible_ones(text: str) -> None:
    assert not is_impossible(text)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("ms.date", True),
        ("ms.search.validFrom", True),
        ("ms.lasthandoff", True),
        ("ms.reviewdate", True),
        ("ai-seo-date", True),
        ("date", True),
        ("ms.update-cycle", False),
        ("title", False),
        ("dates", False),
    ],
)
def test_keys_of_dates(key: str, expected: bool) -> None:
    assert is_date_key(key) is expected
