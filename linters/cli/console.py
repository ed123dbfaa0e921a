"""Standard output and error, whatever is at their other end."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable

CLOSED = 141  # what a shell reports of a program that SIGPIPE ended


def with_console(main: Callable[[], int]) -> int:
    """Run a program's main; returns its exit status.

    Characters that the console's encoding lacks are printed as escapes, and a reader that
    goes away (``articlelint check | head``) ends the program without a traceback.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        status = main()
        sys.stdout.flush()
    except BrokenPipeError:
        # What is left in the buffer must go somewhere when the interpreter flushes it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLOSED
    return status
