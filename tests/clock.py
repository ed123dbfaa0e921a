"""Time that a computation takes, on machines that have other things to do as well."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def computing_within(seconds: float) -> Iterator[None]:
    """The block takes less than these seconds of this process' processor time."""
    begun = time.process_time()
    yield
    taken = time.process_time() - begun
    assert taken < seconds, f"{taken:.1f} s of processor time, {seconds} s are the bound"
