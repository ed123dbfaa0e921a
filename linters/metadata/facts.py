"""The facts of one article's metadata that findings across articles need."""

from __future__ import annotations

from dataclasses import dataclass

from linters.article.article import Article
from linters.metadata.header_detection import find_reason

MAX_HEADER = 64 * 1024


@dataclass(frozen=True, slots=True)
class MetadataFacts:
    """``header`` is the YAML between the delimiters, None without front matter.

    ``bare`` says that there is not even damaged front matter.
    """

    header: str | None = None
    bare: bool = False


def collect_facts(article: Article) -> MetadataFacts | None:
    """The facts of one article; None for YAML files."""
    if article.is_yaml:
        return None
    header = article.header
    if header is None:
        return MetadataFacts(bare=find_reason(article.text) is None)
    return MetadataFacts(header.text if len(header.text) <= MAX_HEADER else None)
