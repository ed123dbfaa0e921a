"""One connection: a request out, an answer in, every byte counted.

``Wire`` is the protocol that aiohttp's connector puts on its connections. Until ``ask`` is
called it is aiohttp's own (a proxy's CONNECT is answered that way); after that it reads the
answer itself, because aiohttp's parser refuses much that every browser takes.
"""

from __future__ import annotations

import asyncio

from aiohttp.client_proto import ResponseHandler

from linters.links.network.head import (
    MAX_HEAD,
    ContradictionError,
    Head,
    HeadError,
    cannot_be_http,
    content_length,
    end_of_head,
    is_http2,
    parse_head,
)
from linters.links.network.transfer import Transfer, TransferError, transfer_of

_MAX_INTERIM = 32
_HIGH_WATER = 256 * 1024


class WireError(Exception):
    """The answer did not come as one; ``started`` says whether any byte of it came."""

    def __init__(self, reason: str, *, started: bool) -> None:
        super().__init__(reason)
        self.started = started


class ClosedError(WireError):
    """The connection ended before the answer's head did."""


class NotHttpError(WireError):
    """What came is not HTTP."""


class TooLargeError(WireError):
    """The head is larger than any honest one."""


class GarbledError(WireError):
    """The answer contradicts itself or never gets to the point."""


class Wire(ResponseHandler):
    """A connection that reads answers leniently and in bounded memory."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(loop)
        self.address: str | None = None
        self.uses = 0
        self._asking = False
        self._method = ""
        self._received = bytearray()
        self._counted = 0
        self._interim = 0
        self._head: asyncio.Future[Head] | None = None
        self._transfer: Transfer | None = None
        self._content = bytearray()
        self._reader: asyncio.Future[None] | None = None
        self._problem: BaseException | None = None
        self._ended = False
        self._reusable = False
        self._keep = False
        self._held = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        peer = transport.get_extra_info("peername")
        self.address = str(peer[0]) if isinstance(peer, tuple) else None

    @property
    def should_close(self) -> bool:
        """Whether the connection cannot carry another request."""
        if not self._asking:
            return bool(super().should_close)
        return self._ended or not self._reusable

    def ask(self, method: str, request: bytes) -> asyncio.Future[Head]:
        """Send a request; the future is the head of its final answer, or a WireError."""
        self._asking = True
        self.uses += 1
        self._method = method
        self._received.clear()
        self._content.clear()
        self._counted = self._interim = 0
        self._transfer = self._problem = None
        self._reusable = False
        self._head = self._loop.create_future()
        transport = self.transport
        if self._ended or transport is None or transport.is_closing():
            self._head.set_exception(ClosedError("the connection was closed", started=False))
        else:
            transport.write(request)
        return self._head

    async def more(self) -> bytes:
        """More of the content, transfer coding removed; empty at its end.

        TransferError when it breaks off or makes no sense.
        """
        while not self._content:
            transfer = self._transfer
            if transfer is None or transfer.done:
                return b""
            if self._problem is not None:
                raise TransferError(str(self._problem))
            if self._ended:
                if transfer.close():
                    return b""
                raise TransferError("the connection was closed in the middle of the content")
            self._resume()
            self._reader = self._loop.create_future()
            try:
                await self._reader
            finally:
                self._reader = None
        content = bytes(self._content)
        self._content.clear()
        return content

    def data_received(self, data: bytes) -> None:
        """Bytes from the server."""
        if not self._asking:
            super().data_received(data)
        elif self._head is not None and not self._head.done():
            self._take_head(data)
        elif self._transfer is not None and not self._transfer.done:
            self._take_content(data)
        else:
            self._reusable = False  # nobody asked for more

    def eof_received(self) -> None:
        """The server has no more to say."""
        if not self._asking:
            super().eof_received()

    def connection_lost(self, exc: BaseException | None) -> None:
        """The connection is gone."""
        self._ended = True
        super().connection_lost(exc)
        if self._head is not None and not self._head.done():
            said = "reset" if isinstance(exc, ConnectionError) else "closed"
            text = f"the connection was {said} before the answer came"
            if self._counted:
                text = f"the connection was {said} in the middle of the headers"
            self._head.set_exception(ClosedError(text, started=bool(self._counted)))
        if exc is not None and self._transfer is not None and not self._transfer.done:
            self._problem = exc
        self._wake()

    def _take_head(self, data: bytes) -> None:
        self._counted += len(data)
        self._received += data
        try:
            while (end := end_of_head(self._received)) >= 0:
                if self._counted - len(self._received) + end > MAX_HEAD:
                    self._fail(TooLargeError("more than 64 KiB of headers", started=True))
                    return
                head = parse_head(bytes(self._received[:end]))
                del self._received[:end]
                if not 100 <= head.status < 200 or head.status == 101:
                    self._finish_head(head)
                    return
                self._interim += 1
                if self._interim > _MAX_INTERIM:
                    self._fail(GarbledError("interim answers without end", started=True))
                    return
            if is_http2(self._received) and self._is_tls():
                self._fail(GarbledError("the server speaks only HTTP/2", started=True))
                return
            if cannot_be_http(self._received):
                raise HeadError("the answer is not HTTP")
            if self._counted > MAX_HEAD:
                self._fail(TooLargeError("more than 64 KiB of headers", started=True))
        except ContradictionError as error:
            self._fail(GarbledError(str(error), started=True))
        except HeadError as error:
            self._fail(NotHttpError(str(error), started=True))

    def _is_tls(self) -> bool:
        transport = self.transport
        return transport is not None and transport.get_extra_info("sslcontext") is not None

    def _finish_head(self, head: Head) -> None:
        assert self._head is not None
        if head.status == 101:
            raise HeadError("101 Switching Protocols, which nobody asked for")
        if self._method == "HEAD":
            content_length(head)  # contradictions count even where no content comes
            self._reusable = not self._received and _keeps_alive(head)
        else:
            self._transfer = transfer_of(head)
            self._reusable = self._transfer.done and not self._received and _keeps_alive(head)
            if not self._transfer.done:
                self._keep = _keeps_alive(head)
                rest = bytes(self._received)
                self._received.clear()
                if rest:
                    self._take_content(rest)
        self._head.set_result(head)

    def _take_content(self, data: bytes) -> None:
        assert self._transfer is not None
        try:
            self._content += self._transfer.feed(data)
        except TransferError as error:
            self._problem = error
        else:
            if self._transfer.done:
                self._reusable = self._keep and not self._transfer.rest
        if len(self._content) > _HIGH_WATER and not self._held and self.transport is not None:
            self.transport.pause_reading()
            self._held = True
        self._wake()

    def _resume(self) -> None:
        if self._held and self.transport is not None:
            self._held = False
            self.transport.resume_reading()

    def _wake(self) -> None:
        if self._reader is not None and not self._reader.done():
            self._reader.set_result(None)

    def _fail(self, error: WireError) -> None:
        assert self._head is not None
        self._head.set_exception(error)
        if self.transport is not None:
            self.transport.abort()


def _keeps_alive(head: Head) -> bool:
    connection = head.tokens("connection")
    if head.version >= (1, 1):
        return "close" not in connection
    return "keep-alive" in connection
