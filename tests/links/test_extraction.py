"""Every link at the exact place of its destination."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from linters.article.article import Article
from linters.links.extraction import extract
from tests.links.listing import links, urls


@pytest.mark.parametrize(
    ("text", "url", "written", "syntax"),
    [
        ("[a](b.md)", "b.md", "b.md", "inline"),
        ("[a]( b.md 'title' )", "b.md", "b.md", "inline"),
        ("[a](<b c.md>)", "b c.md", "b c.md", "inline"),
        ("[a](b\\_c&auml;.md)", "b_cä.md", "b\\_c&auml;.md", "inline"),
        ("[a [b] `](x)` \\] *c*](d(e)f)", "d(e)f", "d(e)f", "inline"),
        ("> [a](\n> b.md\n> 'c')", "b.md", "b.md", "inline"),
        ("| a |\n|---|\n| [x](b\\|c) |", "b|c", "b\\|c", "inline"),
        ("![a](b.png)", "b.png", "b.png", "image"),
        ("[a][r]\n\n[r]: <b c> 'd'", "b c", "b c", "reference"),
        ("[R]\n\n> - [r]:\n>   b", "b", "b", "reference"),
        ("<https://a.test/?x&amp;y>", "https://a.test/?x&y", "https://a.test/?x&amp;y", "autolink"),
        ("<me@a.test>", "me@a.test", "me@a.test", "autolink"),
        ("**https://a.test/b_c**, d", "https://a.test/b_c", "https://a.test/b_c", "bare"),
        ("(www.a.test/(b)).", "www.a.test/(b)", "www.a.test/(b)", "bare"),
        ("to me@a.test.", "me@a.test", "me@a.test", "bare"),
        ('<a\n  href="b?x&amp;y">c</a>', "b?x&y", "b?x&amp;y", "html"),
        ("a <img src=b.png>", "b.png", "b.png", "html"),
        ("[!INCLUDE [a](b.md)]", "b.md", "b.md", "include"),
        ("[!include[a](~/b c.md)]", "~/b c.md", "~/b c.md", "include"),
        ('[!code-csharp[a](b.cs?name=x#y "t")]', "b.cs?name=x#y", "b.cs?name=x#y", "directive"),
        ("> [!VIDEO https://a.test/b]", "https://a.test/b", "https://a.test/b", "directive"),
        (
            ':::image type="x" alt-text="see [a](c)" source="a_b_.png":::',
            *["a_b_.png"] * 2,
            "directive",
        ),
        (':::code language="cs" source="~/a.cs" range="1-2":::', *["~/a.cs"] * 2, "directive"),
    ],
)
def test_one_link(text: str, url: str, written: str, syntax: str) -> None:
    assert links(text) == [(url, written, syntax)]


def test_a_picture_in_a_link_gives_two() -> None:
    assert urls("[![a](b.png)](c.md)") == ["b.png", "c.md"]


def test_srcset_gives_each_candidate() -> None:
    assert urls('<img srcset="a.png 1x, b,c.png 2x,d.png">') == ["a.png", "b,c.png", "d.png"]


@pytest.mark.parametrize(
    "text",
    [
        "`[a](b)`",
        "    [a](b)",
        "```\n[a](b) https://a.test\n```",
        "<!-- [a](b) <a href=c> -->",
        "<div>\n<!-- <a href=x>\n\n[a](b) https://a.test\n\n-->\n</div>",
        "<script>\nlet a = '<a href=b>';\n</script>",
        "\\[!INCLUDE [a] (b)]",
        "[a]: b",
        "[a](b c)",
        "---\nhref: a\n---\n",
        "@System.String a@b",
        "`[!INCLUDE [a](b)]`",
    ],
)
def test_no_link(text: str) -> None:
    assert urls(text) == []


def test_the_source_side_of_a_segment_is_not_counted() -> None:
    text = (
        '<span data-ttu-id="a-1">[b](c)</span><span class="sxs-lookup">'
        '<span data-stu-id="a-1">[d](c)</span></span>\n'
    )
    (link,) = extract(Article("a.md", text)).links
    assert link.range.start.column == text.index("(c)") + 2


def test_a_table_of_contents() -> None:
    text = "- name: A\n  href: 'a b.md'\n- {name: B, href: b.md}\n- items:\n  - homepage: c\n"
    assert links(text, "TOC.yml") == [
        ("a b.md", "a b.md", "yaml"),
        ("b.md", "b.md", "yaml"),
        ("c", "c", "yaml"),
    ]


@pytest.mark.parametrize("value", ["", " # later", '""', "~", "null", "''", "[]", "*a"])
def test_an_entry_of_a_toc_without_a_link(value: str) -> None:
    text = f"- name: &a x\n  href: {value}\n- name: y\n  href: y.md\n"
    assert [link.url for link in extract(Article("TOC.yml", text)).links] == ["y.md"]


def test_header_keys_that_hold_links() -> None:
    article = Article("a.md", "---\nbanner: x.png\nmore: [y, 'z']\ntitle: t\n---\n")
    found = extract(article, ("banner", "more")).links
    assert [(link.url, link.range.start) for link in found] == [
        ("x.png", (2, 9)),
        ("y", (3, 8)),
        ("z", (3, 12)),
    ]


def test_the_article_that_this_began_with() -> None:
    corpus = os.environ.get("ARTICLELINT_CORPUS")
    if not corpus:
        pytest.skip("no corpus")
    data = (Path(corpus) / "seed-article.md").read_bytes()
    found = extract(Article.from_bytes("a.md", data)).links
    assert len(found) == len({link.url for link in found}) == 7
    assert all(link.written == link.url for link in found)
