"""The head of an answer, bounded while it arrives."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable

MAX_HEAD = 64 * 1024
_MAX_INTERIM = 32
_BLANK_LINE = re.compile(rb"\n\r?\n")
_INTERIM = re.compile(rb"\s*HTTP/\d\.\d[ \t]+1(?!01)\d\d(?!\d)")


class HeadMeter(asyncio.Protocol):
    """Stands between a connection and aiohttp's protocol, and counts the bytes of heads.

    aiohttp parses interim responses and header fields for as long as they come: a flood of them
    would cost a whole processor, and memory, until the timeout. ``expect`` is called before a
    request; when its answer's head is too large, ``refused`` says why and the connection ends.
    ``address`` is the IP address at the other end.
    """

    def __init__(self, transport: asyncio.Transport) -> None:
        self.refused: str | None = None
        peer = transport.get_extra_info("peername")
        self.address = str(peer[0]) if isinstance(peer, tuple) else None
        self._transport = transport
        self._owner: object = None
        self._inner: asyncio.Protocol = transport.get_protocol()  # type: ignore[assignment]
        self._take: Callable[[bytes], None] = self._inner.data_received
        self._head: bytearray | None = None
        self._interim = 0
        transport.set_protocol(self)

    def expect(self, owner: object) -> None:
        """The next bytes are a head, for a request of this owner."""
        self._owner = owner
        self._head = bytearray()
        self._interim = 0

    def close(self, owner: object) -> None:
        """Close the connection, unless another request has it already: aiohttp takes it back
        as soon as an answer to HEAD has come."""
        if self._owner is owner:
            self._transport.close()

    def data_received(self, data: bytes) -> None:
        """Bytes from the server."""
        if self._head is not None:
            self._measure(data)
        if self.refused is None:
            self._take(data)

    def eof_received(self) -> bool | None:
        """The server sends no more."""
        return self._inner.eof_received()

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is closed."""
        self._inner.connection_lost(exc)

    def pause_writing(self) -> None:
        """The buffer is full."""
        self._inner.pause_writing()

    def resume_writing(self) -> None:
        """The buffer has room."""
        self._inner.resume_writing()

    def _measure(self, data: bytes) -> None:
        head = self._head
        assert head is not None
        plain = not head and data.startswith(b"HTTP/1.1 ") and data[9:10] != b"1"
        if plain and 0 < data.find(b"\r\n\r\n") < MAX_HEAD:  # nearly every answer
            self._head = None
            return
        head += data
        while (end := _BLANK_LINE.search(head)) is not None:
            if not _INTERIM.match(head):
                self._head = None
                if end.end() > MAX_HEAD:
                    self._refuse("more than 64 KiB of headers")
                return
            self._interim += 1
            if self._interim > _MAX_INTERIM:
                self._refuse("too many 1xx responses")
                return
            del head[: end.end()]
        if len(head) > MAX_HEAD:
            self._refuse("more than 64 KiB of headers")

    def _refuse(self, reason: str) -> None:
        self._head = None
        self.refused = reason
        self._transport.abort()
