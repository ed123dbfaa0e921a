"""The published text: what the build makes of a side-by-side article."""

from __future__ import annotations

import re

from linters.article import Article

_LEFTOVER = re.compile(r"data-ttu-id|data-stu-id|sxs-lookup")
_BOM = b"\xef\xbb\xbf"


def published_bytes(article: Article) -> bytes:
    """The article's file without markers and source sides; every other byte is kept."""
    data = article.published.text.encode()
    return _BOM + data if article.bom else data


def leftover_lines(article: Article) -> tuple[int, ...]:
    """The 1-based lines of the article with markers that belong to no whole segment."""
    published = article.published
    offsets = (match.start() for match in _LEFTOVER.finditer(published.text))
    lines = (article.lines.position(published.original(offset)).line for offset in offsets)
    return tuple(dict.fromkeys(lines))
