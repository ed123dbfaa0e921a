"""The outcome of comparing an article."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from linters.article.article import Article, UnreadableError
from linters.checker import ResolveContext


class ComparisonState(StrEnum):
    """``COMPARED``, or the reason why an article was not compared."""

    COMPARED = "compared"
    NO_HASH = "without ms.openlocfilehash"
    NO_PUBLISHED = "without a published article of the same ms.openlocfilehash"
    NO_SEGMENTS = "without segments"
    NO_ENGLISH = "without an English article at its path"
    UNREADABLE = "unreadable"


def readable(
    run: ResolveContext, states: dict[str, ComparisonState]
) -> Iterator[tuple[str, Article]]:
    """Path and article of all reported files; unreadable ones are added to ``states``."""
    for path in sorted(run.reported):
        try:
            yield path, run.repository.read(path)
        except UnreadableError:
            states[path] = ComparisonState.UNREADABLE
