"""The destinations are those that another CommonMark implementation finds."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from linters.article.article import Article
from linters.article.text.destination import unescape
from linters.links.extraction import extract
from linters.links.facts import Use
from linters.model.link import Syntax

INLINE_PIECES = [
    *(
        "[",
        "]",
        "(",
        ")",
        "<",
        ">",
        "!",
        "\\",
        "*",
        "`",
        "a",
        "&",
        "\u00e9",
        "_",
        "~",
        "#",
        ":",
        "/",
    ),
    *(
        "[a](b)",
        "[r]",
        "[r][s]",
        "![i](j)",
        "](<",
        "](b\u00a0c)",
        "](b 'c')",
        "[](d(e)f)",
        "[r](\n",
    ),
    *("\\]", "\\(", "&amp;", "&#x61;", "'t'", '"t"', "<http://x.y/?a=b>", "<b>", "((", "))"),
    *(" ", "\n", "\n> ", "\n- "),
]
DEFINITION_PIECES = [
    *("[r]", "[r]: ", "\n[r]: ", "[s]: x", "[a][r]", "![r]", "[R]:", "[ r ]", "::"),
    *("c", "<c d>", "(t)", '"t"', "'t'", "a"),
    *("\n", "\n> ", "> ", "- ", "1. ", "\n  ", "\n\n", " "),
]
INLINE = st.lists(st.sampled_from(INLINE_PIECES), max_size=16).map("".join)
DEFINITIONS = st.lists(st.sampled_from(DEFINITION_PIECES), max_size=16).map("".join)


def expected(text: str) -> set[str]:
    """What markdown-it-py finds, with the destinations as written."""
    parser = MarkdownIt("commonmark")
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return {url for token in parser.parse(text) for url in _urls(token)}


def _urls(token: Token) -> set[str]:
    if token.type == "link_open":
        return {str(token.attrs["href"])}
    if token.type == "image":
        return {str(token.attrs["src"])}
    return {url for child in token.children or () for url in _urls(child)}


def found(text: str) -> set[str]:
    """The extracted URLs, each at the range that contains it."""
    article = Article("a.md", text)
    urls = set()
    for link in extract(article).links:
        start, end = (article.lines.offset(position) for position in link.range)
        assert article.text[start:end] == link.written
        if link.syntax not in (Syntax.HTML, Syntax.BARE) and link.use is not Use.SPACED:
            assert unescape(link.written) == link.url
            urls.add(link.url)
    return urls


@given(INLINE)
def test_inline(text: str) -> None:
    """What the parsers read differently is left out.

    markdown-it-py takes a backslash before a line end and the line end; pulldown-cmark ends a
    declaration (``<!a``) at the ``>`` that marks the next line of a quotation.
    """
    text = re.sub(r"<!(?=[A-Za-z])", "<", text.replace("\\\n", "\n"))
    assert found(text) == expected(text)


@given(DEFINITIONS)
def test_definitions(text: str) -> None:
    assert found(text) == expected(text)
