"""Sends requests from other machines: in small batches, each host's from the same worker.

The coordinator keeps all that politeness and correctness depend on (host queues, back-off,
chains of redirects, cookies, the journal); a worker sends single requests and reads answers.
A hop to another host is a request like any other: the coordinator deals it to the worker of
that host.
"""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field

from linters.audit.worker import WorkerOptions, fetch_batch
from linters.links.network.answer import Failure, FailureKind
from linters.links.network.exchange import Exchange, Request

BATCH = 16
_GATHER_SECONDS = 0.005
_NAME_KINDS = (FailureKind.NAME_ABSENT, FailureKind.NAME_FAILED)


@dataclass(slots=True)
class _Batch:
    """Requests of one host that wait to be sent together."""

    requests: list[Request] = field(default_factory=list)
    results: list[asyncio.Future[Exchange]] = field(default_factory=list)
    keep: bool = False


class RemoteFetcher:
    """A ``Fetcher`` that sends requests through executors, one per worker.

    ``executors`` are not shut down here: they serve several roots.
    """

    def __init__(self, executors: Sequence[Executor], options: WorkerOptions) -> None:
        self._executors = tuple(executors)
        self._options = options
        self._batches: dict[str, _Batch] = {}
        self._running: set[asyncio.Task[None]] = set()
        self._domains: set[str] = set()
        self._any_name_found = False

    @property
    def domains(self) -> int:
        """How many domains were asked for."""
        return len(self._domains)

    @property
    def any_name_found(self) -> bool:
        """Whether a worker found an address for any name."""
        return self._any_name_found

    async def fetch(self, request: Request, *, keep: Callable[[], bool]) -> Exchange:
        """Send one request from the worker of its host."""
        host = request.target.host
        self._domains.add(".".join(host.rstrip(".").split(".")[-2:]))
        batch = self._batches.get(host)
        loop = asyncio.get_running_loop()
        if batch is None:
            batch = self._batches[host] = _Batch()
            loop.call_later(_GATHER_SECONDS, self._send, host, batch)
        result: asyncio.Future[Exchange] = loop.create_future()
        batch.requests.append(request)
        batch.results.append(result)
        batch.keep = keep()
        if len(batch.requests) >= BATCH:
            self._send(host, batch)
        exchange = await result
        failure = exchange.failure
        if failure is None or failure.kind not in _NAME_KINDS:
            self._any_name_found = True
        return exchange

    async def close(self) -> None:
        """Forget what is under way."""
        for task in tuple(self._running):
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    def _send(self, host: str, batch: _Batch) -> None:
        if self._batches.get(host) is not batch:
            return  # it was full, and has been sent
        del self._batches[host]
        task = asyncio.get_running_loop().create_task(self._await(host, batch))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _await(self, host: str, batch: _Batch) -> None:
        try:
            executor = self._executors[zlib.crc32(host.encode()) % len(self._executors)]
            work = executor.submit(fetch_batch, self._options, batch.requests, batch.keep)
            exchanges = await asyncio.wrap_future(work)
        except asyncio.CancelledError:
            for result in batch.results:
                result.cancel()
            raise
        except Exception as error:  # noqa: BLE001 - whatever a cluster raises
            reason = f"the cluster failed: {type(error).__name__}: {error}"
            exchanges = [
                Exchange(failure=Failure(FailureKind.INTERNAL, reason, request.target.url))
                for request in batch.requests
            ]
        for result, exchange in zip(batch.results, exchanges, strict=True):
            if not result.done():
                result.set_result(exchange)
