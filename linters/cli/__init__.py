"""The ``articlelint`` command: one module per subcommand; only here is printed or exited.

Imports every layer; nothing imports it. ``linters.cli.main`` is public.
"""

from __future__ import annotations

import os
import sys
from _signal import SIGINT, signal  # type: ignore[import-not-found]  # signal imports enum

TYPE_CHECKING = False  # typing itself costs an import
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

__all__ = ["entry_point", "main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit status. ``argv`` is without the program's name."""
    from linters.cli.command_line import main as run

    return run(argv)


def entry_point() -> NoReturn:
    """The installed command; answers from a stored run where nothing has changed."""
    # Until the command has handlers of its own, Ctrl-C ends the process without a traceback.
    signal(SIGINT, lambda *_: os._exit(130))
    from linters.cli import replay
    from linters.cli.console import with_console

    words = sys.argv[1:]
    stored = replay.find(words) if replay.is_replayable(words) else None
    if stored is not None and stored.output is not None and not stored.changed:
        sys.exit(with_console(stored.output.print))
    from linters.cli.command_line import recorded_main

    sys.exit(with_console(lambda: recorded_main(stored)))
