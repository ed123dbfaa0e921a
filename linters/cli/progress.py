"""A bar on standard error while links are probed; nothing without a terminal."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import TracebackType
from typing import TextIO

_WIDTH = 30
_INTERVAL = 0.1


class Progress:
    """Draws ``done`` of ``total``; call it as often as you like, leave it to wipe the bar.

    Draws at most ten times a second, and nothing where the stream is no terminal.
    """

    def __init__(
        self,
        stream: TextIO,
        *,
        enabled: bool = True,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._stream = stream
        self._enabled = enabled and stream.isatty()
        self._clock = clock
        self._next = 0.0
        self._drawn = False

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._drawn:
            self._write("\r\x1b[K")

    def __call__(self, done: int, total: int) -> None:
        """Show that ``done`` of ``total`` links have their answers."""
        now = self._clock()
        if not self._enabled or total <= 0 or (now < self._next and done < total):
            return
        self._next = now + _INTERVAL
        self._drawn = True
        filled = _WIDTH * min(done, total) // total
        bar = "#" * filled + "-" * (_WIDTH - filled)
        self._write(f"\r\x1b[K[{bar}] {done:,} of {total:,} links")

    def _write(self, text: str) -> None:
        try:
            self._stream.write(text)
            self._stream.flush()
        except OSError:
            self._enabled = False  # the terminal has gone; the report has not
