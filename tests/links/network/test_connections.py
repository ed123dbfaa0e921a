"""Connections: reused with care, through proxies where the environment says so."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from linters.checker import NetworkOptions
from linters.links.network.network_check import NetworkCheck
from linters.links.network.proxies import proxies_from
from linters.model.settings import LinkSettings
from tests.links.network.authority import authority, leaf, server_context
from tests.links.network.server import LOCAL, Asked, answer, ask, check, serving


def test_content_that_comes_with_an_answer_to_head_spoils_nothing() -> None:
    async def wrong(asked: Asked, count: int, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n")
        await writer.drain()
        await asyncio.sleep(0.01)
        writer.write(b"unwanted!")
        await writer.drain()
        await asyncio.sleep(0.05)

    async def talk() -> None:
        answers = {f"/wrong{n}": wrong for n in range(20)} | {f"/{n}": answer() for n in range(20)}
        async with serving(answers) as server:
            paths = [path for n in range(20) for path in (f"/wrong{n}", f"/{n}")]
            found = await ask(server, *paths, settings=LinkSettings(host_concurrency=1))
            assert {outcome.verdict for outcome in found} == {"ok"}

    asyncio.run(talk())


@pytest.mark.parametrize("limit", [1, 8])
def test_many_links_of_one_host_share_its_connections(limit: int) -> None:
    async def talk() -> None:
        paths = [f"/{n}" for n in range(1000)]
        async with serving(dict.fromkeys(paths, answer())) as server:
            found = await ask(server, *paths, settings=LinkSettings(host_concurrency=limit))
            assert {outcome.verdict for outcome in found} == {"ok"}
            assert len(server.log) == len(paths)
            assert server.connections <= limit

    asyncio.run(talk())


def test_links_that_come_one_by_one_share_a_connection() -> None:
    async def talk() -> None:
        paths = [f"/{n}" for n in range(50)]
        async with serving(dict.fromkeys(paths, answer())) as server:
            settled = asyncio.Queue[int]()

            def progress(done: int, total: int, verdict: str | None = None) -> None:
                settled.put_nowait(done)

            checking = NetworkCheck(LinkSettings(), LOCAL, progress=progress)
            for number, path in enumerate(paths, 1):
                await checking.offer([server.url(path)])
                while await settled.get() < number:
                    pass
            result = await checking.finish()
            assert {outcome.verdict for outcome in result.outcomes.values()} == {"ok"}
            assert server.connections == 1

    asyncio.run(talk())


@contextlib.asynccontextmanager
async def _proxy(log: list[str]) -> AsyncIterator[int]:
    """A proxy that answers http itself and makes tunnels to the port that is asked for."""

    async def pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
        writer.close()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = (await reader.readuntil(b"\r\n\r\n")).split(b"\r\n")[0].decode()
        log.append(line)
        method, target, _ = line.split(" ")
        if method != "CONNECT":
            writer.write(answer("200 OK", "" if method == "HEAD" else "x", "Connection: close"))
            writer.close()
            return
        inner, outer = await asyncio.open_connection("127.0.0.1", int(target.rpartition(":")[2]))
        writer.write(b"HTTP/1.1 200 Established\r\n\r\n")
        await asyncio.gather(pipe(reader, outer), pipe(inner, writer))

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


def test_proxies_of_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    root = authority("Root")
    file = tmp_path / "root.pem"
    file.write_bytes(root.pem)
    context = server_context(leaf(root, "secure.test"))
    log: list[str] = []

    async def talk() -> None:
        async with _proxy(log) as port, serving({"/": answer()}, context=context) as server:
            monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{port}")
            monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{port}")
            urls = ["http://plain.test/a", server.url("/", "secure.test"), "http://10.0.0.1/"]
            settings = LinkSettings(timeout=30.0, retries=0, ca_files=(str(file),))
            result = await check(urls, settings, NetworkOptions())
            verdicts = [result.outcomes[url].verdict for url in urls]
            assert verdicts == ["ok", "ok", "blocked"], result.outcomes

    asyncio.run(talk())
    assert "HEAD http://plain.test/a HTTP/1.1" in log
    assert any(line.startswith("CONNECT secure.test:") for line in log)
    assert not any("10.0.0.1" in line for line in log)


def test_who_is_asked_directly() -> None:
    proxy = proxies_from(
        {"http": "proxy.test:80", "no": "direct.test,.inner.test,10.0.0.0/8,port.test:81"}
    )
    assert proxy("http", "other.test", 80) == "http://proxy.test:80"
    assert proxy("https", "other.test", 443) is None
    for host, port in (
        ("direct.test", 80),
        ("sub.direct.test", 80),
        ("a.inner.test", 80),
        ("10.1.1.1", 80),
        ("port.test", 81),
    ):
        assert proxy("http", host, port) is None
    assert proxy("http", "port.test", 80) is not None
    assert proxies_from({"http": "p:1", "no": "*"})("http", "a.test", 80) is None


def test_ipv6() -> None:
    async def talk() -> None:
        async with serving({"/": answer()}, host="::1") as server:
            url = f"http://[::1]:{server.port}/"
            result = await check([url], LinkSettings(timeout=30.0, retries=0), LOCAL)
            assert result.outcomes[url].verdict == "ok"

    asyncio.run(talk())
