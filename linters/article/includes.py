"""Microsoft Learn's directives in brackets, ``[!INCLUDE [title](path)]`` among them.

The one reader of their syntax (docfx's Markdig extensions). What an article includes is read
where the Markdown parser sees text: in a code span, a code block or HTML it is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from linters.article.article import Article
from linters.article.text.destination import unescape
from linters.article.text.extents import Extents
from linters.article.text.markdown import Event
from linters.model.finding import Extent

_PART = r"[^()\\\x00-\x20\x7f]|\\[^\r\n]"
_WORD = rf"(?:{_PART}|\((?:{_PART}|[ \t]|\((?:{_PART}|[ \t])*+\))*+\))++"


def directive_pattern(name: str) -> str:
    """The pattern of ``[!name[title](path "title")]``; ``name`` is a pattern as well.

    Its groups are ``name``, ``title``, and the path in ``pointed`` (in ``<>``) or ``plain``,
    which may have spaces and pairs of parentheses, as docfx reads it.
    """
    return (
        rf"\[!(?P<name>{name})[ \t]*"
        r"\[(?P<title>(?:[^\[\]\\\r\n]|\\.|\[(?:[^\[\]\\\r\n]|\\.)*+\])*+)\][ \t]*"
        r"\([ \t]*(?:<(?P<pointed>(?:[^<>\\\r\n]|\\.)*+)>"
        rf"|(?!<)(?P<plain>(?:{_WORD}(?:[ \t]++(?![\"']){_WORD})*+)?))"
        r"[ \t]*+(?:(?:\"[^\"\r\n]*\"|'[^'\r\n]*')[ \t]*+)?\)[ \t]*\]"
    )


DIRECTIVE = re.compile(directive_pattern(r"[A-Za-z][\w+#-]*"))
_INCLUDE_NAME = r"(?i:include)(?:-[\w+#-]*)?"
INCLUDE = re.compile(directive_pattern(_INCLUDE_NAME))
_LITERAL = ("code", "inline-html")
_LITERAL_BLOCKS = ("CodeBlock", "HtmlBlock")


class DirectivePath(NamedTuple):
    """A path as a link, escapes and entities decoded, and its extent in the text."""

    path: str
    extent: Extent


def path_of(directive: re.Match[str]) -> DirectivePath:
    """The path of a match of a ``directive_pattern``."""
    extent = Extent(*directive.span("plain" if directive["pointed"] is None else "pointed"))
    return DirectivePath(unescape(directive.string[extent.start : extent.end]), extent)


def is_include(directive: re.Match[str]) -> bool:
    """Whether a match of ``DIRECTIVE`` is an include."""
    return re.fullmatch(_INCLUDE_NAME, directive["name"]) is not None


def includes_of(article: Article) -> tuple[DirectivePath, ...]:
    """The include directives of what readers get of an article, in order.

    Parses the Markdown only where the text has a directive. Extents are those of ``text``.
    """
    if article.is_yaml or INCLUDE.search(article.text) is None:
        return ()
    start = article.published.published(article.body)
    literal = Extents(literal_extents(article.markdown))
    return tuple(
        DirectivePath(include.path, article.published.original_extent(*include.extent))
        for include in (
            path_of(match)
            for match in written_includes(article.published.text, start)
            if not literal.cover(match.start())
        )
    )


def written_includes(text: str, start: int = 0) -> Iterator[re.Match[str]]:
    """The include directives in a text from an offset on, those in code among them."""
    for match in INCLUDE.finditer(text, start):
        if not is_escaped(text, match.start()):
            yield match


def literal_extents(events: Iterable[Event]) -> Iterator[Extent]:
    """The code and HTML among Markdown events, in which no directive begins."""
    for kind, tag, start, end, _ in events:
        if kind in _LITERAL or (kind == "end" and tag in _LITERAL_BLOCKS):
            yield Extent(start, end)


def is_escaped(text: str, offset: int) -> bool:
    """Whether an odd number of backslashes precedes an offset (CommonMark 2.4)."""
    count = 0
    while offset > count and text[offset - count - 1] == "\\":
        count += 1
    return count % 2 == 1
