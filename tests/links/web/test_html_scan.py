"""Ids by one linear pass: what is found, and that no page costs more than its length."""

from __future__ import annotations

import asyncio
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linters.links.web import html_scan
from linters.links.web.html_scan import IdScanner, data_of, shape_of
from tests.links.network.server import Asked, answer, ask, serving

HOSTILE = {
    "nested elements": "<div>" * 50_000 + "<p id=x>",
    "attributes": "<p " + " ".join(f"a{n}=1" for n in range(80_000)) + " id=x>",
    "open tags": "<a " * 100_000,
    "open quotes": "<a '" * 100_000 + '"',
    "comments": "<!--" * 100_000,
    "declarations": "<!" * 100_000,
    "scripts": "<script>" + "</scrip" * 100_000,
    "mixed quotes": "<a b=\"'" * 100_000,
    "equals": "<a =" * 100_000,
    "references": "<a id='" + "&amp" * 100_000 + "'>",
    "spaces": "<a" + " " * 400_000,
}


class Counting:
    """A pattern that counts the characters it is given to look at."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self._pattern = pattern
        self.matched = 0

    def search(self, text: str, at: int) -> re.Match[str] | None:
        """As the pattern's; a failed search reads to the end."""
        found = self._pattern.search(text, at)
        self.matched += (len(text) if found is None else found.end()) - at
        return found


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("size", [1000, 65536])
def test_a_page_is_read_a_bounded_number_of_times(
    name: str, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = HOSTILE[name]
    counting = Counting(html_scan._TOKEN)
    monkeypatch.setattr(html_scan, "_TOKEN", counting)
    scanner = IdScanner()
    for start in range(0, len(text), size):
        scanner.feed(text[start : start + size])
    scanner.feed("", last=True)
    assert counting.matched <= 4 * len(text) + 10 * size


class Ids(HTMLParser):
    """What the standard library's parser finds."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note ids, and the names of anchors."""
        for name, value in attrs:
            if value and (name == "id" or (name == "name" and tag == "a")):
                self.found.append(value)


NAMES = st.text("abcXYZ09-_é", min_size=1, max_size=6)
TAGS = st.builds(
    lambda tag, name, value, quote: f"<{tag} class=x {name}={quote}{value}{quote}>",
    st.sampled_from(["p", "a", "h2", "DIV"]),
    st.sampled_from(["id", "name", "ID", "data-id"]),
    NAMES,
    st.sampled_from(['"', "'", ""]),
)
PARTS = st.one_of(
    TAGS,
    st.builds("<!-- {} -->".format, TAGS),
    st.builds("<script>'{}'</script>".format, TAGS),
    st.builds("<title>{}</title>".format, NAMES),
    st.builds("text {} </p>".format, NAMES),
)


@given(st.lists(PARTS, max_size=12), st.integers(1, 40))
def test_ids_are_those_of_a_parser(parts: list[str], size: int) -> None:
    text = "".join(parts)
    expected = Ids()
    expected.feed(text)
    scanner = IdScanner()
    for start in range(0, len(text), size):
        scanner.feed(text[start : start + size])
    scanner.feed("", last=True)
    assert list(scanner.ids) == list(dict.fromkeys(expected.found))


def test_the_shape_of_a_page() -> None:
    shape = shape_of(
        "<title>A &amp; B</title><meta http-equiv=Refresh content='0; URL=/x'>"
        "<script src=/cdn-cgi/challenge-platform/x.js></script><style>p {}</style>"
        "<div id=root><div>one two</div></div><h2>three</h2>"
    )
    assert (shape.title, shape.words, shape.app_words) == ("A & B", 3, 2)
    assert shape.refresh
    assert shape.challenge
    assert {"script", "h2"} <= shape.tags
    assert list(data_of('<script type="application/json">{"a": 1}</script><script>b</script>')) == [
        '{"a": 1}'
    ]


def test_hostile_pages_leave_other_links_alone() -> None:
    good = {f"/{number}": answer("200 OK", "<p id=x>") for number in range(20)}
    pages = {f"/{at}": answer("200 OK", text) for at, text in enumerate(HOSTILE.values(), 100)}

    async def talk() -> None:
        async with serving(good | pages) as server:
            found = await ask(server, *(f"{path}#x" for path in (*pages, *good)))
            assert {outcome.verdict for outcome in found[len(pages) :]} == {"ok"}

    asyncio.run(talk())


def test_tiny_chunks_without_end_are_given_up_soon() -> None:
    sent = 0

    async def tiny(asked: Asked, count: int, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        writer.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        while True:
            writer.write(b"1\r\nx\r\n" * 1000)
            await writer.drain()
            sent += 1000

    async def talk() -> None:
        async with serving({"/tiny": tiny}) as server:
            (found,) = await ask(server, "/tiny#x")
            assert (found.verdict, found.cause) == ("unknown", "reset")

    asyncio.run(talk())
    assert sent < 3 * 2_000_000  # three tries, and what the buffers of the system hold
