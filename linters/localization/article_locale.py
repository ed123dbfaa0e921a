"""The locale of one article."""

from __future__ import annotations

from linters.article.article import Article
from linters.localization.header_fields import localization_values
from linters.model.settings import Settings
from linters.repository.locale import TAG, StatedLocales


def locale_of(article: Article, stated: StatedLocales, settings: Settings) -> str | None:
    """The stated locale of an article's docset, otherwise its own ``ms.contentlocale``."""
    return stated.of(article.path, settings) or content_locale(article)


def content_locale(article: Article) -> str | None:
    """The ``ms.contentlocale`` of an article; None if it is missing or not a language tag."""
    value = localization_values(article).get("ms.contentlocale", "")
    return value if TAG.fullmatch(value) else None
