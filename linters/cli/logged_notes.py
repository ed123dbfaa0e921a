"""What is logged below the commands (a cache that cannot be used) as notes on standard error."""

from __future__ import annotations

import logging

from linters.cli.output import print_note


class _Notes(logging.Handler):
    """Prints each message once as a note."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._printed: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        """Print the message of a record."""
        message = record.getMessage()
        if message not in self._printed:
            self._printed.add(message)
            print_note(message)


def show_logged_notes(*, quiet: bool) -> None:
    """Print warnings as notes from now on; with ``quiet`` (``-q``) do not print them."""
    logger = logging.getLogger("articlelint")
    logger.handlers = [logging.NullHandler() if quiet else _Notes()]
