"""The published text: what the build makes of a side-by-side article."""

from __future__ import annotations

from linters.article.article import Article

_BOM = b"\xef\xbb\xbf"


def published_bytes(article: Article) -> bytes:
    """The article's file without markers and source sides; every other byte is kept."""
    data = article.published.text.encode()
    return _BOM + data if article.bom else data


def leftover_lines(article: Article) -> tuple[int, ...]:
    """The 1-based lines of the article where a segment is damaged."""
    offsets = (damage.extent.start for damage in article.tokens.damages)
    return tuple(dict.fromkeys(article.lines.position(offset).line for offset in offsets))
