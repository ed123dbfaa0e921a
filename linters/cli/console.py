"""Standard output and error, whatever is at their other end."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable

from linters.cli.exit_status import ExitStatus


def with_console(main: Callable[[], int]) -> int:
    """Run a program's main; returns its exit status.

    Characters that the console's encoding lacks are printed as escapes, and a reader that
    goes away (``articlelint check | head``) ends the program without a traceback.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    _understand_escape_sequences()
    try:
        status = main()
        sys.stdout.flush()
    except BrokenPipeError:
        # What is left in the buffer must go somewhere when the interpreter flushes it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitStatus.PIPE_CLOSED
    return status


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
