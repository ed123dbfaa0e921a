"""What the hosts' queues contain: groups of URLs to begin, and requests to make."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from linters.links.network.answer import Answer, RequestError
from linters.links.network.chain import Chain
from linters.links.network.exchange import Exchange, Request
from linters.links.network.host_queue import HostQueue
from linters.links.network.host_settings import Fields, HostSettings
from linters.links.network.scheduler import Scheduler
from linters.links.web.url_rules import UrlRules
from linters.links.web.urls import split_target
from linters.model.fetched import Fetched

_BACK_OFF = 0.25
JobKey = tuple[str, Fields]


@dataclass(slots=True, eq=False)
class Job:
    """One request to make, and the chains that wait for its answer.

    ``expires`` and ``due`` (when it was ready to be made) are times of the event loop: waiting
    in the queue does not count against a link. ``old`` is the stored answer that a conditional
    request may confirm.
    """

    key: JobKey
    request: Request
    settings: HostSettings
    expires: float
    waiting: list[Chain] = field(default_factory=list)
    due: float = 0.0
    tries: int = 0
    old: Answer | None = None

    def delay(self, exchange: Exchange) -> float | None:
        """Seconds until another try may help; None where none does, or none is left."""
        if not exchange.transient or self.tries > self.settings.retries:
            return None
        spread = zlib.crc32(self.key[0].encode("utf-8", "replace")) / 2**32
        delay: float = _BACK_OFF * 2 ** (self.tries - 1) * (0.75 + 0.5 * spread)
        return max(delay, exchange.wait or 0.0)

    @property
    def groups(self) -> list[int]:
        """The groups whose chains wait."""
        return [chain.group for chain in self.waiting]


@dataclass(slots=True, eq=False)
class BodyJob:
    """One request for content, and who waits for it."""

    request: Request
    future: asyncio.Future[Exchange]

    def settle(self, exchange: Exchange) -> None:
        """The answer has come."""
        if not self.future.done():
            self.future.set_result(exchange)


Item: TypeAlias = int | Job | BodyJob
"""An item of a queue: the number of a group, or a request."""


class ContentRequests:
    """Gets content: guard, deadline and queues are those of links; nothing is stored."""

    def __init__(
        self,
        queue_of: Callable[[str], HostQueue[Item]],
        scheduler: Scheduler[Item, Job | BodyJob],
        rules: UrlRules,
    ) -> None:
        self._queue_of = queue_of
        self._scheduler = scheduler
        self._rules = rules
        self._waiting: set[asyncio.Future[Exchange]] = set()
        self._ended = False

    async def get(self, url: str, max_body: int) -> Fetched | None:
        """The content of a URL, at most ``max_body`` bytes; None where there is none to be had.

        InvalidUrlError for what is not a URL.
        """
        chain = Chain(url, split_target(url), (), asyncio.get_running_loop().time())
        try:
            while not self._ended:
                exchange = await self._ask(chain, max_body)
                if exchange.step is None:
                    return None
                if not chain.follow(exchange, self._rules):
                    step = exchange.step
                    return Fetched(step.url, step.status, step.headers, exchange.body or b"")
        except RequestError:
            pass
        return None

    def cancel(self) -> None:
        """End what is under way: the run is over."""
        self._ended = True
        for future in self._waiting:
            if not future.done():
                future.set_result(Exchange())

    async def _ask(self, chain: Chain, max_body: int) -> Exchange:
        queue = self._queue_of(chain.target.host)
        headers = queue.settings.general.copy()
        headers.extend(chain.fields(queue.settings))
        seconds = queue.settings.timeout
        request = Request(
            chain.target, headers, None, max_body, seconds, "timeout", head=False, body=True
        )
        job = BodyJob(request, asyncio.get_running_loop().create_future())
        self._waiting.add(job.future)
        try:
            self._scheduler.put(queue, job)
            self._scheduler.pump()
            return await job.future
        finally:
            self._waiting.discard(job.future)
