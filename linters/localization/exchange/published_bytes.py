"""The published text of side-by-side articles, as the build writes it."""

from __future__ import annotations

from linters.article.article import Article

_BOM = b"\xef\xbb\xbf"


def published_bytes(article: Article) -> bytes:
    """The article's bytes without markers and source sides; all other bytes are kept."""
    data = article.published.text.encode()
    return _BOM + data if article.bom else data


def leftover_lines(article: Article) -> tuple[int, ...]:
    """The 1-based lines of the article with damaged segments."""
    offsets = (damage.extent.start for damage in article.tokens.damages)
    return tuple(dict.fromkeys(article.lines.position(offset).line for offset in offsets))
