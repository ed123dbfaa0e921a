"""One run: URLs in, outcomes out."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence

import aiohttp
from yarl import URL

from linters.checker import Network
from linters.links.probe import ProbeResult
from linters.links.probe.answer import Answer, Failure, FailureKind, Step
from linters.links.probe.urls import InvalidUrlError, join, split_target
from linters.links.probe.verdict import judge
from linters.links.record import Outcome
from linters.settings import LinkSettings


class Prober:
    """Asks URLs under one set of settings."""

    def __init__(
        self,
        settings: LinkSettings,
        network: Network,
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        self._settings = settings
        self._network = network
        self._progress = progress

    async def run(self, urls: Sequence[str]) -> ProbeResult:
        """One outcome per URL."""
        outcomes: dict[str, Outcome] = {}
        gate = asyncio.Semaphore(64)
        async with aiohttp.ClientSession(auto_decompress=False) as session:

            async def one(url: str) -> None:
                async with gate:
                    answer = await self._ask(session, url.partition("#")[0])
                outcomes[url] = judge(url, answer, self._settings, self._network.allow_network)

            await asyncio.gather(*(one(url) for url in dict.fromkeys(urls)))
        return ProbeResult(outcomes)

    async def _ask(self, session: aiohttp.ClientSession, url: str) -> Answer:
        steps: list[Step] = []
        current = url
        try:
            for _ in range(11):
                target = URL(split_target(current).url, encoded=True)
                async with session.get(target, allow_redirects=False) as response:
                    location = response.headers.get("Location")
                    steps.append(Step(current, response.status, location=location))
                if not steps[-1].redirects or location is None:
                    return Answer(url, time.time(), tuple(steps))
                current = join(current, location).partition("#")[0]
            failure = Failure(FailureKind.REDIRECT_LIMIT, "more than 10 redirects", current)
        except InvalidUrlError as error:
            failure = Failure(FailureKind.INVALID_URL, str(error), current)
        except (aiohttp.ClientError, OSError) as error:
            failure = Failure(FailureKind.REFUSED, str(error), current)
        return Answer(url, time.time(), tuple(steps), failure)
