"""One try at one URL: HEAD, then GET where HEAD does not settle it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

import msgspec

from linters.links.network.answer import Failure, FailureKind, Page, PageEnd, PageKind, Step
from linters.links.network.bot_detection import CHALLENGE, bot_wall_of
from linters.links.network.client import Client, Headers, RequestError
from linters.links.network.content_coding import ContentError, decode, decoders_for
from linters.links.network.head import Head
from linters.links.network.http_dates import retry_after
from linters.links.network.replies import Reply
from linters.links.network.urls import Target

_KEPT = (
    "content-type",
    "content-length",
    "content-encoding",
    "server",
    "etag",
    "last-modified",
    "retry-after",
    "cf-mitigated",
    "x-amzn-waf-action",
    "via",
)
_MAX_VALUE = 300
_SMALL = 16 * 1024
_TRANSIENT_STATUS = frozenset({408, 425, 429})
_TRANSIENT = frozenset(
    {
        FailureKind.TIMEOUT,
        FailureKind.RESET,
        FailureKind.REFUSED,
        FailureKind.UNREACHABLE,
        FailureKind.NAME_FAILED,
        FailureKind.GARBLED,
    }
)


class Exchange(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What one URL answered: a step (with a page where one was asked for) or a failure.

    ``wait`` is the Retry-After in seconds; ``connecting`` says that the server was not reached;
    ``body`` is the decoded content, where the request wants it.
    """

    step: Step | None = None
    failure: Failure | None = None
    page: Page | None = None
    cookies: tuple[str, ...] = ()
    wait: float | None = None
    connecting: bool = False
    tries: int = 1
    body: bytes | None = None

    @property
    def transient(self) -> bool:
        """Whether another try may give another answer."""
        if self.failure is not None:
            return self.failure.kind in _TRANSIENT
        assert self.step is not None
        status, bot_wall = self.step.status, self.step.bot_wall
        failing = status in _TRANSIENT_STATUS or 500 <= status < 600
        if failing and bot_wall in (None, CHALLENGE):
            return True
        return self.page is not None and self.page.end in (PageEnd.BROKEN_OFF, PageEnd.TIMEOUT)

    @property
    def clean(self) -> bool:
        """Whether the host answered without any sign of overload."""
        return self.step is not None and self.step.status not in (429, 503)


@dataclass(frozen=True, slots=True)
class Request:
    """What to ask: ``fragments`` are what the page is read for (None: the page is not needed),
    ``head`` says whether HEAD is worth a try, ``limit`` which setting ``seconds`` come from,
    ``body`` whether the content itself is wanted."""

    target: Target
    headers: Headers
    fragments: tuple[str, ...] | None
    max_body: int
    seconds: float
    limit: str
    head: bool = True
    conditional: bool = False
    body: bool = False


class Fetcher(Protocol):
    """Sends one request at a time; another one may do so on other machines.

    ``domains`` counts the domains that were looked up, ``any_name_found`` says whether a name
    server knew any of them. Requests and exchanges can be pickled.
    """

    @property
    def domains(self) -> int:
        """How many domains were looked up."""

    @property
    def any_name_found(self) -> bool:
        """Whether any name was found."""

    def fetch(self, request: Request, *, keep: Callable[[], bool]) -> Awaitable[Exchange]:
        """As the function ``fetch``."""

    async def close(self) -> None:
        """Close every connection."""


class LocalFetcher:
    """Sends requests from this process."""

    def __init__(self, client: Client) -> None:
        self._client = client

    @property
    def domains(self) -> int:
        """How many domains were looked up."""
        return self._client.resolver.domains

    @property
    def any_name_found(self) -> bool:
        """Whether any name was found."""
        return self._client.resolver.any_found

    def fetch(self, request: Request, *, keep: Callable[[], bool]) -> Awaitable[Exchange]:
        """As the function ``fetch``."""
        return fetch(self._client, request, keep=keep)

    async def close(self) -> None:
        """Close every connection."""
        await self._client.close()


def _always() -> bool:
    return True


async def fetch(
    client: Client, request: Request, *, keep: Callable[[], bool] = _always
) -> Exchange:
    """Ask once; never raises for what servers do.

    ``keep`` says, once the answer is there, whether the connection is worth keeping for another
    request: a server with one connection at a time answers no other client until then.
    """
    try:
        if request.fragments is None and request.head:
            found = await _by_head(client, request, keep)
            if found is not None:
                return found
        return await _by_get(client, request, keep)
    except RequestError as error:
        failure = Failure(error.kind, error.reason, request.target.url)
        return Exchange(failure=failure, connecting=error.connecting)


async def _by_head(client: Client, request: Request, keep: Callable[[], bool]) -> Exchange | None:
    """The answer to HEAD where it is plain success; RequestError when no server is reached."""
    started = time.monotonic()
    try:
        reply = await client.ask(
            "HEAD", request.target, request.headers, request.seconds / 2, request.limit
        )
    except RequestError as error:
        if error.connecting and error.kind is not FailureKind.TIMEOUT:
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


async def _by_get(client: Client, request: Request, keep: Callable[[], bool]) -> Exchange:
    started = time.monotonic()
    reply = await client.ask("GET", request.target, request.headers, request.seconds, request.limit)
    deadline = started + request.seconds
    head, page, content, whole = reply.head, None, None, False
    body: bytes | None = None
    try:
        if request.body:
            body = await _read_body(reply, request.max_body, deadline)
        elif request.fragments is not None and 200 <= head.status < 300:
            page = await _read_page(reply, request, request.fragments, deadline)
        else:
            content, whole = await _glance(reply, deadline)
    finally:
        reply.close(keep=keep())
    has_content = None if content is None else bool(content)
    challenge = bool(
        content and whole and not 300 <= head.status < 400 and _is_challenge(head, content)
    )
    step = _step("GET", request.target, reply, started, has_content, challenge=challenge)
    if head.status == 400 and await client.wants_certificate(request.target):
        reason = "the server requires a client certificate"
        failure = Failure(FailureKind.TLS_UNDECIDED, reason, request.target.url)
        return Exchange(failure=failure)
    return Exchange(
        step=step,
        page=page,
        cookies=tuple(head.all("set-cookie")),
        wait=retry_after(head.get("retry-after")),
        body=body,
    )


async def _read_body(reply: Reply, max_body: int, deadline: float) -> bytes | None:
    """The decoded content; None where it is larger, breaks off, or cannot be decoded."""
    content = bytearray()
    pieces = _in_time(reply, deadline)
    try:
        decoders = decoders_for(reply.head.tokens("content-encoding"))
        async for data in pieces:
            for piece in decode(decoders, data):
                content += piece
                if len(content) > max_body:
                    return None
    except (ContentError, TimeoutError):
        return None
    finally:
        await pieces.aclose()
    return bytes(content) if all(decoder.complete for decoder in decoders) else None


async def _read_page(
    reply: Reply, request: Request, fragments: Iterable[str], deadline: float
) -> Page:
    if reply.head.status in (204, 205):
        return Page(PageKind.OPAQUE, PageEnd.COMPLETE)
    from linters.links.network.page import read_page

    pieces = _in_time(reply, deadline)
    try:
        return await read_page(reply.head, pieces, fragments, request.max_body)
    finally:
        await pieces.aclose()


async def _in_time(reply: Reply, deadline: float) -> AsyncGenerator[bytes, None]:
    """The pieces that come before the deadline, then TimeoutError."""
    pieces = reply.pieces()
    while True:
        async with asyncio.timeout(deadline - time.monotonic()):
            try:
                piece = await anext(pieces)
            except StopAsyncIteration:
                return
        yield piece


async def _glance(reply: Reply, deadline: float) -> tuple[bytes, bool]:
    """The beginning of the content, and whether that is all of it: a small one is read to its
    end, for the connection, and because bot detection is small."""
    content = bytearray()
    try:
        async for piece in _in_time(reply, min(deadline, time.monotonic() + 1)):
            content += piece
            if len(content) > _SMALL:
                return bytes(content), False
    except (ContentError, TimeoutError):
        return bytes(content), False
    return bytes(content), True


def _is_challenge(head: Head, content: bytes) -> bool:
    if not (head.get("content-type") or "").strip().lower().startswith("text/html"):
        return False
    from linters.links.network.page import shows_bot_wall

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
        phrase=head.phrase[:80],
        location=_location(head),
        address=reply.address,
        headers=tuple((name, value[:_MAX_VALUE]) for name, value in head.headers if name in _KEPT),
        milliseconds=round((time.monotonic() - started) * 1000),
        body=body,
        bot_wall=bot_wall_of(head) or (CHALLENGE if challenge else None),
    )


def _location(head: Head) -> str | None:
    """The Location; None where there is none, empty where several differ (as browsers do)."""
    found = set(head.all("location"))
    if len(found) > 1:
        return ""
    return next(iter(found), None)
