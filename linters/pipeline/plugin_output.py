"""Keeps what plug-ins print out of the report, which may be on standard output."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout

_STDOUT, _STDERR = 1, 2


@contextmanager
def output_to_stderr(enabled: bool = True) -> Iterator[None]:
    """Send standard output to standard error, also that of other processes started here.

    The file descriptor is redirected as well as ``sys.stdout``, because a plug-in may write
    to it directly, or start a program that does.
    """
    if not enabled:
        yield
        return
    _flush()
    saved = _duplicate(_STDOUT)
    try:
        if saved is not None:
            os.dup2(_STDERR, _STDOUT)
        with redirect_stdout(sys.stderr):
            yield
    finally:
        _flush()
        if saved is not None:
            os.dup2(saved, _STDOUT)
            os.close(saved)


def _flush() -> None:
    """Write what is in buffers, also in that of ``sys.__stdout__``, which a plug-in may use."""
    for stream in (sys.stdout, sys.__stdout__, sys.stderr):
        if stream is not None and not stream.closed:
            stream.flush()


def _duplicate(descriptor: int) -> int | None:
    """A copy of a file descriptor; None where it is closed."""
    try:
        return os.dup(descriptor)
    except OSError:
        return None
