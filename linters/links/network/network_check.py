"""The entry to the network: URLs are offered, every one gets an outcome."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from linters.checker import NetworkOptions, ProgressListener
from linters.model.fetched import Fetched
from linters.model.link import Outcome
from linters.model.settings import LinkSettings

if TYPE_CHECKING:
    from linters.links.network.engine import Engine
    from linters.links.network.exchange import Memory


@dataclass(frozen=True, slots=True)
class NetworkResult:
    """One outcome for every URL offered; ``interrupted`` by Ctrl-C or SIGTERM."""

    outcomes: Mapping[str, Outcome]
    interrupted: bool = False


class NetworkCheck:
    """Asks URLs under one set of settings, from the first ``offer`` on until ``finish``.

    Used inside a running event loop::

        check = NetworkCheck(settings, network)
        await check.offer(urls)  # any number of times
        result = await check.finish()

    ``roots`` are the folders that are checked: a cache in one of them is not trusted.
    ``progress`` is called for every outcome. ``memory`` is what URLs answered in this run:
    what is there is not asked again, what is new is added; empty at first, and passed on from
    root to root. Other ``options`` are those of ``linters.links.network.engine.Engine``.
    """

    def __init__(
        self,
        settings: LinkSettings,
        network: NetworkOptions,
        *,
        roots: Iterable[Path] = (),
        progress: ProgressListener | None = None,
        memory: Memory | None = None,
        **options: Any,
    ) -> None:
        self._settings = settings
        self._network = network
        self._options = {"roots": tuple(roots), "progress": progress, "memory": memory, **options}
        self._engine: Engine | None = None

    async def offer(self, urls: Iterable[str]) -> None:
        """Take absolute http(s) URLs, fragments included, and start asking them.

        Each is asked once, however often it is offered. Never raises for what a URL or a server
        is like. Gives the event loop one turn.
        """
        await self._started().add(urls)

    async def get(self, url: str, max_body: int = 1024 * 1024) -> Fetched | None:
        """The content of an absolute http(s) URL, redirects followed, through the same guard,
        deadline and host queues; None where there is none, or the run has been ended.

        InvalidUrlError (a ValueError) for what is not a URL.
        """
        return await self._started().contents.get(url, max_body)

    async def ask(self, urls: Iterable[str]) -> Mapping[str, Outcome]:
        """The outcomes of URLs, through cache, guard, deadline and host queues."""
        check = NetworkCheck(self._settings, self._network, **self._options)
        await check.offer(urls)
        return (await check.finish()).outcomes

    async def finish(self) -> NetworkResult:
        """Wait until every URL has an outcome, and close all connections.

        UserError for what the configuration makes impossible, ``linters.store``'s StoreError for
        a journal that cannot be used.
        """
        engine = self._started()
        outcomes = await engine.finish()
        return NetworkResult(outcomes, engine.interrupted)

    @property
    def interrupted(self) -> bool:
        """Whether Ctrl-C or SIGTERM has ended the asking."""
        return self._engine is not None and self._engine.interrupted

    async def close(self) -> None:
        """End all that is under way, where the outcomes are not wanted any more."""
        if self._engine is not None:
            await self._engine.close()

    def _started(self) -> Engine:
        if self._engine is None:
            from linters.links.network.engine import Engine  # aiohttp is slow to import

            self._engine = Engine(self._settings, self._network, **self._options)
        return self._engine
