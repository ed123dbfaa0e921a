"""The facts of one article's metadata that findings across articles need."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from urllib.parse import unquote

from linters.article.article import Article
from linters.metadata.header_detection import find_reason

MAX_HEADER = 64 * 1024

_INCLUDE = re.compile(
    r"\[!include(?:-[^\[\]]*)?[ \t]*\[[^\[\]]*\][ \t]*\([ \t]*<?(?P<path>[^)>\r\n]+)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class MetadataFacts:
    """``header`` is the YAML between the delimiters, ``start`` the offset where it begins.

    ``header`` is None without front matter; ``bare`` says that there is not even damaged
    front matter. ``includes`` are the root-relative paths that the article includes.
    """

    header: str | None = None
    start: int = 0
    bare: bool = False
    includes: tuple[str, ...] = ()


def collect_facts(article: Article) -> MetadataFacts | None:
    """The facts of one article; None for YAML files."""
    if article.is_yaml:
        return None
    includes = tuple(_includes(article)) if "[!" in article.text else ()
    header = article.header
    if header is None:
        bare = find_reason(article.text) is None
        return MetadataFacts(bare=bare, includes=includes)
    text = header.text if len(header.text) <= MAX_HEADER else None
    return MetadataFacts(text, header.content.start, includes=includes)


def _includes(article: Article) -> list[str]:
    folder = posixpath.dirname(article.path)
    paths = []
    for match in _INCLUDE.finditer(article.text):
        target = unquote(match["path"].strip()).split(' "')[0].replace("\\", "/")
        if not target.startswith(("~", "/", "http:", "https:")):
            target = posixpath.join(folder, target)
        paths.append(posixpath.normpath(target.lstrip("~/")))
    return paths
