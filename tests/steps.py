"""Bounds on work that no other program on the machine changes: calls, never seconds."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

HANG = 300
"""Seconds after which a process, or work on the processor, counts as endless."""


@contextmanager
def no_hang() -> Iterator[None]:
    """The block ends. Its regular expressions work in C, where no steps can be counted."""
    begun = time.process_time()
    yield
    assert time.process_time() - begun < HANG, "endless, or nearly"


@contextmanager
def at_most(calls: int) -> Iterator[None]:
    """The block calls functions, Python's and built-in ones, at most that often."""
    count = 0

    def count_calls(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count_calls)
    try:
        with no_hang():
            yield
    finally:
        sys.setprofile(before)
    assert count <= calls, f"{count:,} calls, {calls:,} are the bound"
