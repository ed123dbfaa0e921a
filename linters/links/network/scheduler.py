"""Starts jobs from the hosts' queues, within a limit on all requests at once.

Only what is under way has a task, and tasks go on from job to job: one for every link would be
most of the memory.
"""

from __future__ import annotations

import asyncio
import heapq
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar, cast

from linters.links.network.host_queue import HostQueue

Item = TypeVar("Item")
Job = TypeVar("Job")
_STEPS = 200


class Scheduler(Generic[Item, Job]):
    """Starts jobs, from the longest queue per running request first.

    ``open_item`` turns an item into the job to run, or None when there is nothing to do;
    ``perform`` runs a job and takes its number off ``HostQueue.running``. Neither may raise.
    ``idle`` is called when nothing is queued or under way any more.
    """

    def __init__(
        self,
        concurrency: int,
        open_item: Callable[[Item, HostQueue[Item]], Job | None],
        perform: Callable[[Job, HostQueue[Item], int], Awaitable[None]],
        idle: Callable[[], None],
    ) -> None:
        self._concurrency = max(1, concurrency)
        self._open = open_item
        self._perform = perform
        self._idle = idle
        self._loop = asyncio.get_running_loop()
        self._started: deque[tuple[Job, HostQueue[Item], int]] = deque()
        self._ready: list[tuple[int, int, HostQueue[Item]]] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._number = 0  # of the request that was started last
        self._order = 0
        self._running = 0
        self._waiting = 0
        self._pumping = False
        self._stopped = False

    def put(self, queue: HostQueue[Item], item: Item, *, first: bool = False) -> None:
        """Queue an item; ``pump`` starts it."""
        self._waiting += 1
        if first:
            queue.items.appendleft(item)
        else:
            queue.items.append(item)
        self._list(queue)

    def put_later(self, queue: HostQueue[Item], item: Item, when: float) -> None:
        """Queue an item at a time of the event loop, and start it then."""
        self._waiting += 1
        self._loop.call_at(when, self._put_now, queue, item)

    def _put_now(self, queue: HostQueue[Item], item: Item) -> None:
        self._waiting -= 1
        self.put(queue, item, first=True)
        self.pump()

    def _list(self, queue: HostQueue[Item]) -> None:
        """The queue may have a next request."""
        if not queue.listed and queue.items:
            queue.listed = True
            self._order += 1
            heapq.heappush(self._ready, (-queue.share, self._order, queue))

    def pump(self, tasks: int = 0) -> None:
        """Start whatever may start now; called from within it, does nothing.

        ``tasks`` is how many tasks will look for a job after this. Links that the cache answers
        start no request: after some of them the event loop has its turn, so that deadlines and
        signals are kept.
        """
        if self._pumping or self._stopped:
            return
        self._pumping = True
        before = self._number
        try:
            for _ in range(_STEPS):
                if not self._ready or self._running >= self._concurrency or self._stopped:
                    break
                queue = heapq.heappop(self._ready)[2]
                queue.listed = False
                self._serve(queue)
            else:
                self._loop.call_soon(self.pump)
        finally:
            self._pumping = False
        for _ in range(self._number - before - tasks):
            self._tasks.add(self._loop.create_task(self._work()))
        if self.is_idle:
            self._idle()

    @property
    def is_idle(self) -> bool:
        """Whether nothing is queued or under way."""
        return not self._waiting and not self._running

    def _serve(self, queue: HostQueue[Item]) -> None:
        now = self._loop.time()
        when = queue.ready_at(now)
        if when is None:
            return  # the end of one of its requests brings it back
        if when > now:
            if queue.alarm is None or queue.alarm.when() > when:
                if queue.alarm is not None:
                    queue.alarm.cancel()
                queue.alarm = self._loop.call_at(when, self._wake, queue)
            return
        self._waiting -= 1
        job = self._open(queue.items.popleft(), queue)
        if job is not None:
            self._number += 1
            queue.start(self._number, now)
            self._running += 1
            self._started.append((job, queue, self._number))
        self._list(queue)

    def _wake(self, queue: HostQueue[Item]) -> None:
        queue.alarm = None
        self._list(queue)
        self.pump()

    async def _work(self) -> None:
        """Run jobs for as long as there are any: a task for each costs more than choosing it.

        Every job begins in a new turn of the event loop. What is sent together costs both sides
        fewer system calls and wake-ups.
        """
        try:
            while self._started:
                job, queue, number = self._started.popleft()
                try:
                    await self._perform(job, queue, number)
                finally:
                    self._running -= 1
                    queue.fail(number)
                    self._list(queue)
                self.pump(tasks=1)
                await asyncio.sleep(0)
        finally:
            self._tasks.discard(cast("asyncio.Task[None]", asyncio.current_task(self._loop)))

    async def stop(self) -> None:
        """Start nothing more and cancel what is under way."""
        self._stopped = True
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
