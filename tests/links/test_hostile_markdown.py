"""Markdown made to be slow or large: refused, or read within bounds of memory."""

from __future__ import annotations

import subprocess
import sys

import pytest

from linters.article.article import Article
from linters.links.extraction import extract
from tests.sizes import size

SIZE = size(200_000, 2_000_000)
SCALE = size(1, 5)
MOST = size(128, 200) * 1024
"""KiB that reading a text may take."""
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
COLUMNS = 4_000 * SCALE
TABLE = "|a" * COLUMNS + "|\n" + "|-" * COLUMNS + "|\n"
SHAPES = {name: unit * (SIZE // len(unit)) for name, unit in REPEATED.items()} | {
    "fewer closing tags and comments": "</<!--" * 18_000 * SCALE,
    "nested brackets": "[" * 28_000 * SCALE + "]" * 28_000 * SCALE,
    "nested quotes": ">" * 59_800 * SCALE + "a",
    "nested lists": "- " * 80_000 * SCALE + "a",
    "many lines": "1. a\n" * 60_000 * SCALE,
    "nested emphasis": "*" * 29_800 * SCALE + "a" + "*" * 29_800 * SCALE,
    "a wide table": TABLE + ("|b" * COLUMNS + "|\n") * 5,
    "short rows of a wide table": TABLE + "|b\n" * COLUMNS,
    "ragged rows": "|a|b|\n|-|-|\n" + "|c\n" * 29_800 * SCALE,
    "attributes": "<a " + "a=b " * 80_000 * SCALE + ">",
    "a long address": "a" * SIZE + "@",
    "parentheses": "https://a.test/" + "(" * 180_000 * SCALE,
    "a long title": '[a]: b "' + "c\n" * 59_800 * SCALE,
    "candidates": '<img srcset="' + "a 1x," * 60_000 * SCALE + '">',
    "letters of two bytes": "ä" * 40_000 * SCALE + "*a*" * 18_000 * SCALE,
}
CHILD = """
import os, resource, sys
from linters.article.article import Article, UnreadableError
from linters.links.extraction import extract
from tests.links.test_hostile_markdown import SHAPES
extract(Article.from_bytes("b.md", b"[a](b) ![c](d)"))
for name, text in SHAPES.items():
    if os.fork():
        assert os.wait()[1] == 0, name
        continue
    data = text.encode()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        extract(Article.from_bytes("a.md", data))
    except UnreadableError:
        pass
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before, name, flush=True)
    os._exit(0)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="ru_maxrss is in KiB on Linux only")
def test_memory() -> None:
    command = [sys.executable, "-c", CHILD]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    lines = [line.partition(" ") for line in done.stdout.splitlines()]
    grown = {name: int(size) for size, _, name in lines}
    assert set(grown) == set(SHAPES)
    assert {name: size for name, size in grown.items() if size >= MOST} == {}


def test_neighbouring_texts_are_one_event() -> None:
    events = Article("a.md", "a [ b ] *c _d\n").markdown
    assert [event.kind for event in events] == ["start", "text", "end"]
    assert events[1].value == "a [ b ] *c _d"


def test_a_hundred_thousand_links_are_listed() -> None:
    text = "[a](b.md) https://e.test/c\n" * 50_000
    assert len(extract(Article.from_bytes("a.md", text.encode())).links) == 100_000
