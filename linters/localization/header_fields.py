"""Reads the ``ms.`` keys of an article's front matter, even if its YAML is damaged."""

from __future__ import annotations

import re
from collections.abc import Mapping

from linters.article.article import Article

_KEY = re.compile(
    r"""^(ms\.[a-z]+)[ \t]*:[ \t]*(?:"([^"\r\n]*)"|'([^'\r\n]*)'|([^\r\n]*))""", re.MULTILINE
)
_HASH = re.compile(rb"""[\r\n]ms\.openlocfilehash[ \t]*:[ \t]*["']?([0-9A-Za-z]+)""")
HEAD_BYTES = 64 * 1024


def localization_values(article: Article) -> Mapping[str, str]:
    """Key to value, without quotes; the first of repeated keys counts."""
    if article.header is None:
        return {}
    content = article.text[article.header.content.start : article.header.content.end]
    values: dict[str, str] = {}
    for key, double, single, plain in _KEY.findall(content):
        values.setdefault(key, double or single or plain.partition(" #")[0].strip())
    return values


def file_hash(head: bytes) -> str | None:
    """The ``ms.openlocfilehash`` in a file's first bytes, or None."""
    if not head.removeprefix(b"\xef\xbb\xbf").startswith(b"---"):
        return None
    found = _HASH.search(head)
    return found[1].decode() if found else None
