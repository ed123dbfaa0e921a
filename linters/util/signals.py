"""Ctrl-C and SIGTERM while a command runs.

The first one ends the run with a report of what is known. Wrappers often pass a signal on that
the terminal has sent as well, and people press twice: what comes within two seconds, while the
report is being written, means the same. A later one ends the program where it stands.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import asyncio

_SECONDS = 2.0
_SIGNALS = [
    number
    for name in ("SIGINT", "SIGTERM", "SIGBREAK")
    if (number := getattr(signal, name, None)) is not None
]
_asked: list[float] = []


def note() -> None:
    """The run has been asked to end (for those who catch signals on their own)."""
    _asked.append(time.monotonic())


@contextmanager
def interrupts() -> Iterator[None]:
    """Raise KeyboardInterrupt for either signal, once in two seconds.

    Outside the main thread nothing is caught.
    """
    _asked.clear()

    def interrupt(*_: object) -> None:
        if not _asked or time.monotonic() - _asked[0] > _SECONDS:
            note()
            raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {one: signal.signal(one, interrupt) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        if not _asked:  # else the program is about to end, and what it has printed goes out
            for number, previous in before.items():
                signal.signal(number, previous)


@contextmanager
def in_event_loop(loop: asyncio.AbstractEventLoop, act: Callable[[], None]) -> Iterator[None]:
    """Call ``act`` in the loop when the process is asked to end; afterwards the former handlers
    are back. Outside the main thread nothing is caught."""
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
            with suppress(NotImplementedError, RuntimeError, ValueError):
                loop.remove_signal_handler(number)
            # asyncio.run's own handler holds its task, whose whole result the signal module
            # would turn to text; without it, asyncio.run ends just as well.
            if previous is not None and not isinstance(previous, partial):
                signal.signal(number, previous)
