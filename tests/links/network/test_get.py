"""Content for checkers: through guard, deadline and queues, bounded."""

from __future__ import annotations

import asyncio
import gzip

import pytest

from linters.checker import NetworkOptions
from linters.links.network.network_check import NetworkCheck
from linters.model.fetched import Fetched
from linters.model.settings import LinkSettings
from tests.links.network import scripts
from tests.links.network.server import FAST, LOCAL, Answers, answer, redirect, serving

ANSWERS: dict[str, Answers] = {
    "/data": answer("200 OK", '{"a": 1}', content_type="application/json"),
    "/moved": redirect("/data", "301 X"),
    "/packed": answer("200 OK", gzip.compress(b"x" * 50_000), "Content-Encoding: gzip"),
    "/into": redirect("http://10.0.0.1/"),
    "/loop": redirect("/loop"),
    "/hang": scripts.hang,
}


def get(path: str, *, network: NetworkOptions = LOCAL, max_body: int = 1000) -> Fetched | None:
    """What ``get`` gives for a path."""

    async def talk() -> Fetched | None:
        async with serving(ANSWERS) as server:
            check = NetworkCheck(LinkSettings(timeout=FAST.timeout), network)
            try:
                return await check.get(server.url(path), max_body)
            finally:
                await check.close()

    return asyncio.run(talk())


@pytest.mark.parametrize("path", ["/data", "/moved"])
def test_content_comes_decoded_and_redirects_are_followed(path: str) -> None:
    found = get(path)
    assert found is not None
    assert (found.status, found.body) == (200, b'{"a": 1}')
    assert found.url.endswith("/data")


def test_content_beyond_the_bound_is_left() -> None:
    small, large = get("/packed"), get("/packed", max_body=60_000)
    assert small is not None
    assert small.body == b""
    assert large is not None
    assert len(large.body) == 50_000


@pytest.mark.parametrize("path", ["/into", "/loop", "/hang"])
def test_there_may_be_none(path: str) -> None:
    assert get(path) is None


def test_the_guard_and_the_deadline_are_kept() -> None:
    assert get("/data", network=NetworkOptions()) is None
    network = NetworkOptions(allow_network=LOCAL.allow_network, deadline=0.2)
    assert get("/hang", network=network) is None
