"""What is asked of an archive, what never is, and what its answers mean."""

from __future__ import annotations

import asyncio
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linters.audit.archive import copy_in, find_copies, may_be_sent, question


@pytest.mark.parametrize(
    "url",
    [
        "https://user:secret@example.org/",
        "https://user@example.org/",
        "https://example.org/?token=abc",
        "https://example.org/?api_key=abc",
        "https://example.org/?X-Amz-Signature=abc",
        "https://example.org/?sig=x",
        "https://example.org/?v=0123456789abcdef0123456789abcdef",
        "ftp://example.org/file",
        "https://[broken/",
    ],
)
def test_what_may_be_secret_is_not_sent(url: str) -> None:
    assert not may_be_sent(url)


@pytest.mark.parametrize(
    "url", ["https://example.org/page?view=net-8.0&tabs=windows", "http://example.org/#part"]
)
def test_what_is_plain_is_sent(url: str) -> None:
    assert may_be_sent(url)


def test_the_question_holds_the_whole_url_without_its_fragment() -> None:
    url = "https://example.org/a?b=c&d=e#f"
    expected = (
        "http://127.0.0.1:9/wayback/available?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3Dc%26d%3De"
    )
    assert question(url, "http://127.0.0.1:9/") == expected


def _answer(**closest: object) -> bytes:
    return json.dumps({"url": "x", "archived_snapshots": {"closest": closest}}).encode()


def test_answers() -> None:
    copy = "http://web.archive.org/web/2020/http://example.org/"
    assert copy_in(_answer(available=True, url=copy, status="200")) == "https" + copy[4:]
    assert copy_in(_answer(available=False, url=copy)) is None
    assert copy_in(_answer(available=True, url="javascript:alert(1)")) is None
    assert copy_in(b'{"archived_snapshots": {}}') is None
    assert copy_in(b"[" * 100_000) is None
    assert copy_in(b"<html>") is None


@given(st.binary(max_size=200))
def test_no_answer_is_too_strange(body: bytes) -> None:
    assert copy_in(body) is None


def test_only_the_copies_that_exist_are_given() -> None:
    async def fetch(url: str) -> bytes | None:
        return _answer(available=True, url="https://web.archive.org/1") if "good" in url else None

    urls = ["https://good.test/", "https://bad.test/", "https://good.test/?token=1"]
    found = asyncio.run(find_copies(urls, fetch))
    assert found == {"https://good.test/": "https://web.archive.org/1"}
