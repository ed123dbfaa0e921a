"""The locale of an article."""

from __future__ import annotations

import re
from pathlib import PurePath

from linters.article.article import Article
from linters.model.settings import Settings

_LOCALE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?")
_SUFFIX = re.compile(r"[.-]([a-z]{2,3}(?:-[A-Z][a-z]{3})?-[A-Za-z]{2})(?:[.-](?:sxs|live).*)?$")


def locale_of(article: Article, settings: Settings) -> str | None:
    """The locale (BCP 47) that an article is written in; None if nothing tells.

    The configuration decides, else ``ms.contentlocale`` of the front matter, else the end
    of the name of the folder that the configuration stands for (``docs.nb-NO``).
    """
    if settings.localization.locale:
        return settings.localization.locale
    value = article.header.values.get("ms.contentlocale") if article.header else None
    if isinstance(value, str) and _LOCALE.fullmatch(value.strip()):
        return value.strip()
    suffix = _SUFFIX.search(PurePath(settings.directory).name)
    return suffix[1] if suffix else None
