"""An article is read once: its text, its places, and what is not an article at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linters.article.article import MAX_BYTES, Article, UnreadableError, read_bytes

TEXTS = st.text(st.sampled_from("ab#[]()`-é\u2028\U0001f600 \r\n"), max_size=60)


@given(TEXTS, st.booleans())
def test_the_text_is_what_the_file_holds(text: str, bom: bool) -> None:
    data = (b"\xef\xbb\xbf" if bom else b"") + text.encode()
    article = Article.from_bytes("a.md", data)
    if text.startswith("\ufeff"):
        return
    assert (article.text, article.bom) == (text, bom)


@given(TEXTS)
def test_markdown_events_lie_within_the_published_text(text: str) -> None:
    article = Article("a.md", text)
    size = len(article.published.text)
    assert all(0 <= event.start <= event.end <= size for event in article.markdown)


@given(TEXTS)
def test_text_events_say_what_stands_at_their_place(text: str) -> None:
    article = Article("a.md", text)
    for event in article.markdown:
        if event.kind == "text" and "\r" not in text and event.value:
            assert article.published.text[event.start : event.end].endswith(event.value[-1])


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("# T\n".encode("utf-16"), "UTF-16"),
        ("# T\n".encode("utf-16-be"), "NUL"),
        ("ok\nÆ\n".encode("latin-1"), "byte 0xc6 in line 2"),
        (b"a\n\0", "NUL character in line 2"),
        (b"[" * 1_000_001, "more than 300,000"),
        (b"[](a)" * 100_001, "more than 100,000 links"),
        (b"https://a.b " * 100_001, "more than 100,000 URLs"),
        (b'<img srcset="' + b"a 1x," * 100_001, "more than 100,000 images in srcset"),
        (b"\n# a" * 100_001, "more than 100,000 headings"),
        (b"- a\n" * 200_001, "more than 200,000 lines"),
        (b"- a\r\n" * 100_001 + b"- a\r" * 99_999, "more than 300,000 line ends"),
        (b"<a@b.c>" * 100_001, "more than 100,000 autolinks"),
        (b"<a:b>\n" * 100_001, "more than 300,000"),
    ],
)
def test_what_is_no_article(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        Article.from_bytes("a.md", data)


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    with file.open("wb") as stream:
        stream.truncate(MAX_BYTES)
    assert len(read_bytes(file)) == MAX_BYTES
    with file.open("ab") as stream:
        stream.write(b"x")
    with pytest.raises(UnreadableError, match="16 MiB"):
        read_bytes(file)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFOs on this system")
def test_a_fifo_is_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")
    with pytest.raises(UnreadableError, match="not a regular file"):
        read_bytes(tmp_path / "a.md")


def test_a_folder_is_no_article(tmp_path: Path) -> None:
    (tmp_path / "a.md").mkdir()
    with pytest.raises(UnreadableError):
        read_bytes(tmp_path / "a.md")
