"""Answers that aiohttp's parser refuses and browsers take, read from their own connection.

Equal lengths twice, a length next to chunks, odd field names, thousands of fields, bare line
feeds, folded or colon-less lines: RFC 9112 lets a client refuse most of them, but readers see
the page. Such an answer is asked for once more and read here; the connection is not kept.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator

from linters.links.network.answer import FailureKind, RequestError
from linters.links.network.connector import MAX_HEAD, MAX_INTERIM, TOO_MANY_INTERIM
from linters.links.network.content_coding import ContentError
from linters.links.network.head import Head, headers_of

_MAX_LINE = 4096
_MAX_TRAILER = 64 * 1024
_MAX_CHUNKS = 20_000
_STATUS_LINE = re.compile(
    rb".{0,4}?HTTP(?:/(\d+)(?:\.(\d+))?)?[ \t]+(\d{3})(?![0-9])(.*)", re.IGNORECASE | re.DOTALL
)


class LenientReader:
    """Reads one answer from a stream."""

    def __init__(self, stream: asyncio.StreamReader) -> None:
        self._stream = stream
        self._pending = bytearray()
        self._counted = 0

    async def head(self) -> Head:
        """The head of the final answer; RequestError where there is none."""
        for _ in range(MAX_INTERIM + 1):
            head = await self._one_head()
            if head.status == 101:
                raise RequestError(FailureKind.PROTOCOL, "unexpected 101 response")
            if not 100 <= head.status < 200:
                return head
        raise RequestError(FailureKind.GARBLED, TOO_MANY_INTERIM)

    async def _one_head(self) -> Head:
        line = b""
        while not line:
            line = (await self._line_of_head(first=True)).rstrip(b"\r\n")
        status = _STATUS_LINE.fullmatch(line)
        if status is None:
            raise RequestError(FailureKind.PROTOCOL, f"not an HTTP response: {_shown(line)}")
        raw: list[tuple[bytes, bytes]] = []
        while line := (await self._line_of_head()).rstrip(b"\r\n"):
            if line[:1] in (b" ", b"\t") and raw:
                raw[-1] = (raw[-1][0], raw[-1][1] + b" " + line.strip())
                continue
            name, colon, value = line.partition(b":")
            if colon:
                raw.append((name, value))
        phrase = status[4].strip().decode("utf-8", "replace")
        return Head(int(status[3]), phrase, headers_of(raw))

    async def _line_of_head(self, *, first: bool = False) -> bytes:
        while (end := self._pending.find(b"\n")) < 0:
            if self._counted > MAX_HEAD:
                raise RequestError(FailureKind.TOO_LARGE, "more than 64 KiB of headers")
            if first:
                self._refuse_other_protocols()
            if not await self._fill():
                raise RequestError(FailureKind.RESET, "connection closed within the headers")
        if self._counted - len(self._pending) + end > MAX_HEAD:
            raise RequestError(FailureKind.TOO_LARGE, "more than 64 KiB of headers")
        line = bytes(self._pending[: end + 1])
        del self._pending[: end + 1]
        return line

    def _refuse_other_protocols(self) -> None:
        """Some protocols never send a line end, and would be waited for."""
        start = bytes(self._pending[:64]).lstrip(b"\r\n")
        if len(start) >= 9 and start[0] == 0 and start[3] == 4 and not any(start[5:9]):
            # A SETTINGS frame on stream 0 (RFC 9113 §3.4).
            raise RequestError(FailureKind.GARBLED, "the server supports HTTP/2 only")
        if len(start) >= 8 and b"HTTP" not in start[:8].upper():
            raise RequestError(FailureKind.PROTOCOL, f"not an HTTP response: {_shown(start)}")

    async def _fill(self) -> bool:
        """Read more; False at the end of the stream."""
        data = await self._stream.read(64 * 1024)
        self._pending += data
        self._counted += len(data)
        return bool(data)

    async def content(self, head: Head) -> AsyncIterator[bytes]:
        """The content, transfer coding removed; ContentError where it breaks off."""
        if head.status in (204, 304):
            return
        if "chunked" in head.tokens("transfer-encoding"):
            async for piece in self._chunks():
                yield piece
            return
        length = content_length(head)
        while length is None or length > 0:
            if not self._pending and not await self._fill():
                if length is None and not head.tokens("content-length"):
                    return
                raise ContentError("connection closed within the content")
            piece = bytes(self._pending if length is None else self._pending[:length])
            del self._pending[: len(piece)]
            length = None if length is None else length - len(piece)
            yield piece

    async def _chunks(self) -> AsyncIterator[bytes]:
        count = 0
        while size := _chunk_size(await self._line()):
            count += 1
            if count > _MAX_CHUNKS:
                raise ContentError("too many chunks")
            while size:
                if not self._pending and not await self._fill():
                    raise ContentError("connection closed within a chunk")
                piece = bytes(self._pending[:size])
                del self._pending[: len(piece)]
                size -= len(piece)
                yield piece
            if (await self._line()).strip():
                raise ContentError("a chunk is longer than its size")
        trailer = 0
        while line := (await self._line()).strip():
            trailer += len(line)
            if trailer > _MAX_TRAILER:
                raise ContentError("the trailer is too long")

    async def _line(self) -> bytes:
        while (end := self._pending.find(b"\n")) < 0:
            if len(self._pending) > _MAX_LINE:
                raise ContentError("the size line of a chunk is too long")
            if not await self._fill():
                raise ContentError("connection closed between chunks")
        line = bytes(self._pending[: end + 1])
        del self._pending[: end + 1]
        return line


def content_length(head: Head) -> int | None:
    """The length of the content; None where there is none, or none that could be meant.

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


def _shown(data: bytes) -> str:
    text = data[:40].decode("latin-1")
    return "".join(character if character.isprintable() else "\ufffd" for character in text)
