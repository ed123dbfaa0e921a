"""The short way to read a URL gives what the URL Standard's parser gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linters.links.web.urls import InvalidUrlError, Target, parse_target, split_target

STARTS = ("http://h.io/", "https://a.b-c.d:99/x", "http://127.0.0.1:8080/x", "https://", "http://")
PIECES = (
    *("a", "Z", "0", "9", "-", ".", "/", "//", "/.", "/..", "?", "&", "=", ":", ";", "~", "'"),
    *("%", "%2e", "%2E", "%20", "{", "|", "^", "`", "\\", " ", "\t", "#", "é", "@", "[", "]"),
    *("xn--", "_", ":80", ":443", ":65536", "127.0.0.1", "0x7f", "256", "1.2", "localhost"),
)


def _read(url: str, *, parsed: bool) -> Target | str:
    try:
        return parse_target(url) if parsed else split_target(url)
    except InvalidUrlError as error:
        return str(error)


@given(st.sampled_from(STARTS), st.lists(st.sampled_from(PIECES), max_size=8))
def test_both_ways_agree(start: str, pieces: list[str]) -> None:
    url = start + "".join(pieces)
    assert _read(url, parsed=False) == _read(url, parsed=True)


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("port", [1, 80, 443, 59999, 60000, 65535, 65536])
def test_both_ways_agree_on_ports(scheme: str, port: int) -> None:
    url = f"{scheme}://h.io:{port}/x"
    assert _read(url, parsed=False) == _read(url, parsed=True)
