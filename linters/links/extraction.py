"""Every link of an article with the exact range of its destination, and its anchors.

Links are those of CommonMark and GFM, of raw HTML, and of docfx's Markdown, in the
published text: never in code, comments or the source side of a segment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from linters.article.article import Article
from linters.links.facts import Anchor, AnchorKind, Link, LinkFacts
from linters.links.markdown_links import read_markdown
from linters.links.scanned_link import ScannedLink
from linters.links.yaml_links import yaml_links
from linters.repository.outline import HeaderKind, kind_of_header

_SECTIONS = (
    *("synopsis", "syntax", "description", "examples", "parameters", "inputs", "outputs"),
    *("notes", "related-links"),
)
"""The sections of a PlatyPS page; Learn's build gives them these ids in every language."""


def extract(article: Article, url_keys: Sequence[str] = ()) -> LinkFacts:
    """The links and anchors of an article, in reading order.

    ``url_keys`` are the header keys whose values are links. References are placed once, at
    their definition; a definition without a reference is not a link.
    """
    if article.is_yaml:
        toc = article.path.rpartition("/")[2].lower().startswith("toc.")
        found = yaml_links(article.text, 0, len(article.text), toc=toc)
        return LinkFacts(tuple(_links(article, found)), None)
    header: Iterable[ScannedLink] = ()
    if url_keys and article.header:
        start, end = article.header.content
        header = yaml_links(article.text, start, end, frozenset(url_keys), toc=False)
    published = article.published
    shift = published.published(article.body)
    body = read_markdown(published.text, shift, article.markdown)
    placed: Iterable[ScannedLink] = _taken(body.links)
    if published.text is not article.text:
        original = published.original_extent
        placed = (link._replace(**original(link.start, link.end)._asdict()) for link in placed)
    links = (*_links(article, header), *_links(article, placed))
    return LinkFacts(links, (*body.anchors, *_sections(article)))


def _taken(found: list[ScannedLink]) -> Iterator[ScannedLink]:
    """The links in order; each is freed once it is taken, for an article may have 100,000."""
    found.reverse()
    while found:
        yield found.pop()


def _sections(article: Article) -> Iterator[Anchor]:
    """The ids of a translated reference page, whose headings are not in English."""
    values = article.header.values if article.header is not None else {}
    localized = article.segments or "ms.contentlocale" in values
    if localized and kind_of_header(values) is HeaderKind.REFERENCE:
        for name in _SECTIONS:
            yield Anchor(AnchorKind.ID, (name,))


def _links(article: Article, found: Iterable[ScannedLink]) -> Iterator[Link]:
    for url, start, end, syntax, use in found:
        written = article.text[start:end]
        if written == url:
            written = url  # one object for both
        place = article.lines.range(start, end)
        yield Link(url, written, syntax, use, place)
