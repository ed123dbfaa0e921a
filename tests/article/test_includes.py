"""Include directives, read where Markdown has them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linters.article.article import Article
from linters.article.includes import includes_of
from linters.links.extraction import extract
from linters.links.facts import Use
from tests.localization.sxs import pair


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("[!INCLUDE [a](b.md)]", ["b.md"]),
        ("[!include[a[b]c](../b%20c.md 't')]", ["../b%20c.md"]),
        ("> [!INCLUDE [a](<b c.md>)]", ["b c.md"]),
        ("[!INCLUDE [a](b (1).md)]", ["b (1).md"]),
        ("[!INCLUDE [a](b c.md 'd e')]", ["b c.md"]),
        ("[!INCLUDE [a](b'c.md)]", ["b'c.md"]),
        ("[!INCLUDE [a](b (c d) e\n.md)]", []),
        ("[!INCLUDE-x [a](b.md)] [!INCLUDED [a](c.md)] [!code [a](d.md)]", ["b.md"]),
        ("[!INCLUDE [a](b\\_c.md)]", ["b_c.md"]),
        ("[!INCLUDE[a](b.md)] and [!INCLUDE[c](d.md)]", ["b.md", "d.md"]),
        ("# T\n\n| a |\n|--|\n| [!INCLUDE [a](b.md)] |\n", ["b.md"]),
        ("`[!INCLUDE [a](b.md)]`", []),
        ("```\n[!INCLUDE [a](b.md)]\n```\n", []),
        ("    [!INCLUDE [a](b.md)]\n", []),
        ("<!-- [!INCLUDE [a](b.md)] -->", []),
        ("\\[!INCLUDE [a](b.md)]", []),
        ("[!INCLUDE [a](b.md)", []),
        ("[!INCLUDE [a]]", []),
        ("---\ntitle: '[!INCLUDE [a](b.md)]'\n---\n", []),
    ],
)
def test_the_paths_that_an_article_includes(text: str, paths: list[str]) -> None:
    found = includes_of(Article("a.md", text))
    assert [include.path for include in found] == paths
    for include in found:
        start, end = include.extent
        assert text[start:end].replace("\\", "") == include.path


def test_links_read_the_same_paths() -> None:
    """An include is a link and a file of the repository: both come from one reader."""
    text = "[!INCLUDE [a](b c&amp;.md)] `[!INCLUDE [a](d.md)]` [!INCLUDE [a](<e (f.md>)]"
    article = Article("a.md", text)
    paths = [include.path for include in includes_of(article)]
    assert paths == ["b c&.md", "e (f.md"]
    links = extract(article).links
    assert [link.url for link in links if link.use is Use.INCLUDE] == paths


def test_the_source_side_of_a_segment_includes_nothing() -> None:
    text = pair("abcde-101", "[!INCLUDE [a](b.md)]", "[!INCLUDE [a](c.md)]")
    assert [include.path for include in includes_of(Article("a.md", text))] == ["b.md"]


@given(st.text(alphabet="[]()<>!INCLUDEinclude \\\n`'\"a.md", max_size=200))
def test_any_text_gives_extents_of_its_own(text: str) -> None:
    for include in includes_of(Article("a.md", text)):
        assert 0 <= include.extent.start <= include.extent.end <= len(text)
