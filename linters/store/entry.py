"""What is stored, and how storing fails; importing this costs nothing."""

from __future__ import annotations

from dataclasses import dataclass


class StoreError(Exception):
    """The file cannot be used; it is left as it is."""


class StoreDamagedError(StoreError):
    """The file is not one of ours, or is damaged."""


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """One stored value; ``time`` is in seconds since the epoch, ``run`` is 0 in the cache."""

    value: bytes
    time: float
    run: int = 0
