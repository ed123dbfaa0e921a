"""A server that answers every request with a small page, after a latency of its own choice.

Run as a program: ``python link_server.py HOSTS LOW HIGH [CERTIFICATE KEY]``. It listens on
127.0.0.1 … 127.0.0.HOSTS at one port, prints the port, and serves until it is killed. The
latency of a path is drawn from LOW … HIGH milliseconds by the path itself, so that every
client meets the same. SIGUSR1 makes a tenth of the pages absent, and the next one brings them back.
"""

from __future__ import annotations

import asyncio
import signal
import ssl
import sys
import zlib

_BODY = b"<!doctype html><title>A page</title><p>" + b"Words. " * 150
_HEAD = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
    b"Content-Length: %d\r\nServer: benchmark\r\n\r\n" % len(_BODY)
)
_ABSENT = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nServer: benchmark\r\n\r\n"


class Pages:
    """Which pages there are."""

    complete = True

    @classmethod
    def change(cls) -> None:
        """Remove a tenth of the pages, or bring them back."""
        cls.complete = not cls.complete

    @classmethod
    def has(cls, path: bytes) -> bool:
        """Whether the page is there."""
        return cls.complete or bool(zlib.crc32(path) % 10)


class Connection(asyncio.Protocol):
    """Answers GET and HEAD, in order, on one connection."""

    def __init__(self, low: int, high: int) -> None:
        self._low, self._span = low, high - low
        self._pending = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport) or hasattr(transport, "write")
        self._transport = transport  # type: ignore[assignment]

    def data_received(self, data: bytes) -> None:
        self._pending += data
        while (end := self._pending.find(b"\r\n\r\n")) >= 0:
            head, self._pending = self._pending[:end], self._pending[end + 4 :]
            method, path, _ = head.split(b" ", 2)
            answer = _HEAD if method == b"HEAD" else _HEAD + _BODY
            if not Pages.has(path):
                answer = _ABSENT
            if not self._low and not self._span:
                self._write(answer)
                continue
            wait = self._low + zlib.crc32(path) % (self._span + 1)
            asyncio.get_running_loop().call_later(wait / 1000, self._write, answer)

    def _write(self, answer: bytes) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(answer)


async def serve(hosts: int, low: int, high: int, certificate: str, key: str) -> None:
    """Listen on every host at the first one's port."""
    context = None
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
    loop = asyncio.get_running_loop()
    if hasattr(signal, "SIGUSR1"):
        loop.add_signal_handler(signal.SIGUSR1, Pages.change)
    port = 0
    for number in range(1, hosts + 1):
        server = await loop.create_server(
            lambda: Connection(low, high), f"127.0.0.{number}", port, ssl=context, backlog=1024
        )
        port = server.sockets[0].getsockname()[1]
    print(port, flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    try:
        import uvloop

        asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
    except ImportError:
        pass
    count, shortest, longest = map(int, sys.argv[1:4])
    asyncio.run(serve(count, shortest, longest, *(sys.argv[4:6] or ["", ""])))
