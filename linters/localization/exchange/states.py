"""What became of an article that was to be compared."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """All but ``COMPARED`` say why the article was not."""

    COMPARED = "compared"
    NO_HASH = "without ms.openlocfilehash"
    NO_PUBLISHED = "without a published article of the same ms.openlocfilehash"
    NO_SEGMENTS = "without segments"
    NO_ENGLISH = "without an English article at its path"
    UNREADABLE = "unreadable"
