"""Markdown made to be slow or large: refused, or read within bounds of memory."""

from __future__ import annotations

import subprocess
import sys

import pytest

from linters.article.article import Article
from linters.links.extraction import extract

SIZE = 2_000_000
REPEATED = {
    "opening brackets": "[",
    "closing brackets": "]",
    "pairs of brackets": "[]",
    "images": "![",
    "links": "[a](",
    "links in brackets": "[a](<b",
    "links with spaces": "[a](b c ",
    "emphasis": "*a ",
    "strong emphasis": "**a",
    "mixed emphasis": "*_**__",
    "unbalanced emphasis": "**a *b ",
    "strikethrough": "~~a",
    "quotes": "> a\n",
    "lists": "- a\n",
    "ordered lists": "1. a\n",
    "tasks": "- [ ] a\n",
    "comments": "<!-- a -->",
    "open comments": "<!--",
    "closing tags and comments": "</<!--",
    "elements": "<div>",
    "anchors": '<a href="x">',
    "open tags": "<a ",
    "open attributes": '<a b="',
    "inline elements": "x <b>y</b> ",
    "processing instructions": "<?",
    "character data": "<![CDATA[",
    "declarations": "<!A ",
    "code spans": "`a",
    "fences": "```\n",
    "definitions": "[a]: b\n",
    "open definitions": "[a\n",
    "footnotes": "[^a]",
    "URLs": "https://a.test/b ",
    "hosts": "www.a.test ",
    "addresses": "a@b.cc ",
    "at signs": "@",
    "schemes": "http://",
    "includes": "[!INCLUDE [a](b)]",
    "open includes": "[!INCLUDE [",
    "directives": ':::image source="a" ',
    "whole directives": ':::image source="a":::\n',
    "videos": "[!VIDEO a",
    "headings": "# a\n",
    "underlined headings": "a\n=\n",
    "entities": "&amp;",
    "open entities": "&a",
    "escapes": "\\[",
    "lines": "a\n",
    "rules": "---\n",
    "autolinks": "<a:",
    "whole autolinks": "<http://a.b>",
    "wide letters": "*ä* ",
}
SHAPES = {name: unit * (SIZE // len(unit)) for name, unit in REPEATED.items()} | {
    "fewer closing tags and comments": "</<!--" * 90_000,
    "nested brackets": "[" * 140_000 + "]" * 140_000,
    "nested quotes": ">" * 299_000 + "a",
    "nested lists": "- " * 400_000 + "a",
    "many lines": "1. a\n" * 300_000,
    "nested emphasis": "*" * 149_000 + "a" + "*" * 149_000,
    "a wide table": "|a" * 20_000 + "|\n" + "|-" * 20_000 + "|\n" + ("|b" * 20_000 + "|\n") * 5,
    "short rows of a wide table": "|a" * 20_000 + "|\n" + "|-" * 20_000 + "|\n" + "|b\n" * 20_000,
    "ragged rows": "|a|b|\n|-|-|\n" + "|c\n" * 149_000,
    "attributes": "<a " + "a=b " * 400_000 + ">",
    "a long address": "a" * SIZE + "@",
    "parentheses": "https://a.test/" + "(" * 900_000,
    "a long title": '[a]: b "' + "c\n" * 299_000,
    "candidates": '<img srcset="' + "a 1x," * 300_000 + '">',
    "letters of two bytes": "ä" * 200_000 + "*a*" * 90_000,
}
CHILD = """
import resource, sys
from linters.article.article import Article, UnreadableError
from linters.links.extraction import extract
from tests.links.test_hostile_markdown import SHAPES
data = SHAPES[sys.argv[1]].encode()
extract(Article.from_bytes("b.md", b"[a](b) ![c](d)"))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    extract(Article.from_bytes("a.md", data))
except UnreadableError:
    pass
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="ru_maxrss is in KiB on Linux only")
@pytest.mark.parametrize("name", SHAPES)
def test_memory(name: str) -> None:
    command = [sys.executable, "-c", CHILD, name]
    result = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)
    assert int(result.stdout) < 200 * 1024


def test_neighbouring_texts_are_one_event() -> None:
    events = Article("a.md", "a [ b ] *c _d\n").markdown
    assert [event.kind for event in events] == ["start", "text", "end"]
    assert events[1].value == "a [ b ] *c _d"


def test_a_hundred_thousand_links_are_listed() -> None:
    text = "[a](b.md) https://e.test/c\n" * 50_000
    assert len(extract(Article.from_bytes("a.md", text.encode())).links) == 100_000
