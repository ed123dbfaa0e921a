"""Something that the run ignored or skipped, and why."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Note:
    """A message that is not a finding and never changes the exit status.

    ``path`` is relative to the root, ``line`` 1-based; None without such a place.
    """

    message: str
    path: str | None = None
    line: int | None = None

    def __str__(self) -> str:
        """``path:line: message``, as far as the place is known."""
        place = [str(part) for part in (self.path, self.line) if part is not None]
        return f"{':'.join(place)}: {self.message}" if place else self.message

    def sort_key(self) -> tuple[str, int, str]:
        """By path, line and message; notes without a path come first."""
        return self.path or "", self.line or 0, self.message
