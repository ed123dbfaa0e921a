"""One request and what came of it: the values, who sends it, and what this run remembers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol

import msgspec
from multidict import CIMultiDict

from linters.links.network.answer import Failure, FailureKind, Step
from linters.links.web.bot_detection import CHALLENGE
from linters.links.web.fragments import Page, PageEnd
from linters.links.web.urls import Target

Headers = CIMultiDict[str]

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


class Request(msgspec.Struct, frozen=True, gc=False):
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
        """Ask once; never raises for what servers do.

        ``keep`` says, once the answer is there, whether the connection is worth keeping for
        another request: a server with one connection at a time answers no other client until
        then.
        """

    async def close(self) -> None:
        """Close every connection."""


Memory = dict[str, dict[str, bytes]]
"""Encoded exchanges by conditions and URL; roots share it."""

_DECODER = msgspec.msgpack.Decoder(Exchange)
_MOST_ENCODINGS = 4096


class ExchangeMemory:
    """Keeps exchanges encoded: a graph of objects would be most of the memory of a run."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._encodings: dict[bytes, bytes] = {}  # many answers of a host are the same

    def find(self, conditions: str, url: str) -> Exchange | None:
        """The exchange of a URL under these conditions."""
        encoded = self._memory.get(conditions, {}).get(url)
        if encoded is None:
            return None
        exchange = _DECODER.decode(encoded)
        if exchange.step is None:
            return exchange
        step = msgspec.structs.replace(exchange.step, url=url)
        return msgspec.structs.replace(exchange, step=step)

    def keep(self, conditions: str, url: str, exchange: Exchange) -> None:
        """Keep an exchange, without what its key says and what is only measured."""
        if exchange.step is not None:
            step = msgspec.structs.replace(exchange.step, url="", milliseconds=0)
            exchange = msgspec.structs.replace(exchange, step=step)
        encoded = msgspec.msgpack.encode(exchange)
        encoded = self._encodings.setdefault(encoded, encoded)
        if len(self._encodings) > _MOST_ENCODINGS:
            self._encodings.clear()
        self._memory.setdefault(conditions, {})[url] = encoded
