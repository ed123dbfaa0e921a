"""A segment's two texts, and the inline Markdown in them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from linters.article.article import Article
from linters.article.segments.segment import Segment
from linters.localization.problem import Problem
from linters.model.finding import Extent

Edits = Sequence[tuple[int, int, str]]

CODE = re.compile(r"(?<![`\\])(`++)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_HTML = re.compile(r"<(?!xref:)/?[A-Za-z][^<>\n]*>|<!--.*?-->", re.DOTALL)
_URL = re.compile(
    r"(?:https?|ftp|mailto|xref):[^\s<>()\[\]\"']+|www\.[^\s<>()\[\]\"']+", re.IGNORECASE
)
LINK = re.compile(
    r"""(?<!\\)(?P<image>!?)\[
    (?P<text>(?:[^\[\]\\]|\\.|!?\[(?:[^\[\]\\]|\\.)*+\](?:\([^()\s]*+\))?)*+)
    \]\(\s*+
    (?P<url><[^<>\n]*+>|(?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.)*+\))*+)
    (?P<title>\s++(?:"[^"]*+"|'[^']*+'|\([^()]*+\)))?\s*+\)""",
    re.VERBOSE | re.DOTALL,
)
_LOCALE = re.compile(
    r"^((?:https?://[^/]+)?)/[a-z]{2,3}(?:-[a-z]{4})?-[a-z]{2}(?=[/?#]|$)", re.IGNORECASE
)
_SCHEME_HOST = re.compile(r"^(?:https?://)([^/?#]+)", re.IGNORECASE)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


@dataclass(frozen=True, slots=True)
class Translated:
    """Target and source of one segment; ``start`` is where the target begins."""

    segment: Segment
    target: str
    source: str
    start: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "start", self.segment.bounds[1])

    def problem(
        self,
        rule: str,
        extent: tuple[int, int] | None,
        message: str,
        edits: Edits = (),
        *,
        safe: bool = True,
    ) -> Problem:
        """A problem at an extent of the target (all of it for None), edits likewise."""
        start, end = extent or (0, len(self.target))
        shift = self.start
        return Problem(
            rule=rule,
            extent=Extent(start + shift, end + shift),
            message=message,
            segment=self.segment,
            edits=tuple((Extent(one + shift, two + shift), text) for one, two, text in edits),
            safe=safe,
        )


def translated(article: Article, segments: Sequence[Segment]) -> Iterator[Translated]:
    """The texts of an article's segments."""
    text = article.text
    for segment in segments:
        _, target, lookup, source, closer, _ = segment.bounds
        yield Translated(segment, text[target:lookup], text[source:closer])


def blank(pattern: re.Pattern[str], text: str) -> str:
    """A text of the same length with spaces for all that a pattern matches."""
    return pattern.sub(lambda match: " " * len(match[0]), text)


def without_code(text: str) -> str:
    """A text of the same length without code spans."""
    return blank(CODE, text) if "`" in text else text


def prose(text: str) -> str:
    """A text of the same length with its words only: no code, URLs, HTML or destinations."""
    text = without_code(text)
    if "](" in text:
        text = LINK.sub(_link_text, text)
    if "<" in text:
        text = blank(_HTML, text)
    return blank(_URL, text) if ":" in text or "www." in text else text


def _link_text(match: re.Match[str]) -> str:
    start, end = match.span("text")
    begin = match.start()
    return " " * (start - begin) + match["text"] + " " * (match.end() - end)


def normal_url(written: str) -> str:
    """A destination as it is compared: unescaped, without locale, scheme and final slash."""
    url = _ESCAPE.sub(r"\1", html.unescape(written.strip("<>").strip()))
    url = _LOCALE.sub(r"\1", url)
    host = _SCHEME_HOST.match(url)
    if host:
        name = host[1].lower().removeprefix("www.")
        name = "learn.microsoft.com" if name == "docs.microsoft.com" else name
        url = f"//{name}{url[host.end() :]}"
    return url.rstrip("/").casefold().replace("%60", "`").replace("%20", " ")
