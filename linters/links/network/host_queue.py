"""The queue of one host: how many requests at once, how soon after each other, when again.

The number of requests at once follows TCP's way (additive increase, multiplicative decrease):
it doubles per round until the first sign of overload, grows by one per round after that, and
halves on 429, 503 and latency that rises far above what the host showed at first.
"""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from linters.links.network.exchange import Exchange
from linters.links.network.host_settings import HostSettings

_FIRST = 4.0
_PATIENCE = 0.5
_FIRST_PATIENCE = 2.0
_CALM = 0.25
_REFUSALS = 10
_HEAD_FAILURES = 3

Item = TypeVar("Item")


@dataclass(slots=True)
class HostQueue(Generic[Item]):
    """What is known about one host in this run; times are the event loop's, in seconds.

    ``refusals`` counts the answers in a row that asked for a longer wait than there is time,
    ``head_failures`` the successes of GET in a row where HEAD had not got one.
    """

    host: str
    settings: HostSettings
    items: deque[Item] = field(default_factory=deque)
    limit: float = _FIRST
    threshold: float = 1e9
    latency: float = 0.0
    calm_latency: float = 0.0
    not_before: float = 0.0
    last_cut: float = 0.0
    refusals: int = 0
    head_failures: int = 0
    alarm: asyncio.TimerHandle | None = None
    listed: bool = False
    running: dict[int, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.limit = min(self.limit, float(self.settings.ceiling))

    @property
    def closed(self) -> bool:
        """Whether the host asked again and again for a longer wait than there is time for."""
        return self.refusals >= _REFUSALS

    @property
    def head(self) -> bool:
        """Whether HEAD is worth a try."""
        return self.head_failures < _HEAD_FAILURES

    @property
    def share(self) -> int:
        """How many requests wait per one under way."""
        return len(self.items) // (1 + len(self.running))

    def ready_at(self, now: float) -> float | None:
        """When the next request may start: now or earlier, later, or None while it depends on
        those under way."""
        if not self.items:
            return None
        if self.not_before > now:
            return self.not_before
        running = len(self.running)
        if running < int(self.limit):
            return now
        if running >= self.settings.ceiling:
            return None
        # A request that hangs does not load the host, so it does not block the queue.
        patience = max(_PATIENCE, 4 * self.latency) if self.latency else _FIRST_PATIENCE
        counted = sorted(started for started in self.running.values())[-int(self.limit) :]
        return max(now, counted[0] + patience)

    def keeps(self, expects_more: bool) -> bool:
        """Whether the connection of a request that ends may be of use to another one.

        ``expects_more`` says that items may still come, as while articles are read. But where
        another request is under way, the server may take one connection at a time.
        """
        return bool(self.items) or (expects_more and len(self.running) <= 1)

    def start(self, number: int, now: float) -> None:
        """The request ``number`` starts; the next one waits for the interval."""
        self.running[number] = now
        if self.settings.interval:
            self.not_before = max(self.not_before, now + self.settings.interval)

    def adapt(self, number: int, exchange: Exchange, now: float, *, repeated: bool) -> None:
        """Take the end of a request; ``repeated`` says whether it will be made again."""
        if exchange.clean:
            self.succeed(number, now)
        elif exchange.step is not None:
            self.overload(number, now, exchange.wait if repeated else None)
            if exchange.wait and not repeated and exchange.wait > self.settings.timeout:
                self.refusals += 1
        else:
            self.fail(number)

    def succeed(self, number: int, now: float) -> None:
        """An answer came, without any sign of overload."""
        busy = len(self.running) >= int(self.limit)
        started = self.running.pop(number, now)
        self.refusals = 0
        taken = now - started
        self.latency = taken if not self.latency else 0.8 * self.latency + 0.2 * taken
        if self.limit <= _FIRST or not self.calm_latency:
            self.calm_latency = max(self.latency, self.calm_latency)
        if self.latency > 3 * self.calm_latency + _CALM:
            self._cut(started, now)
        elif busy and self.limit < self.settings.ceiling:
            self.limit += 1 if self.limit < self.threshold else 1 / self.limit

    def overload(self, number: int, now: float, wait: float | None) -> None:
        """The host signals overload, and maybe how many seconds to wait."""
        self._cut(self.running.pop(number, now), now)
        if wait is not None:
            self.not_before = max(self.not_before, now + wait)

    def fail(self, number: int) -> None:
        """A request ended without an answer, which alone does not mean overload."""
        self.running.pop(number, None)

    def _cut(self, started: float, now: float) -> None:
        if started < self.last_cut:
            return  # sent before the last cut could show
        self.last_cut = now
        self.limit = max(1.0, self.limit / 2)
        self.threshold = self.limit
