"""What became of an article that was to be compared."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from linters.article.article import Article, UnreadableError
from linters.checker import ResolveContext


class State(StrEnum):
    """All but ``COMPARED`` say why the article was not."""

    COMPARED = "compared"
    NO_HASH = "without ms.openlocfilehash"
    NO_PUBLISHED = "without a published article of the same ms.openlocfilehash"
    NO_SEGMENTS = "without segments"
    NO_ENGLISH = "without an English article at its path"
    UNREADABLE = "unreadable"


def readable(run: ResolveContext, states: dict[str, State]) -> Iterator[tuple[str, Article]]:
    """Path and article of all that is reported on; ``states`` gets those that are none."""
    for path in sorted(run.reported):
        try:
            yield path, run.repository.read(path)
        except UnreadableError:
            states[path] = State.UNREADABLE
