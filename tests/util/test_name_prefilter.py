"""No link to a file escapes the quick look for its name."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linters.util.name_prefilter import Mentions

NAMES = st.text(st.sampled_from("abZ09-_. ü%&"), min_size=1, max_size=8)


@given(NAMES, st.sampled_from(["{}.md", "../{}.md#x", "/docs/{}?y", "[{}]"]))
def test_every_way_to_write_a_name(name: str, around: str) -> None:
    mentions = Mentions([f"docs/{name}.md"])
    escaped = "".join(f"\\{entry}" if entry in "-_.%&" else entry for entry in name)
    for written in (name, name.upper(), quote(name), escaped, name.replace("&", "&amp;")):
        assert around.format(written).lower().encode() in mentions


@pytest.mark.parametrize("text", [b"article 10", b"article-1055", b"105 article", b"article10-5"])
def test_other_names(text: bytes) -> None:
    assert text not in Mentions(["docs/article-105.md"])


@pytest.mark.parametrize("text", [b"](a10.md)", b"](a1b.md)"])
def test_a_name_of_one_word_is_whole(text: bytes) -> None:
    assert text not in Mentions(["docs/a1.md"])


def test_a_file_that_stands_for_its_folder() -> None:
    assert b"](../area/)" in Mentions(["docs/area/index.md"])
