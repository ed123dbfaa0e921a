"""How far the links are, on standard error: a bar on a terminal, else a line a minute."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol, TextIO

from linters.cli.progress_state import ProgressState
from linters.model.link import Verdict

_REDRAW = 0.1
_LINE_EVERY = 60.0


class ProgressDisplay(Protocol):
    """Where progress is shown."""

    def update(self, state: ProgressState) -> None:
        """Show the state."""

    def close(self) -> None:
        """Remove what is temporary."""


class Progress:
    """Shows how many links are done; use it as a context manager, call it for every answer.

    It draws at most ten times a second, with rich if that is installed.
    """

    def __init__(
        self,
        stream: TextIO,
        *,
        enabled: bool = True,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._stream = stream
        self._enabled = enabled
        self._clock = clock
        self._state = ProgressState(clock)
        self._display: ProgressDisplay | None = None
        self._on_terminal = stream.isatty()
        self._next = clock() + (0.0 if self._on_terminal else _LINE_EVERY)

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if self._display is not None:
            self._attempt(self._display.close)

    def __call__(self, done: int, total: int, verdict: Verdict | None = None) -> None:
        """``done`` of ``total`` links have an answer; ``verdict`` is that of the latest one."""
        if not self._enabled or total <= 0:
            return
        state = self._state
        state.done, state.total = done, total
        if verdict is not None:
            state.verdicts[verdict] += 1
        now = self._clock()
        if now < self._next and not (self._on_terminal and done == total):
            return
        self._next = now + (_REDRAW if self._on_terminal else _LINE_EVERY)
        self._attempt(self._draw)

    def _draw(self) -> None:
        if self._display is None:
            self._display = self._open()
        self._display.update(self._state)

    def _open(self) -> ProgressDisplay:
        if not self._on_terminal:
            return _Lines(self._stream)
        try:
            from linters.cli.progress_bar import RichBar
        except ImportError:  # the extra "progress" is not installed
            return _OneLine(self._stream)
        return RichBar(self._stream)

    def _attempt(self, draw: Callable[[], None]) -> None:
        try:
            draw()
        except OSError:
            self._enabled = False  # the terminal was closed; the report still counts


class _OneLine:
    """One line of a terminal, drawn over and over."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def update(self, state: ProgressState) -> None:
        self._stream.write(f"\r\x1b[K{state.text()}")
        self._stream.flush()

    def close(self) -> None:
        self._stream.write("\r\x1b[K")
        self._stream.flush()


class _Lines:
    """Lines of a log."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def update(self, state: ProgressState) -> None:
        self._stream.write(f"articlelint: {state.text()}\n")
        self._stream.flush()

    def close(self) -> None:
        """Nothing is temporary."""
