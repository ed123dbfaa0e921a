"""The directives of articles: ``<!-- articlelint-disable-next-line CODES -- reason -->``.

In Markdown they are HTML comments of the published text, never code; in front matter and
YAML files comments ``# articlelint-disable-line CODES``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from linters.article.article import Article
from linters.findings import rule_selectors
from linters.model.finding import Edit, Extent, Range

WORD = "articlelint-"
MAX_DIRECTIVES = 1000
MAX_WORDS = 50
NEXT_LINE, DISABLE, ENABLE, LINE = "disable-next-line", "disable", "enable", "disable-line"

_NAME = "articlelint"
_DIRECTIVE = re.compile(r"\s*articlelint-(?P<verb>[\w-]*)(?P<rest>.*)", re.DOTALL)
# "articlelint: disable X", "articlelint disable X" and "articlelint-disable: X" are what other
# tools write; here they suppress nothing and are reported.
_MISSPELT = re.compile(
    r"\s*(?P<spelling>articlelint(?P<mark>\s*:\s*|\s+|-)(?P<verb>(?:dis|en)able[\w-]*)(?P<colon>:?))"
    r"(?P<rest>.*)",
    re.DOTALL,
)
_QUOTED = re.compile(r"""(?<=[:\s\[{,-])(?:"(?:\\.|[^"\\])*"|'[^']*')""")
_QUOTE = re.compile(r"""(?:^|[:\s\[{,-])["']""")
_YAML_COMMENT = re.compile(r"(?:^|(?<=\s))#(?P<text>\s*articlelint[-:\s].*)")


@dataclass(frozen=True, slots=True)
class Directive:
    """One directive: its verb, words and reason as written, and the range of its comment.

    ``removal`` takes the comment out without a change to what the article says; it is None
    where Markdown would read what remains in another way. ``spelling`` is how a misspelt
    directive begins; it is not applied, and its verb is the one that was meant.
    """

    verb: str
    words: tuple[str, ...]
    range: Range
    reason: str | None = None
    removal: Edit | None = None
    in_yaml: bool = False
    spelling: str | None = None

    def comment(self, words: Iterable[str]) -> str:
        """The comment of this directive with other words."""
        return write_comment(self.verb, words, self.reason, in_yaml=self.in_yaml)


def write_comment(
    verb: str, words: Iterable[str], reason: str | None, *, in_yaml: bool = False
) -> str:
    """The comment of a directive, as Markdown or YAML writes it."""
    text = f"{WORD}{verb} {', '.join(words)}"
    if reason:
        text += f" -- {reason}"
    return f"# {text}" if in_yaml else f"<!-- {text} -->"


def find_directives(article: Article) -> tuple[Directive, ...]:
    """The directives of an article in order, misspelt ones included.

    All of them; only the first ``MAX_DIRECTIVES`` are applied, with fifty words each.
    """
    if _NAME not in article.text:
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
        comment = _yaml_comment(line) if _NAME in line else None
        if comment is None:
            continue
        start = article.lines.line_start(number)
        extent = Extent(start + comment.start(), start + comment.end())
        directive = _read(article, comment["text"], extent, in_yaml=True)
        if directive is not None:
            yield directive


def _yaml_comment(line: str) -> re.Match[str] | None:
    """The directive's comment at the end of a line of YAML, unless it is in a quoted value."""
    for match in _YAML_COMMENT.finditer(line):
        before = _QUOTED.sub("", line[: match.start()])
        if not _QUOTE.search(before):
            return match
    return None


def _read(
    article: Article, text: str, extent: Extent, *, in_yaml: bool = False
) -> Directive | None:
    misspelt = _MISSPELT.match(text)
    if misspelt is not None and misspelt["mark"] == "-" and not misspelt["colon"]:
        misspelt = None
    match = misspelt or _DIRECTIVE.match(text)
    if match is None:
        return None
    words, *reason = re.split(r"(?:^|\s)--(?:\s|$)", match["rest"], maxsplit=1)
    return Directive(
        verb=match["verb"],
        words=rule_selectors.split(words)[:MAX_WORDS],
        range=article.range(extent),
        reason=" ".join(reason[0].split()) or None if reason else None,
        removal=_removal(article, extent, in_yaml=in_yaml),
        in_yaml=in_yaml,
        spelling=misspelt["spelling"] if misspelt else None,
    )


def _removal(article: Article, extent: Extent, *, in_yaml: bool) -> Edit | None:
    """The edit that deletes a comment, with its line where nothing else is on it."""
    text, lines = article.text, article.lines
    first, last = (lines.position(offset).line for offset in extent)
    before = text[lines.line_start(first) : extent.start]
    after = lines.line(last)[extent.end - lines.line_start(last) :]
    if before.strip():
        start = extent.start - (len(before) - len(before.rstrip()) if not after.strip() else 0)
        return _deletion(article, start, extent.end)
    if after.strip():
        return None  # a line that begins with a comment is HTML to its end
    neighbours = [
        lines.line(number) for number in (first - 1, last + 1) if 1 <= number <= len(lines)
    ]
    start = lines.line_start(first)
    parts = len(neighbours) == 2 and all(map(str.strip, neighbours)) and not in_yaml
    if parts or last == len(lines):
        # The comment parts two paragraphs: an empty line does so as well.
        return _deletion(article, start, extent.end + len(after))
    return _deletion(article, start, lines.line_start(last + 1))


def _deletion(article: Article, start: int, end: int) -> Edit:
    place = article.range(Extent(start, end))
    return Edit(place.start, place.end, "")
