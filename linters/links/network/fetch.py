"""One try at one URL: HEAD, then GET where HEAD does not settle it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable
from contextlib import aclosing

import msgspec

from linters.links.network.answer import Failure, FailureKind, RequestError, Step
from linters.links.network.client import Client
from linters.links.network.exchange import Exchange, Request
from linters.links.network.replies import Reply
from linters.links.web.bot_detection import CHALLENGE, bot_wall_of
from linters.links.web.content_coding import ContentError, Decoder, decode, decoders_for
from linters.links.web.fragments import Page, PageEnd, PageKind
from linters.links.web.head import Head, retry_after, text_of
from linters.links.web.urls import Target

_KEPT = frozenset(
    (
        *("content-type", "content-length", "content-encoding", "server", "etag", "via"),
        *("last-modified", "retry-after", "cf-mitigated", "x-amzn-waf-action"),
    )
)
_MAX_VALUE = 300
_SMALL = 16 * 1024


class LocalFetcher:
    """Sends requests from this process."""

    def __init__(self, client: Client) -> None:
        self._client = client

    @property
    def domains(self) -> int:
        """How many domains were looked up."""
        return len(self._client.resolver.domains)

    @property
    def any_name_found(self) -> bool:
        return self._client.resolver.any_found

    async def close(self) -> None:
        """Close every connection."""
        await self._client.close()

    async def fetch(self, request: Request, *, keep: Callable[[], bool]) -> Exchange:
        """As Fetcher's."""
        try:
            if request.fragments is None and request.head:
                found = await self._by_head(request, keep)
                if found is not None:
                    return found
            return await self._by_get(request, keep)
        except RequestError as error:
            failure = msgspec.structs.replace(error.failure, url=request.target.url)
            return Exchange(failure=failure, connecting=error.connecting)

    async def _by_head(self, request: Request, keep: Callable[[], bool]) -> Exchange | None:
        """The answer to HEAD where it is plain success; RequestError when no server is reached."""
        started = time.monotonic()
        try:
            reply = await self._client.ask(
                "HEAD", request.target, request.headers, request.seconds / 2, request.limit
            )
        except RequestError as error:
            if error.connecting and error.failure.kind is not FailureKind.TIMEOUT:
                raise
            return None
        status = reply.head.status
        if not (200 <= status < 300 or (request.conditional and status == 304)):
            reply.close()
            return None
        step = _step("HEAD", request.target, reply, started)
        settled = step.bot_wall is None
        reply.close(keep=not settled or keep())
        return Exchange(step=step) if settled else None

    async def _by_get(self, request: Request, keep: Callable[[], bool]) -> Exchange:
        started = time.monotonic()
        reply = await self._client.ask(
            "GET", request.target, request.headers, request.seconds, request.limit
        )
        deadline = started + request.seconds
        head, page, content, whole = reply.head, None, None, False
        body: bytes | None = None
        try:
            if request.body:
                decoders = decoders_for(head.tokens("content-encoding"))
                body, whole = await _read(reply, deadline, request.max_body, decoders)
            elif request.fragments is not None and 200 <= head.status < 300:
                page = await _read_page(reply, request, request.fragments, deadline)
            else:
                # A small one is read whole, for the connection, and because challenges are small.
                until = min(deadline, time.monotonic() + 1)
                content, whole = await _read(reply, until, _SMALL, [])
        except ContentError:
            body = None  # more codings than are undone
        finally:
            reply.close(keep=keep())
        has_content = None if content is None else bool(content)
        challenge = bool(
            content and whole and not 300 <= head.status < 400 and _is_challenge(head, content)
        )
        step = _step("GET", request.target, reply, started, has_content, challenge=challenge)
        if head.status == 400 and await self._client.wants_certificate(request.target):
            reason = "the server requires a client certificate"
            failure = Failure(FailureKind.TLS_UNDECIDED, reason, request.target.url)
            return Exchange(failure=failure)
        return Exchange(
            step=step,
            page=page,
            cookies=tuple(head.all("set-cookie")),
            wait=retry_after(head.get("retry-after")),
            body=body if whole else None,
        )


async def _read_page(
    reply: Reply, request: Request, fragments: Iterable[str], deadline: float
) -> Page:
    if reply.head.status in (204, 205):
        return Page(PageKind.OPAQUE, PageEnd.COMPLETE)
    from linters.links.web.page import PageReader

    reader = PageReader(reply.head, fragments, request.max_body)
    try:
        async with _in_time(deadline), aclosing(reply.pieces()) as pieces:
            await reader.read(pieces)
    except TimeoutError:
        reader.end = PageEnd.TIMEOUT
    return reader.page()


async def _read(
    reply: Reply, deadline: float, most: int, decoders: list[Decoder]
) -> tuple[bytes, bool]:
    """The beginning of the content, and whether that is all of it and intact."""
    content = bytearray()
    try:
        async with _in_time(deadline), aclosing(reply.pieces()) as pieces:
            async for data in pieces:
                for piece in decode(decoders, data):
                    content += piece
                    if len(content) > most:
                        return bytes(content), False
    except (ContentError, TimeoutError):
        return bytes(content), False
    return bytes(content), all(decoder.complete for decoder in decoders)


def _in_time(deadline: float) -> asyncio.Timeout:
    return asyncio.timeout(deadline - time.monotonic())


def _is_challenge(head: Head, content: bytes) -> bool:
    if not (head.get("content-type") or "").strip().lower().startswith("text/html"):
        return False
    from linters.links.web.page import shows_bot_wall

    return shows_bot_wall(head, content)


def _step(
    method: str,
    target: Target,
    reply: Reply,
    started: float,
    body: bool | None = None,
    *,
    challenge: bool = False,
) -> Step:
    head = reply.head
    return Step(
        url=target.url,
        status=head.status,
        method=method,
        phrase=text_of("", head.phrase)[:80],
        location=_location(head),
        address=reply.address,
        headers=tuple(
            [
                (lower, text_of(lower, value)[:_MAX_VALUE])
                for name, value in head.headers.items()
                if (lower := name.lower()) in _KEPT
            ]
        ),
        milliseconds=round((time.monotonic() - started) * 1000),
        body=body,
        bot_wall=bot_wall_of(head) or (CHALLENGE if challenge else None),
    )


def _location(head: Head) -> str | None:
    """The Location; None where there is none, empty where several differ (as browsers do)."""
    found = head.all("location")
    return (found[0] if len(set(found)) == 1 else "") if found else None
