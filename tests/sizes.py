"""How much the large tests do: a part of it every time, and all of it where that is asked for."""

from __future__ import annotations

import os

VARIABLE = "ARTICLELINT_TEST_SIZE"
FULL = os.environ.get(VARIABLE) == "full"


def size(default: int, full: int) -> int:
    """A number of examples or kills."""
    return full if FULL else default
