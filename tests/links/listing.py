"""Links of a text as short tuples, for tests."""

from __future__ import annotations

from linters.article.article import Article
from linters.links.extraction import extract
from linters.links.facts import Use


def links(text: str, path: str = "a.md") -> list[tuple[str, str, str]]:
    """(url, the text of its range, syntax) of every link of a text."""
    article = Article(path, text)
    found = []
    for link in extract(article).links:
        if link.use is Use.SPACED:
            continue
        start, end = (article.lines.offset(position) for position in link.range)
        assert link.written == article.text[start:end]
        found.append((link.url, link.written, str(link.syntax)))
    return found


def urls(text: str, path: str = "a.md") -> list[str]:
    """The URL of every link of a text."""
    return [url for url, _, _ in links(text, path)]
