"""A process pool that starts with its first task: a run whose results are all known has none."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any


class LatePool(Executor):
    """An executor that ``create`` makes when it is first needed."""

    def __init__(self, create: Callable[[], Executor]) -> None:
        self._create = create
        self.started: Executor | None = None

    def submit(self, fn: Callable[..., Any], /, *args: Any, **options: Any) -> Future[Any]:
        """Have a process call a function."""
        if self.started is None:
            self.started = self._create()
        return self.started.submit(fn, *args, **options)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes, if there are any."""
        if self.started is not None:
            self.started.shutdown(wait=wait, cancel_futures=cancel_futures)
