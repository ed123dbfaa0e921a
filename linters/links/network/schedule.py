"""Whose turn it is: lanes with waiting items, a limit on all requests at once, no task but for
what is under way."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from linters.links.network.host_queue import Lane

Item = TypeVar("Item")
Job = TypeVar("Job")


class Schedule(Generic[Item, Job]):
    """Starts jobs from the lanes' queues, the lane with the most waiting per request first.

    ``open_item`` turns an item into the job to run, or None when there is nothing to do;
    ``perform`` runs a job and takes its number off ``Lane.running``. Neither may raise.
    """

    def __init__(
        self,
        concurrency: int,
        open_item: Callable[[Item, Lane[Item]], Job | None],
        perform: Callable[[Job, Lane[Item], int], Awaitable[None]],
    ) -> None:
        self._concurrency = max(1, concurrency)
        self._open = open_item
        self._perform = perform
        self._loop = asyncio.get_running_loop()
        self._ready: list[tuple[int, int, Lane[Item]]] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._number = 0
        self._running = 0
        self._pumping = False
        self._stopped = False

    def put(self, lane: Lane[Item], item: Item, *, first: bool = False) -> None:
        """Queue an item; ``pump`` starts it."""
        if first:
            lane.queue.appendleft(item)
        else:
            lane.queue.append(item)
        self.list(lane)

    def put_later(self, lane: Lane[Item], item: Item, when: float) -> None:
        """Queue an item at a time of the event loop, and start it then."""
        self._loop.call_at(when, self._put_now, lane, item)

    def _put_now(self, lane: Lane[Item], item: Item) -> None:
        self.put(lane, item, first=True)
        self.pump()

    def list(self, lane: Lane[Item]) -> None:
        """The lane may have a next request."""
        if not lane.listed and lane.queue:
            lane.listed = True
            self._number += 1
            share = len(lane.queue) // (1 + len(lane.running))
            heapq.heappush(self._ready, (-share, self._number, lane))

    def pump(self) -> None:
        """Start whatever may start now; called from within it, does nothing."""
        if self._pumping:
            return
        self._pumping = True
        try:
            while self._ready and self._running < self._concurrency and not self._stopped:
                lane = heapq.heappop(self._ready)[2]
                lane.listed = False
                self._serve(lane)
        finally:
            self._pumping = False

    def _serve(self, lane: Lane[Item]) -> None:
        now = self._loop.time()
        when = lane.ready_at(now)
        if when is None:
            return  # the end of one of its requests brings it back
        if when > now:
            if lane.alarm is None or lane.alarm.when() > when:
                if lane.alarm is not None:
                    lane.alarm.cancel()
                lane.alarm = self._loop.call_at(when, self._wake, lane)
            return
        job = self._open(lane.queue.popleft(), lane)
        if job is not None:
            self._number += 1
            lane.start(self._number, now)
            self._running += 1
            task = self._loop.create_task(self._run(job, lane, self._number))
            self._tasks.add(task)
        self.list(lane)

    def _wake(self, lane: Lane[Item]) -> None:
        lane.alarm = None
        self.list(lane)
        self.pump()

    async def _run(self, job: Job, lane: Lane[Item], number: int) -> None:
        try:
            await self._perform(job, lane, number)
        finally:
            task = asyncio.current_task()
            if task is not None:
                self._tasks.discard(task)
            self._running -= 1
            lane.fail(number)
            self.list(lane)
            self.pump()

    async def stop(self) -> None:
        """Start nothing more and cancel what is under way."""
        self._stopped = True
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
