"""Standard output and error, whatever is at their other end."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Callable
from contextlib import suppress

from linters.cli.exit_status import ExitStatus

_DISK_ERRORS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


def with_console(main: Callable[[], int]) -> int:
    """Run a program's main; returns its exit status.

    Characters that the console's encoding lacks are printed as escapes. A reader that goes away
    (``articlelint check | head``) and a full disk end the program without a traceback.
    """
    _buffer_output()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    _understand_escape_sequences()
    try:
        status = main()
        sys.stdout.flush()
        with suppress(OSError, ValueError):  # what a plug-in prints at exit is not of the report
            os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    except OSError as error:
        if not (isinstance(error, BrokenPipeError) or error.errno in _DISK_ERRORS):
            raise
        # What is left in the buffer must go somewhere when the interpreter flushes it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            return ExitStatus.PIPE_CLOSED
        with suppress(OSError):
            print(
                f"articlelint: error: output cannot be written: {error.strerror}", file=sys.stderr
            )
        return ExitStatus.ERROR
    return status


def _buffer_output() -> None:
    """Give standard output a buffer where it has none (``python -u``, PYTHONUNBUFFERED).

    Without one, what a signal interrupts is written in part and the rest is lost.
    """
    raw = getattr(sys.stdout, "buffer", None)
    if isinstance(raw, io.RawIOBase):
        sys.stdout = io.TextIOWrapper(
            io.BufferedWriter(raw), sys.stdout.encoding, line_buffering=raw.isatty()
        )


def _understand_escape_sequences() -> None:
    """Have old Windows consoles take colours for colours; elsewhere they always do."""
    if sys.platform != "win32":
        return
    import ctypes

    for number in (-11, -12):  # standard output, standard error
        handle = ctypes.windll.kernel32.GetStdHandle(number)
        mode = ctypes.c_ulong()
        if ctypes.windll.kernel32.GetConsoleMode(handle, ctypes.byref(mode)):
            # ENABLE_VIRTUAL_TERMINAL_PROCESSING
            ctypes.windll.kernel32.SetConsoleMode(handle, mode.value | 0x0004)
