"""A run as a whole: interrupts, deadlines, what is asked and how often, what goes along."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import sys
import threading
import time
from collections import Counter
from importlib import import_module
from pathlib import Path

import pytest

from linters.checker import NetworkOptions
from linters.links.network.exchange import Memory
from linters.model.link import Verdict
from linters.model.settings import HostOverrides, LinkSettings
from tests.links.network import scripts
from tests.links.network.server import (
    FAST,
    LOCAL,
    Asked,
    Server,
    answer,
    ask,
    check,
    redirect,
    serving,
)

A_HANG = 60.0
"""Seconds: far below what a run takes that waits as servers ask."""


@pytest.mark.skipif(sys.platform == "win32", reason="no kill with a signal")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_gives_what_is_known(number: int) -> None:
    import_module("linters.links.network.engine")  # its time is not the server's

    async def talk() -> None:
        async with serving({"/page": answer(), "/hang": scripts.hang}) as server:
            urls = [server.url(path) for path in ("/page", "/hang", "/hang#x")]
            asyncio.get_running_loop().call_later(0.3, os.kill, os.getpid(), number)
            result = await check(urls, LinkSettings(), LOCAL)
            assert result.interrupted
            found = [result.outcomes[url] for url in urls]
            assert [link.verdict for link in found] == ["ok", "unknown", "unknown"]
            assert [link.cause for link in found] == [None, "interrupted", "interrupted"]

    before = signal.getsignal(number)
    asyncio.run(talk())
    assert signal.getsignal(number) == before


def test_a_deadline_ends_the_run() -> None:
    async def talk() -> None:
        async with serving({"/page": answer(), "/hang": scripts.hang}) as server:
            network = NetworkOptions(allow_network=LOCAL.allow_network, deadline=4.0)
            found = await ask(server, "/page", "/hang", settings=LinkSettings(), network=network)
            assert [link.cause for link in found] == [None, "timeout"]
            assert found[1].reason == "no response before --deadline"

    asyncio.run(talk())


def test_a_deadline_counts_from_the_start_of_the_run() -> None:
    async def talk() -> None:
        async with serving({"/hang": scripts.hang}) as server:
            started = time.monotonic() - 60
            network = NetworkOptions(
                allow_network=LOCAL.allow_network, deadline=60.2, started=started
            )
            found = await ask(server, "/hang", settings=LinkSettings(), network=network)
            assert [link.reason for link in found] == ["no response before --deadline"]

    asyncio.run(talk())


def test_a_url_answered_for_one_root_is_not_asked_for_the_next() -> None:
    async def talk() -> None:
        pages = {"/page": answer("200 OK", scripts.PAGE), "/gone": answer("410 X")}
        async with serving(pages) as server:
            memory: Memory = {}
            first = await ask(server, "/page#setup", "/gone", memory=memory)
            count = len(server.log)
            assert await ask(server, "/page#setup", "/gone", memory=memory) == first
            assert len(server.log) == count

    asyncio.run(talk())


def test_head_then_get_and_get_at_once_for_fragments() -> None:
    async def talk() -> None:
        answers = {"/page": answer("200 OK", scripts.PAGE), "/other": answer("200 OK", "x")}
        async with serving(answers) as server:
            await ask(server, "/page#setup", "/page", "/page#old", "/other", "/missing")
            assert server.asked("/page") == ["GET"]
            assert server.asked("/other") == ["HEAD"]
            assert server.asked("/missing") == ["HEAD", "GET"]

    asyncio.run(talk())


def test_each_hop_is_asked_once() -> None:
    async def talk() -> None:
        answers = {f"/{n}": redirect("/to", "301 X") for n in range(9)} | {"/to": answer()}
        async with serving(answers) as server:
            found = await ask(server, *(f"/{n}" for n in range(9)), "/to")
            assert Counter(link.verdict for link in found) == {"redirected": 9, "ok": 1}
            assert server.asked("/to") == ["HEAD"]

    asyncio.run(talk())


def test_the_bytes_of_a_url_go_as_they_are_written() -> None:
    paths = ["/a%2Fb%2f%7e~", "/?q=%20+%2B&x=é", "/å", "/x?y='|{}", "/a//b", "/%"]
    # A single quote in a query is escaped, as browsers do (URL Standard).
    asked = ["/a%2Fb%2f%7e~", "/?q=%20+%2B&x=%C3%A9", "/%C3%A5", "/x?y=%27|{}", "/a//b", "/%"]

    async def talk() -> None:
        async with serving({path: answer() for path in asked}) as server:
            found = await ask(server, *paths)
            assert {link.verdict for link in found} == {"ok"}

    asyncio.run(talk())


async def _two_servers() -> tuple[list[Asked], list[Asked], str | None]:
    async with serving({"/there": answer()}, host="localhost") as other:
        first = {
            "/here": redirect(other.url("/there", "127.0.0.1"), "302 X", "Set-Cookie: a=b; Path=/"),
            "/self": redirect("/here"),
        }
        async with serving(first) as server:
            settings = LinkSettings(
                retries=0,
                hosts={"127.0.0.1": HostOverrides(headers={"X-Key": "${KEY}", "X-Plain": "yes"})},
            )
            network = NetworkOptions(
                allow_network=LOCAL.allow_network, allow_env=frozenset({"KEY"})
            )
            url = server.url("/self").replace("//", "//user:secret@")
            result = await check([url], settings, network)
            return server.log, other.log, result.outcomes[url].final_url


def test_secrets_stay_with_their_origin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEY", "hidden")
    first, second, final = asyncio.run(_two_servers())
    for asked in first:
        assert asked.headers["authorization"] == "Basic dXNlcjpzZWNyZXQ="
        assert asked.headers["x-plain"] == "yes"
        assert "x-key" not in asked.headers  # not over https on port 443
    assert second
    for asked in second:
        assert not {"authorization", "x-key", "x-plain", "cookie"} & set(asked.headers)
    assert "secret" not in (final or "")


def test_a_variable_that_is_not_allowed_keeps_the_header_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("KEY", "hidden")

    async def talk() -> list[Asked]:
        async with serving({"/page": answer()}) as server:
            hosts = {"127.0.0.1": HostOverrides(headers={"X-Key": "${KEY}"})}
            await ask(server, "/page", settings=LinkSettings(hosts=hosts))
            return server.log

    assert all("x-key" not in asked.headers for asked in asyncio.run(talk()))


def test_answers_are_remembered(tmp_path: Path) -> None:
    async def talk() -> None:
        answers = {"/page": answer("200 OK", scripts.PAGE, 'ETag: "1"'), "/gone": answer("410 X")}
        async with serving(answers) as server:
            network = NetworkOptions(allow_network=LOCAL.allow_network, cache_dir=tmp_path)
            paths = ("/page#setup", "/gone")
            first = await ask(server, *paths, settings=FAST, network=network)
            count = len(server.log)
            assert await ask(server, *paths, settings=FAST, network=network) == first
            assert len(server.log) == count
            closed = await ask(server, *paths, network=NetworkOptions(cache_dir=tmp_path))
            assert [link.verdict for link in closed] == ["blocked", "blocked"]

    asyncio.run(talk())


def test_a_slow_path_does_not_delay_its_host() -> None:
    async def talk() -> None:
        answers = {f"/{n}": answer() for n in range(40)} | {
            f"/hang{n}": scripts.hang for n in range(6)
        }
        async with serving(answers) as server:
            begun = time.monotonic()
            paths = [*(f"/hang{n}" for n in range(6)), *(f"/{n}" for n in range(40))]
            settings = LinkSettings(timeout=5.0, retries=0, host_concurrency=16)
            found = await ask(server, *paths, settings=settings)
            assert Counter(link.verdict for link in found) == {"ok": 40, "unknown": 6}
            assert time.monotonic() - begun < A_HANG

    asyncio.run(talk())


def test_a_long_retry_after_does_not_delay_the_run() -> None:
    async def talk() -> None:
        busy = answer("429 X", "", "Retry-After: 3600")
        answers = {f"/busy{n}": busy for n in range(50)} | {"/page": answer()}
        async with serving(answers) as server:
            begun = time.monotonic()
            found = await ask(server, *(f"/busy{n}" for n in range(50)), settings=LinkSettings())
            assert {link.cause for link in found} == {"rate-limited"}
            assert len(server.log) < 60
            assert time.monotonic() - begun < A_HANG

    asyncio.run(talk())


def test_intervals_are_kept() -> None:
    async def talk() -> Server:
        async with serving({f"/{n}": answer() for n in range(5)}) as server:
            begun = time.monotonic()
            await ask(server, *(f"/{n}" for n in range(5)), settings=LinkSettings(interval=0.1))
            assert time.monotonic() - begun >= 0.4
            return server

    asyncio.run(talk())


def test_a_server_with_one_connection_at_a_time_is_not_waited_for() -> None:
    def serve(listening: socket.socket) -> None:
        for _ in range(20):
            try:
                connection = listening.accept()[0]
            except OSError:  # the test is over
                return
            with connection, contextlib.suppress(OSError):
                while connection.recv(65536):
                    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=serve, args=(listening,), daemon=True).start()
        urls = [f"http://127.0.0.1:{listening.getsockname()[1]}/{n}" for n in range(12)]
        begun = time.monotonic()
        result = asyncio.run(check(urls, LinkSettings(), LOCAL))
        assert time.monotonic() - begun < A_HANG
        assert {outcome.verdict for outcome in result.outcomes.values()} == {Verdict.OK}
