"""The network part of the links checker: URLs are offered, every one gets an outcome."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from linters.checker import NetworkOptions, ProgressListener
from linters.model.link import Outcome
from linters.model.settings import LinkSettings

if TYPE_CHECKING:
    from linters.links.network.answer import Answer


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

    ``progress`` is called for every answer. ``answers`` are those of this run by URL and
    conditions: what is there is not asked again, what is new is added.
    """

    def __init__(
        self,
        settings: LinkSettings,
        network: NetworkOptions,
        *,
        progress: ProgressListener | None = None,
        answers: dict[tuple[str, str], Answer] | None = None,
    ) -> None:
        self._settings = settings
        self._network = network
        self._progress = progress
        self._answers = answers
        self._urls: dict[str, None] = {}

    async def offer(self, urls: Iterable[str]) -> None:
        """Take absolute http(s) URLs, fragments included; each is asked once, however often it
        is offered. Never raises for what a URL or a server is like."""
        self._urls.update(dict.fromkeys(urls))

    async def finish(self) -> NetworkResult:
        """Wait until every URL has an outcome, and close all connections."""
        from linters.links.network.prober import Prober  # aiohttp is slow to import

        prober = Prober(self._settings, self._network, self._progress, answers=self._answers)
        result = await prober.run(tuple(self._urls))
        return NetworkResult(result.outcomes, result.interrupted)
