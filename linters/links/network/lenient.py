"""Answers that aiohttp's parser refuses and browsers take, read from their own connection.

Equal lengths twice, a length next to chunks, odd field names, thousands of fields, bare line
feeds, folded or colon-less lines: RFC 9112 lets a client refuse most of them, but readers see
the page. Such an answer is asked for once more and read here; the connection is not kept.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import AsyncGenerator

from linters.links.network.answer import FailureKind, RequestError
from linters.links.network.connector import MAX_HEAD, MAX_INTERIM, TOO_LARGE, TOO_MANY_INTERIM
from linters.links.network.replies import Reply
from linters.links.web.content_coding import ContentError
from linters.links.web.head import Head, headers_of

_START = 9  # bytes that show another protocol
_REST = 0.05  # seconds for the rest of what another protocol says
_MAX_SHOWN = 40
_PIECE = 64 * 1024
_MAX_CHUNKS = 20_000
_STATUS_LINE = re.compile(
    rb".{0,4}?HTTP(?:/(\d+)(?:\.(\d+))?)?[ \t]+(\d{3})(?![0-9])(.*)", re.IGNORECASE | re.DOTALL
)


class LenientReply(Reply):
    """One answer, read from a stream with a limit of 64 KiB; ``read_head`` comes first."""

    def __init__(self, stream: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        super().__init__(Head(0, "", headers_of([])), str(writer.get_extra_info("peername")[0]))
        self._stream = stream
        self._writer = writer
        self._counted = 0

    async def read_head(self) -> None:
        """Read the head of the final answer; RequestError where there is none."""
        for _ in range(MAX_INTERIM + 1):
            head = await self._one_head()
            if head.status == 101:
                raise RequestError(FailureKind.PROTOCOL, "unexpected 101 response")
            if not 100 <= head.status < 200:
                content_length(head)
                self.head = head
                return
        raise RequestError(FailureKind.GARBLED, TOO_MANY_INTERIM)

    async def _one_head(self) -> Head:
        line = b""
        while not line:
            line = await self._line_of_head(first=True)
        status = _STATUS_LINE.fullmatch(line)
        if status is None:
            raise _not_http(line)
        raw: list[tuple[bytes, bytes]] = []
        while line := await self._line_of_head():
            name, colon, value = line.partition(b":")
            if line[:1] in (b" ", b"\t") and raw:
                raw[-1] = (raw[-1][0], raw[-1][1] + b" " + line.strip())
            elif colon:
                raw.append((name, value))
        phrase = status[4].strip().decode("utf-8", "replace")
        return Head(int(status[3]), phrase, headers_of(raw))

    async def _line_of_head(self, *, first: bool = False) -> bytes:
        line = b""
        try:
            while first and len(line) < _START and not line.endswith(b"\n"):
                line += await self._stream.readexactly(1)
            if len(line) == _START:
                await self._refuse_other_protocols(line)
            if not line.endswith(b"\n"):
                line += await self._stream.readuntil(b"\n")
        except asyncio.IncompleteReadError as error:
            reason = "connection closed within the headers"
            raise RequestError(FailureKind.RESET, reason) from error
        except asyncio.LimitOverrunError:
            self._counted = MAX_HEAD
        self._counted += len(line)
        if self._counted > MAX_HEAD or not line:
            raise RequestError(FailureKind.TOO_LARGE, TOO_LARGE)
        return line.rstrip(b"\r\n")

    async def _refuse_other_protocols(self, start: bytes) -> None:
        """Some protocols never send a line end, and would be waited for."""
        if start[0] == 0 and start[3] == 4 and not any(start[5:9]):
            # A SETTINGS frame on stream 0 (RFC 9113 §3.4).
            raise RequestError(FailureKind.GARBLED, "the server supports HTTP/2 only")
        if b"HTTP" not in start[:8].upper():
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_REST):
                    start += await self._stream.read(_MAX_SHOWN)
            raise _not_http(start)

    async def pieces(self) -> AsyncGenerator[bytes, None]:
        try:
            async for piece in self._content():
                yield piece
        except OSError as error:
            raise ContentError("connection reset within the content") from error

    def close(self, *, keep: bool = True) -> None:
        self._writer.transport.abort()

    async def _content(self) -> AsyncGenerator[bytes, None]:
        length = content_length(self.head)
        if self.head.status in (204, 304):
            return
        if "chunked" in self.head.tokens("transfer-encoding"):
            pieces = self._chunks()
        else:
            pieces = self._exactly(length, "the content")
        async for piece in pieces:
            yield piece

    async def _exactly(self, size: int | None, part: str) -> AsyncGenerator[bytes, None]:
        """So many bytes, or all until the connection is closed."""
        while size != 0:
            piece = await self._stream.read(_PIECE if size is None else min(size, _PIECE))
            if not piece and (size is not None or self.head.tokens("content-length")):
                raise ContentError(f"connection closed within {part}")
            if not piece:
                return
            size = None if size is None else size - len(piece)
            yield piece

    async def _chunks(self) -> AsyncGenerator[bytes, None]:
        count = 0
        while size := _chunk_size(await self._line()):
            count += 1
            if count > _MAX_CHUNKS:
                raise ContentError("too many chunks")
            async for piece in self._exactly(size, "a chunk"):
                yield piece
            if await self._line():
                raise ContentError("a chunk is longer than its size")
        trailer = 0
        while line := await self._line():
            trailer += len(line)
            if trailer > MAX_HEAD:
                raise ContentError("the trailer is too long")

    async def _line(self) -> bytes:
        try:
            line = await self._stream.readuntil(b"\n")
        except asyncio.IncompleteReadError as error:
            raise ContentError("connection closed between chunks") from error
        except asyncio.LimitOverrunError as error:
            raise ContentError("the size line of a chunk is too long") from error
        return line.strip()


def content_length(head: Head) -> int | None:
    """The length of the content in bytes; None where there is none, or none that could be meant.

    RequestError when several differ (RFC 9112 §6.3: the answer must be rejected).
    """
    values = set(head.tokens("content-length"))
    numbers = {int(value[:18]) for value in values if value.isascii() and value.isdigit()}
    if len(numbers) > 1:
        raise RequestError(FailureKind.GARBLED, "several different Content-Length headers")
    return numbers.pop() if len(values) == 1 and numbers else None


def _chunk_size(line: bytes) -> int:
    digits = line.partition(b";")[0].strip()
    if not re.fullmatch(rb"[0-9A-Fa-f]{1,16}", digits):
        raise ContentError("a chunk has no size")
    return int(digits, 16)


def _not_http(data: bytes) -> RequestError:
    text = data.partition(b"\n")[0].rstrip(b"\r")[:_MAX_SHOWN].decode("latin-1")
    shown = "".join(character if character.isprintable() else "\ufffd" for character in text)
    return RequestError(FailureKind.PROTOCOL, f"not an HTTP response: {shown}")
