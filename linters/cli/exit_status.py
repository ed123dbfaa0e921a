"""The exit statuses of every command."""

from __future__ import annotations

from enum import IntEnum


class ExitStatus(IntEnum):
    """``ERROR`` is a usage, configuration, plug-in or internal error."""

    OK = 0
    FINDINGS = 1
    ERROR = 2
    INTERRUPTED = 130  # 128 + SIGINT, as shells report it
    PIPE_CLOSED = 141  # 128 + SIGPIPE
