"""The files that an article includes, by Microsoft Learn's ``[!INCLUDE [title](path)]``.

The one reader of include directives: the Markdown parser says what is code, so that a
directive in a code span, a code block or HTML is text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from linters.article.article import Article
from linters.model.finding import Extent

_INCLUDE = re.compile(r"\[!include(?:-[\w+#-]*)?[ \t]*\[", re.IGNORECASE)
TITLE = re.compile(r"(?:[^\[\]\\\r\n]|\\.|\[(?:[^\[\]\\\r\n]|\\.)*+\])*+\][ \t]*\([ \t]*")
"""The rest of ``[title](``, after the opening bracket."""

_PATH = re.compile(
    r"<(?P<pointed>[^<>\r\n]*+)>|(?P<plain>(?:[^()\r\n\"'<>]|\([^()\r\n\"'<>]*+\))*+)"
)
_END = re.compile(r"[ \t]*+(?:\"[^\"\r\n]*\"|'[^'\r\n]*')?[ \t]*+\)[ \t]*\]")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


class Include(NamedTuple):
    """One directive: the path as written, escapes decoded, and its extent in the article."""

    path: str
    extent: Extent


def includes_of(article: Article) -> tuple[Include, ...]:
    """The include directives of what readers get of an article, in order.

    Parses the Markdown only where the text has something like a directive.
    """
    if article.is_yaml or _INCLUDE.search(article.text) is None:
        return ()
    text = article.published.text
    start = article.published.published(article.body)
    code = _Extents(
        Extent(event.start, event.end)
        for event in article.markdown
        if event.kind in ("code", "html", "inline-html")
        or (event.kind == "start" and event.tag == "CodeBlock")
    )
    found = []
    for match in _INCLUDE.finditer(text, start):
        if code.cover(match.start()) or is_escaped(text, match.start()):
            continue
        include = _read(text, match.end())
        if include is not None:
            extent = article.published.original_extent(*include.extent)
            found.append(Include(include.path, extent))
    return tuple(found)


def _read(text: str, offset: int) -> Include | None:
    title = TITLE.match(text, offset)
    path = _PATH.match(text, title.end()) if title else None
    if path is None or _END.match(text, path.end()) is None:
        return None
    group = "pointed" if path["pointed"] is not None else "plain"
    written = path[group].rstrip()
    first = path.start(group)
    return Include(_ESCAPE.sub(r"\1", written), Extent(first, first + len(written)))


def is_escaped(text: str, offset: int) -> bool:
    """Whether an odd number of backslashes precedes an offset (CommonMark 2.4)."""
    count = 0
    while offset > count and text[offset - count - 1] == "\\":
        count += 1
    return count % 2 == 1


class _Extents:
    """Extents in order of their starts, which may be nested."""

    def __init__(self, extents: Iterable[Extent]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in extents:
            if not self._ends or end > self._ends[-1]:
                self._starts.append(start)
                self._ends.append(end)

    def cover(self, offset: int) -> bool:
        """Whether an offset is in one of the extents."""
        index = bisect_right(self._starts, offset) - 1
        return index >= 0 and offset < self._ends[index]
