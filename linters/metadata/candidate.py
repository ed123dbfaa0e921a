"""A finding with what it is about, so that one damage gives one finding."""

from __future__ import annotations

from dataclasses import dataclass

from linters.model.finding import Extent, Finding

KeyPath = tuple[str | int, ...]
"""Keys and 0-based indices that lead from the header's top level to a value."""

Edits = tuple[tuple[Extent, str], ...]
"""Extents of the article's text and what replaces each."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A finding that is reported unless another one explains it.

    ``path`` leads to the key or value. ``missing`` is the required key that is not set.
    ``meant`` are the keys that misspelt ones were meant to be. ``sets`` is the key that the
    fix gives a value. ``in_key`` says that the key itself is damaged, not its value. A
    ``fallback`` is reported only where no schema reports the key.
    """

    finding: Finding
    path: KeyPath = ()
    missing: str | None = None
    meant: tuple[str, ...] = ()
    sets: str | None = None
    in_key: bool = False
    fallback: bool = False

    @property
    def key(self) -> str:
        """The top-level key; empty where the finding is about none."""
        return str(self.path[0]) if self.path else ""
