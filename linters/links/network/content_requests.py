"""Requests for content itself, through the hosts' queues of a run."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from linters.links.network.answer import RequestError
from linters.links.network.chain import Chain
from linters.links.network.exchange import Exchange, Request
from linters.links.network.host_queue import HostQueue
from linters.links.network.jobs import BodyJob, Item, Job
from linters.links.network.scheduler import Scheduler
from linters.links.web.url_rules import UrlRules
from linters.links.web.urls import split_target
from linters.model.fetched import Fetched


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
        """The content of a URL, redirects followed; None where there is none to be had.

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
