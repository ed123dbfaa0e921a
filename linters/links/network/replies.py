"""An answer whose head has come, however it is read on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

from aiohttp import ClientError, ClientPayloadError, ClientResponse

from linters.links.network.connector import Call
from linters.links.web.content_coding import ContentError
from linters.links.web.head import Head

_SMALL_CHUNK = 16
_MAX_SMALL_CHUNKS = 20_000
_IN_A_ROW = 64


class Reply:
    """An answer's head, and its content on demand; ``close`` in any case."""

    def __init__(self, head: Head, address: str | None) -> None:
        self.head = head
        self.address = address

    def pieces(self) -> AsyncGenerator[bytes, None]:
        """The content as it comes, transfer coding removed; ContentError when it breaks."""
        raise NotImplementedError

    def close(self, *, keep: bool = True) -> None:
        """Give the connection back for another request, or close it."""
        raise NotImplementedError


class ClientReply(Reply):
    def __init__(self, head: Head, call: Call, response: ClientResponse) -> None:
        super().__init__(head, call.meter.address if call.direct and call.meter else None)
        self._response = response
        self._call = call

    async def pieces(self) -> AsyncGenerator[bytes, None]:
        small = 0
        try:
            async for piece, _ in self._response.content.iter_chunks():
                if len(piece) <= _SMALL_CHUNK:
                    small += 1
                    if small > _MAX_SMALL_CHUNKS:  # each costs as much as a large one
                        raise ContentError("too many small chunks")
                    if small % _IN_A_ROW == 0:  # other links go on meanwhile
                        await asyncio.sleep(0)
                yield piece
        except ClientPayloadError as error:
            raise ContentError("the content ended early") from error
        except ClientError as error:
            raise ContentError(str(error) or type(error).__name__) from error

    def close(self, *, keep: bool = True) -> None:
        response, meter = self._response, self._call.meter
        if not keep or not response.content.at_eof():
            response.close()
            if meter is not None:
                meter.close(self._call)
        elif response.connection is not None:
            response.release()
