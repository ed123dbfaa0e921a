"""Ctrl-C and SIGTERM while a command runs.

The first one ends the run with a report of what is known. Wrappers often pass a signal on that
the terminal has sent as well, and people press twice: what comes within two seconds, while the
report is being written, means the same. A later one ends the program where it stands.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

_SECONDS = 2.0
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
