"""Connections of aiohttp's connector, and what is known of each request on them."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from aiohttp import TCPConnector

Observer = Callable[[str, int, asyncio.BaseTransport], None]

MAX_HEAD = 64 * 1024
MAX_INTERIM = 32
_BLANK_LINE = re.compile(rb"\n\r?\n")
_INTERIM = re.compile(rb"\s*HTTP/\d\.\d[ \t]+1(?!01)\d\d(?!\d)")
TOO_LARGE = "more than 64 KiB of headers"
TOO_MANY_INTERIM = "too many 1xx responses"


@dataclass(slots=True)
class Call:
    """One request under way: its task, and what is known of its connection."""

    task: asyncio.Task[Any]
    direct: bool
    reused: bool = False
    meter: HeadMeter | None = None
    expired: bool = False

    def expire(self) -> None:
        """End the request: its time is up."""
        self.expired = True
        self.task.cancel()

    @property
    def reached(self) -> bool:
        """Whether there is a connection."""
        return self.meter is not None

    @property
    def refused(self) -> str | None:
        """Why the head of the answer was refused; None where it was not."""
        return self.meter.refused if self.meter is not None else None


CALL: ContextVar[Call] = ContextVar("CALL")
"""The request of the present task."""


class SecondConnectionError(Exception):
    """aiohttp repeats a request whose connection was closed, on a new one; that helps only
    where the first was an idle one that the server had given up."""


class Connector(TCPConnector):
    """aiohttp's connector, which notes what each request is sent on."""

    def __init__(self, observe: Observer | None, **options: Any) -> None:
        super().__init__(**options)
        self._observe = observe

    async def connect(self, *arguments: Any, **options: Any) -> Any:
        """As TCPConnector's."""
        call = CALL.get()
        if call.meter is not None and not call.reused:
            raise SecondConnectionError
        connection = await super().connect(*arguments, **options)
        transport = connection.transport
        if transport is None:
            return connection
        meter = transport.get_protocol()
        call.reused = isinstance(meter, HeadMeter)
        if not isinstance(meter, HeadMeter):
            meter = HeadMeter(transport)
            if self._observe is not None:
                self._observe(arguments[0].url.host, arguments[0].url.port, transport)
        meter.expect(call)
        call.meter = meter
        return connection


class HeadMeter(asyncio.Protocol):
    """A protocol between a connection and aiohttp's own, which counts the bytes of heads.

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
        self._owner: Call | None = None
        self._inner: asyncio.Protocol = transport.get_protocol()  # type: ignore[assignment]
        self._take: Callable[[bytes], None] = self._inner.data_received
        self._head: bytearray | None = None
        self._interim = 0
        for name in ("eof_received", "connection_lost", "pause_writing", "resume_writing"):
            setattr(self, name, getattr(self._inner, name))
        transport.set_protocol(self)

    def expect(self, owner: Call) -> None:
        """The next bytes are a head, for a request of this owner."""
        self._owner = owner
        self._head = bytearray()
        self._interim = 0

    def close(self, owner: Call) -> None:
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
                    self._refuse(TOO_LARGE)
                return
            self._interim += 1
            if self._interim > MAX_INTERIM:
                self._refuse(TOO_MANY_INTERIM)
                return
            del head[: end.end()]
        if len(head) > MAX_HEAD:
            self._refuse(TOO_LARGE)

    def _refuse(self, reason: str) -> None:
        self._head = None
        self.refused = reason
        self._transport.abort()
