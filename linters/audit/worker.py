"""What runs on the workers of a cluster: single requests, through the address guard there.

A worker keeps one event loop and one client in a thread of their own, so that connections
serve several batches.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from ipaddress import IPv4Network, IPv6Network

from linters.links.network.client import Client
from linters.links.network.exchange import Exchange, Request
from linters.links.network.fetch import LocalFetcher


@dataclass(frozen=True, slots=True)
class WorkerOptions:
    """What the requests of a batch need besides themselves; ``ca_files`` are the worker's."""

    allow_network: tuple[IPv4Network | IPv6Network, ...] = ()
    ca_files: tuple[str, ...] = ()


def fetch_batch(options: WorkerOptions, requests: Sequence[Request], keep: bool) -> list[Exchange]:
    """The answers to some requests of one host, in their order; runs again where it is lost.

    ``keep`` says whether connections are worth keeping for the host's next batch.
    """
    loop = _loop()
    return asyncio.run_coroutine_threadsafe(_fetch_all(options, requests, keep), loop).result()


async def _fetch_all(
    options: WorkerOptions, requests: Sequence[Request], keep: bool
) -> list[Exchange]:
    fetcher = _fetcher(options)
    return list(
        await asyncio.gather(*(fetcher.fetch(each, keep=lambda: keep) for each in requests))
    )


@cache
def _fetcher(options: WorkerOptions) -> LocalFetcher:
    return LocalFetcher(Client(options.allow_network, options.ca_files))


_starting = threading.Lock()


def _loop() -> asyncio.AbstractEventLoop:
    with _starting:
        return _running_loop()


@cache
def _running_loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="articlelint", daemon=True).start()
    return loop
