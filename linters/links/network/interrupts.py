"""Ctrl-C and SIGTERM while an event loop runs."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import threading
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

_SIGNALS = [
    number
    for name in ("SIGINT", "SIGTERM", "SIGBREAK")
    if (number := getattr(signal, name, None)) is not None
]


@contextlib.contextmanager
def on_interrupt(loop: asyncio.AbstractEventLoop, act: Callable[[], None]) -> Iterator[None]:
    """Call ``act`` in the loop when the process is asked to end; the handlers that stood
    before are put back behind the block. Outside the main thread nothing is caught."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before: list[tuple[int, Any]] = []
    for number in _SIGNALS:
        previous = signal.getsignal(number)
        try:
            loop.add_signal_handler(number, act)
        except (NotImplementedError, RuntimeError, ValueError):
            # Windows: the handler runs between two byte codes, the loop is woken by hand.
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(act))
        before.append((number, previous))
    try:
        yield
    finally:
        for number, previous in before:
            with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                loop.remove_signal_handler(number)
            # asyncio.run's own handler holds its task, whose whole result the signal module
            # would turn to text; without it, asyncio.run ends just as well.
            if previous is not None and not isinstance(previous, partial):
                signal.signal(number, previous)
