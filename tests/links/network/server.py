"""A server on real sockets that answers with exactly the bytes a test wants."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_network
from typing import Any

from linters.checker import NetworkOptions
from linters.links.network.network_check import NetworkCheck, NetworkResult
from linters.model.link import Outcome
from linters.model.settings import LinkSettings

LOCAL = NetworkOptions(allow_network=(ip_network("127.0.0.0/8"), ip_network("::1/128")))
FAST = LinkSettings(timeout=4.0, retries=2, max_wait=10.0, max_body=1024 * 1024)


@dataclass
class Asked:
    """One request that arrived."""

    method: str
    path: str
    headers: dict[str, str]


Script = Callable[[Asked, int, asyncio.StreamWriter], Awaitable[None]]
Answers = bytes | Sequence[bytes] | Script


def answer(
    status: str = "200 OK",
    body: bytes | str = b"",
    *headers: str,
    content_type: str | None = "text/html; charset=utf-8",
    length: int | None = None,
) -> bytes:
    """A whole answer."""
    content = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status}", *headers]
    if content_type is not None:
        lines.append(f"Content-Type: {content_type}")
    lines.append(f"Content-Length: {len(content) if length is None else length}")
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + content


def redirect(location: str, status: str = "302 Found", *headers: str) -> bytes:
    """A redirect."""
    return answer(status, b"", f"Location: {location}", *headers)


@dataclass
class Server:
    """What a test connects to; ``log`` has every request."""

    port: int = 0
    scheme: str = "http"
    host: str = "127.0.0.1"
    log: list[Asked] = field(default_factory=list)
    connections: int = 0

    def url(self, path: str, host: str | None = None) -> str:
        """The absolute URL of a path."""
        return f"{self.scheme}://{host or self.host}:{self.port}{path}"

    def asked(self, path: str) -> list[str]:
        """The methods that a path was asked with, in order."""
        return [entry.method for entry in self.log if entry.path == path]


@contextlib.asynccontextmanager
async def serving(
    answers: Mapping[str, Answers],
    *,
    context: ssl.SSLContext | None = None,
    host: str = "127.0.0.1",
) -> AsyncIterator[Server]:
    """Serve the answers by path (query included).

    Bytes are sent as they are (the content is left out for HEAD), a sequence gives one answer
    per request, the last one again and again; a function writes what it likes. What is not
    named is 404.
    """
    server = Server(scheme="https" if context else "http", host=host)
    counts: dict[str, int] = {}
    tasks: set[asyncio.Task[None]] = set()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        server.connections += 1
        with contextlib.suppress(
            OSError, asyncio.IncompleteReadError, ssl.SSLError, asyncio.CancelledError
        ):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                asked = _read(head)
                server.log.append(asked)
                known = answers.get(asked.path, answer("404 Not Found", "nothing"))
                if callable(known):
                    counts[asked.path] = counts.get(asked.path, 0) + 1
                    await known(asked, counts[asked.path], writer)
                    break
                if not isinstance(known, bytes):
                    number = counts.get(asked.path, 0)
                    if asked.method == "GET":
                        counts[asked.path] = number + 1
                    known = known[min(number, len(known) - 1)]
                if asked.method == "HEAD":
                    known = known.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
                writer.write(known)
                await writer.drain()
        writer.close()
        with contextlib.suppress(OSError, ssl.SSLError):
            await writer.wait_closed()

    started = await asyncio.start_server(handle, host, 0, ssl=context, limit=2**17)
    server.port = started.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        started.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _read(head: bytes) -> Asked:
    lines = head.decode("latin-1").split("\r\n")
    method, path, _ = lines[0].split(" ", 2)
    fields = (line.partition(":") for line in lines[1:] if line)
    return Asked(method, path, {name.lower(): value.strip() for name, _, value in fields})


async def check(
    urls: Iterable[str],
    settings: LinkSettings = FAST,
    network: NetworkOptions = LOCAL,
    **options: Any,
) -> NetworkResult:
    """The result for URLs that are offered at once."""
    network_check = NetworkCheck(settings, network, **options)
    await network_check.offer(urls)
    return await network_check.finish()


async def ask(
    server: Server,
    *paths: str,
    settings: LinkSettings = FAST,
    network: NetworkOptions = LOCAL,
    **options: Any,
) -> list[Outcome]:
    """The outcomes of paths on a server."""
    urls = [server.url(path) for path in paths]
    result = await check(urls, settings, network, **options)
    return [result.outcomes[url] for url in urls]
