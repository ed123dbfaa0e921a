"""The directives that articles hold: ``<!-- articlelint-disable-next-line CODES -- reason -->``.

In Markdown they are HTML comments of the published text, never code; in front matter and
YAML files comments ``# articlelint-disable-line CODES``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from linters.article.article import Article
from linters.findings import rule_selectors
from linters.model.finding import Extent, Range

WORD = "articlelint-"
MAX_DIRECTIVES = 1000
MAX_WORDS = 50
NEXT_LINE, DISABLE, ENABLE, LINE = "disable-next-line", "disable", "enable", "disable-line"

_DIRECTIVE = re.compile(r"\s*articlelint-(?P<verb>[\w-]*)(?P<rest>.*)", re.DOTALL)
_QUOTED = re.compile(r"""(?<=[:\s\[{,-])(?:"(?:\\.|[^"\\])*"|'[^']*')""")
_QUOTE = re.compile(r"""(?:^|[:\s\[{,-])["']""")
_YAML_COMMENT = re.compile(r"(?:^|(?<=\s))#(?P<text>\s*articlelint-.*)")


@dataclass(frozen=True, slots=True)
class Directive:
    """One directive: its verb and words as written, and the range of its comment."""

    verb: str
    words: tuple[str, ...]
    range: Range


def find_directives(article: Article) -> tuple[Directive, ...]:
    """The directives of an article in order, misspelt ones included.

    All of them; only the first ``MAX_DIRECTIVES`` are applied, with fifty words each.
    """
    if WORD not in article.text:
        return ()
    found = [*_in_yaml(article), *_in_comments(article)]
    return tuple(sorted(found, key=lambda directive: directive.range))


def _in_comments(article: Article) -> Iterator[Directive]:
    text = article.published.text
    for start, end in _html(article):
        for comment in _comments(text, start, end):
            extent = article.published.original_extent(*comment)
            directive = _read(article, text[comment.start + 4 : comment.end - 3], extent)
            if directive is not None:
                yield directive


def _comments(text: str, start: int, end: int) -> Iterator[Extent]:
    """The extents of the comments that end before ``end``."""
    while (start := text.find("<!--", start, end)) >= 0:
        close = text.find("-->", start + 4, end)
        if close < 0:
            return
        yield Extent(start, close + 3)
        start = close + 3


def _html(article: Article) -> Iterator[Extent]:
    """The extents of HTML in the published text; the lines of a block are one."""
    start = end = -1
    for event in article.markdown:
        if event.kind not in ("html", "inline-html"):
            continue
        if event.start != end:
            if end > start:
                yield Extent(start, end)
            start = event.start
        end = event.end
    if end > start:
        yield Extent(start, end)


def _in_yaml(article: Article) -> Iterator[Directive]:
    if article.is_yaml:
        area = Extent(0, len(article.text))
    elif article.header is not None:
        area = article.header.content
    else:
        return
    first = article.lines.position(area.start).line
    last = article.lines.position(area.end).line
    for number in range(first, last + 1):
        line = article.lines.line(number)
        comment = _yaml_comment(line) if WORD in line else None
        if comment is None:
            continue
        start = article.lines.line_start(number)
        extent = Extent(start + comment.start(), start + comment.end())
        directive = _read(article, comment["text"], extent)
        if directive is not None:
            yield directive


def _yaml_comment(line: str) -> re.Match[str] | None:
    """The directive's comment at the end of a line of YAML, unless a quoted value holds it."""
    for match in _YAML_COMMENT.finditer(line):
        before = _QUOTED.sub("", line[: match.start()])
        if not _QUOTE.search(before):
            return match
    return None


def _read(article: Article, text: str, extent: Extent) -> Directive | None:
    match = _DIRECTIVE.match(text)
    if match is None:
        return None
    words = re.split(r"(?:^|\s)--(?:\s|$)", match["rest"], maxsplit=1)[0]
    return Directive(match["verb"], rule_selectors.split(words)[:MAX_WORDS], article.range(extent))
