"""How a report is shown to people: colours, width, and paths."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from linters.reports.color import Paint

NARROWEST = 40
DEFAULT_COLUMNS = 80


@dataclass(frozen=True, slots=True)
class Display:
    """What the text formats need to know of the terminal.

    ``columns`` is its width, at least 40; only ``on_terminal`` are long first lines of findings
    wrapped, because logs are searched. ``path`` turns a path of the report into the one
    that is printed: relative to the current folder, so that terminals can open it. Without
    ``summary`` there are findings only.
    """

    color: bool = False
    columns: int = DEFAULT_COLUMNS
    on_terminal: bool = False
    path: Callable[[str], str] = str
    summary: bool = True

    @property
    def paint(self) -> Paint:
        """Styles text, if colours are on."""
        return Paint(self.color)
