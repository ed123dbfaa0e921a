"""Progress is drawn not too often, leaves nothing on the terminal, and stops if that is closed."""

from __future__ import annotations

import io
import sys

import pytest

from linters.cli.progress import Progress
from linters.model.link import Verdict


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class _Clock:
    """A second passes with every look at it."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 1.0
        return self.now


@pytest.fixture(params=["rich", "plain"])
def _library(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "plain":
        monkeypatch.setitem(sys.modules, "linters.cli.progress_bar", None)


@pytest.mark.usefixtures("_library")
def test_the_bar_has_counts_verdicts_and_rate_and_is_removed() -> None:
    stream = _Terminal()
    with Progress(stream, clock=_Clock()) as progress:
        progress(0, 1200)
        progress(1, 1200, Verdict.OK)
        progress(2, 1200, Verdict.BROKEN)
        shown = stream.getvalue()
    assert "2 of 1,200 links" in shown
    assert "1 ok, 1 broken" in shown
    assert "/s" in shown
    last = stream.getvalue()[len(shown) :]
    assert "\x1b[K" in last or "\x1b[2K" in last
    assert "links" not in last.rpartition("\x1b[2K")[2]


def test_it_is_drawn_ten_times_a_second_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "linters.cli.progress_bar", None)
    stream = _Terminal()
    with Progress(stream, clock=lambda: 1.0) as progress:
        for done in range(1001):
            progress(done, 1000)
    assert stream.getvalue().count("of 1,000 links") == 2


def test_a_log_gets_a_line_a_minute() -> None:
    stream = io.StringIO()
    now = 0.0
    with Progress(stream, clock=lambda: now) as progress:
        for done in range(1, 101):
            now = done * 2.0
            progress(done, 100, Verdict.OK)
    assert stream.getvalue().splitlines() == [
        "articlelint: 30 of 100 links, 0/s, 2:20 left, 30 ok",
        "articlelint: 60 of 100 links, 0/s, 1:20 left, 60 ok",
        "articlelint: 90 of 100 links, 0/s, 0:20 left, 90 ok",
    ]


def test_nothing_when_switched_off() -> None:
    stream = _Terminal()
    with Progress(stream, enabled=False) as progress:
        progress(1, 2)
    assert stream.getvalue() == ""


@pytest.mark.usefixtures("_library")
def test_a_closed_terminal_stops_the_bar_and_not_the_run() -> None:
    class Closed(_Terminal):
        def write(self, text: str) -> int:
            raise BrokenPipeError

    with Progress(Closed()) as progress:
        progress(1, 2)
        progress(2, 2)
