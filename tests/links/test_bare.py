"""Bare URLs as GFM's extended autolinks take them."""

from __future__ import annotations

import pytest

from tests.links.listing import urls


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Visit www.commonmark.org/help for more.", ["www.commonmark.org/help"]),
        ("Visit www.commonmark.org/a.b.", ["www.commonmark.org/a.b"]),
        ("www.g.com/search?q=Markup+(business)))", ["www.g.com/search?q=Markup+(business)"]),
        ("(www.g.com/search?q=Markup+(business))", ["www.g.com/search?q=Markup+(business)"]),
        ("www.g.com/search?q=(business))+ok", ["www.g.com/search?q=(business))+ok"]),
        ("www.g.com/search?q=commonmark&hl=en", ["www.g.com/search?q=commonmark&hl=en"]),
        ("www.g.com/search?q=commonmark&hl;", ["www.g.com/search?q=commonmark"]),
        (
            "https://e.test/a; https://e.test/?b&#39; c",
            ["https://e.test/a", "https://e.test/?b&#39"],
        ),
        ("www.commonmark.org/he<lp", ["www.commonmark.org/he"]),
        ("http://commonmark.org", ["http://commonmark.org"]),
        ("(Visit https://e.test/search?q=x)", ["https://e.test/search?q=x"]),
        ("foo@bar.baz", ["foo@bar.baz"]),
        ("hello@mail+xyz.test isn't, hello+xyz@mail.test is", ["hello+xyz@mail.test"]),
        ("a.b-c_d@a.b a.b-c_d@a.b.", ["a.b-c_d@a.b", "a.b-c_d@a.b"]),
        ("a.b-c_d@a.b- a.b-c_d@a.b_", []),
        ("mailto:foo@bar.baz.", ["mailto:foo@bar.baz"]),
        ("[see https://e.test/a]", ["https://e.test/a"]),
        ('"https://e.test/a"', ["https://e.test/a"]),
        ("http://a_b.test http://localhost xhttp://e.test xwww.e.test", ["http://localhost"]),
        ("C:\\a http:// https://. http://... https://<name> http://host:port", []),
        ("ftp://e.test/a", ["ftp://e.test/a"]),
        ("http://256.256.256.256 https://“ http://{host}/", []),
        ("https://😀.test/ https://bücher.test", ["https://😀.test/", "https://bücher.test"]),
        (
            "在https://e.test/a。和https://e.test/b）和https://e.test/c，d",
            ["https://e.test/a", "https://e.test/b", "https://e.test/c"],
        ),
        (
            "**https://e.test/a**的 __https://e.test/b__。 *https://e.test/c*d",
            ["https://e.test/a", "https://e.test/b", "https://e.test/c"],
        ),
        (
            "https://e.test/a` and https://e.test/__b__/c",
            ["https://e.test/a", "https://e.test/__b__/c"],
        ),
        ("&lt;https://e.test/a&gt;, “https://e.test/b”", ["https://e.test/a", "https://e.test/b"]),
        ("[https://e.test](x)", ["x"]),
        ("![https://e.test](x)", ["x"]),
        ('<a href="x">https://e.test</a>', ["x"]),
        ("| https://e.test/a|b |\n|---|---|\n", ["https://e.test/a"]),
        (
            "https://e.test/a_b_c_d and *https://e.test/*",
            ["https://e.test/a_b_c_d", "https://e.test/"],
        ),
    ],
)
def test_bare(text: str, expected: list[str]) -> None:
    assert urls(text) == expected
