"""What the hosts' queues contain: groups of URLs to begin, and requests to make."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TypeAlias

from linters.links.network.answer import Answer
from linters.links.network.chain import Chain
from linters.links.network.exchange import Exchange, Request
from linters.links.network.host_settings import Fields, HostSettings

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
