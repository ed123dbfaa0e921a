"""An answer survives being stored."""

from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from linters.links.network.answer import Answer, Failure, FailureKind, Step
from linters.links.web.fragments import Page, PageEnd, PageKind

TEXT = st.text(max_size=5)
HEADERS = st.lists(st.tuples(TEXT, TEXT), max_size=2).map(tuple)
STEPS = st.builds(Step, TEXT, st.integers(100, 999), TEXT, headers=HEADERS, body=st.booleans())
PAGES = st.builds(
    Page,
    st.sampled_from(PageKind),
    st.sampled_from(PageEnd),
    st.lists(TEXT).map(tuple),
    st.booleans(),
)
FAILURES = st.builds(Failure, st.sampled_from(FailureKind), TEXT, TEXT)


@given(
    st.builds(
        Answer,
        TEXT,
        st.floats(0, 1e10),
        st.lists(STEPS, max_size=3).map(tuple),
        st.none() | FAILURES,
        page=st.none() | PAGES,
    )
)
def test_an_answer_survives(answer: Answer) -> None:
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(answer), type=Answer) == answer
