"""Ctrl-C and SIGTERM while a command runs.

The first one ends the run with a report of what is known. Wrappers often pass a signal on that
the terminal has sent as well, and people press twice: what comes within two seconds means the
same. Once all verdicts are known, signals are held back, so that the report is written whole;
the third one ends the program all the same.
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
_PATIENCE = 2


class _State:
    """What this process has been asked to do."""

    asked: float | None = None
    count = 0
    held = False
    pending = False
    owned = False


def own_process() -> None:
    """This process runs one command alone: its handlers stay until it ends."""
    _State.owned = True


def note() -> None:
    """The run has been asked to end (for those who catch signals on their own)."""
    _State.asked = time.monotonic()
    _State.count += 1


def hold() -> None:
    """From here on a signal waits for ``release``: what is known is being written."""
    _State.held = True


def release() -> None:
    """Stop holding signals back; KeyboardInterrupt where one has come meanwhile."""
    _State.held = False
    if _State.pending:
        _State.pending = False
        raise KeyboardInterrupt


@contextmanager
def interrupts() -> Iterator[None]:
    """Raise KeyboardInterrupt for either signal, once in two seconds, unless held back.

    Outside the main thread nothing is caught.
    """
    _State.asked, _State.count, _State.held, _State.pending = None, 0, False, False

    def interrupt(*_: object) -> None:
        if _State.asked is not None and time.monotonic() - _State.asked <= _SECONDS:
            return
        note()
        if _State.held and _State.count <= _PATIENCE:
            _State.pending = True
            return
        raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {
        number: signal.signal(number, interrupt) for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield
    finally:
        # An interrupted program is about to end, and what it has printed goes out.
        if _State.asked is None and not _State.owned:
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
            # asyncio.run's own handler refers to its task, whose whole result the signal module
            # would turn to text; without it, asyncio.run ends just as well.
            if previous is not None and not isinstance(previous, partial):
                signal.signal(number, previous)
