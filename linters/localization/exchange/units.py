"""Translation units: the content of the exchange formats."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from linters.article.article import Article
from linters.localization.exchange.header_fields import localization_values
from linters.model.finding import Position

SOURCE_LOCALE = "en-US"
UNKNOWN_LOCALE = "und"
_LOCALE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_REPOSITORY = re.compile(r"\.([a-z]{2,3}(?:-[A-Za-z]{4})?-[A-Z]{2})$")


@dataclass(frozen=True, slots=True)
class Unit:
    """One segment of one article; ``state`` is MT, HT, or None if the header has no state."""

    path: str
    id: str
    place: Position
    source: str
    target: str
    state: str | None
    locale: str


def locale_of(article: Article, configured: str | None, repository: str) -> str:
    """The target's locale: as configured, else the article's, else that of the repository's name.

    ``UNKNOWN_LOCALE`` where none of them is a language tag (RFC 5646).
    """
    stated = configured or localization_values(article).get("ms.contentlocale", "")
    if _LOCALE.fullmatch(stated):
        return stated
    named = _REPOSITORY.search(repository)
    return named[1] if named else UNKNOWN_LOCALE


def units(article: Article, path: str, locale: str) -> Iterator[Unit]:
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
            locale=locale,
        )
