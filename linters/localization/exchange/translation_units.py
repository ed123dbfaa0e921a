"""Translation units: the content of the exchange formats."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from linters.article.article import Article
from linters.localization.header_fields import localization_values
from linters.model.finding import Position

UNKNOWN_LOCALE = "und"


class Languages(NamedTuple):
    """The language tags of source and target (BCP 47); ``und`` for an unknown one."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Unit:
    """One segment of one article; ``state`` is MT, HT, or None if the header has no state."""

    path: str
    id: str
    place: Position
    source: str
    target: str
    state: str | None
    languages: Languages


def units(article: Article, path: str, languages: Languages) -> Iterator[Unit]:
    """The units of an article in the order of its segments; ``path`` is its name in the file."""
    state = localization_values(article).get("ms.translationtype") or None
    text = article.text
    for segment in article.segments:
        yield Unit(
            path=path,
            id=segment.id,
            place=article.lines.position(segment.opener.start),
            source=text[segment.source.start : segment.source.end],
            target=text[segment.target.start : segment.target.end],
            state=state,
            languages=languages,
        )
