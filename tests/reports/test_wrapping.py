"""Plain text is wrapped as wcwidth does it, without its tables."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wrap as wcwidth_wrap

from linters.reports.wrapping import wrap


@given(
    st.text(st.sampled_from("ab-é漢 "), max_size=60),
    st.integers(3, 20),
    st.sampled_from(["", "  "]),
)
def test_a_line(line: str, columns: int, indent: str) -> None:
    expected = wcwidth_wrap(
        line, columns, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False
    )
    assert list(wrap(line, columns, indent=indent)) == expected
