"""What a git diff against a base revision touches."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from linters.model.note import Note


@dataclass(frozen=True, slots=True)
class Diff:
    """What has changed since a base revision (``--since``).

    ``lines``: path to the 1-based line numbers that are new or changed, for every file that
    differs. ``removed``: deleted paths, ``renamed``: old path to new path; ``bases``: path of
    today to the text before. ``notes`` say where the comparison is not exact.
    A finding on an untouched line that the change causes has ``Finding.by_change`` set.
    """

    revision: str
    lines: Mapping[str, Collection[int]] = field(default_factory=dict)
    removed: frozenset[str] = frozenset()
    renamed: Mapping[str, str] = field(default_factory=dict)
    bases: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
