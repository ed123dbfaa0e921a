"""The progress bar draws on terminals only, not too often, and leaves nothing behind."""

from __future__ import annotations

import io

from linters.cli.progress import Progress


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_nothing_without_a_terminal() -> None:
    stream = io.StringIO()
    with Progress(stream) as progress:
        progress(1, 2)
    assert stream.getvalue() == ""


def test_nothing_when_switched_off() -> None:
    stream = _Terminal()
    with Progress(stream, enabled=False) as progress:
        progress(1, 2)
    assert stream.getvalue() == ""


def test_the_bar_is_drawn_and_wiped() -> None:
    stream = _Terminal()
    with Progress(stream, clock=lambda: 1.0) as progress:
        for done in range(1001):
            progress(done, 1000)
    assert stream.getvalue() == (
        f"\r\x1b[K[{'-' * 30}] 0 of 1,000 links\r\x1b[K[{'#' * 30}] 1,000 of 1,000 links\r\x1b[K"
    )


def test_a_terminal_that_went_away_stops_the_bar_and_not_the_run() -> None:
    class Gone(_Terminal):
        def write(self, text: str) -> int:
            raise BrokenPipeError

    with Progress(Gone()) as progress:
        progress(1, 2)
        progress(2, 2)
