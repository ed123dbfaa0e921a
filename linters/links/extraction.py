"""Every link of an article with the exact range of its destination, and its anchors.

Links are those of CommonMark and GFM, of raw HTML, and of the Microsoft Learn dialect, in
what a reader gets: never in code, comments or the source side of a segment.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from linters.article.article import Article
from linters.links.facts import Link, LinkFacts
from linters.links.markdown_links import read_markdown
from linters.links.scanned_link import Found
from linters.links.yaml_links import yaml_links

_LOCALIZED = re.compile(r"^ms\.(?:openlocfilehash|contentlocale):", re.MULTILINE)


def extract(article: Article, url_keys: Sequence[str] = ()) -> LinkFacts:
    """The links and anchors of an article, in reading order.

    ``url_keys`` are the header keys whose values are links. References are placed once, at
    their definition; a definition that nothing uses is no link.
    """
    if article.is_yaml:
        toc = article.path.rpartition("/")[2].lower().startswith("toc.")
        found = yaml_links(article.text, 0, len(article.text), toc=toc)
        return LinkFacts(tuple(_links(article, found)), None)
    header: Iterable[Found] = ()
    if url_keys and article.header:
        start, end = article.header.content
        header = yaml_links(article.text, start, end, frozenset(url_keys), toc=False)
    published = article.published
    shift = published.published(article.body)
    body = read_markdown(published.text, shift, article.markdown)
    original = published.original_extent
    placed = (link._replace(**original(link.start, link.end)._asdict()) for link in body.links)
    links = (*_links(article, header), *_links(article, placed))
    return LinkFacts(links, tuple(body.anchors), _is_localized(article))


def _is_localized(article: Article) -> bool:
    """Whether the article has segments or a localization block (told without reading YAML)."""
    if article.segments:
        return True
    content = article.header.content if article.header else None
    return content is not None and bool(_LOCALIZED.search(article.text, *content))


def _links(article: Article, found: Iterable[Found]) -> Iterator[Link]:
    for url, start, end, syntax, use in found:
        place = article.lines.range(start, end)
        yield Link(url, article.text[start:end], syntax, use, place)
