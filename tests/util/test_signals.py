"""Signals while a command runs: the first one ends the run, unless the report is written."""

from __future__ import annotations

import os
import signal
import sys

import pytest

from linters.util import signals

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no kill with a signal")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_first_one_interrupts_and_a_second_one_at_once_is_the_same(number: int) -> None:
    with signals.interrupts():
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), number)
        os.kill(os.getpid(), number)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def test_what_comes_while_signals_are_held_back_waits() -> None:
    with signals.interrupts():
        signals.hold()
        os.kill(os.getpid(), signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            signals.release()
        signals.release()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def test_handlers_come_back() -> None:
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    with signals.interrupts():
        assert signal.getsignal(signal.SIGINT) != before[0]
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before
