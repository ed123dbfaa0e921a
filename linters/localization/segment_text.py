"""The two texts of a segment, and the inline Markdown in them."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from linters.article.article import Article
from linters.article.segments.segment import Segment
from linters.localization.segment_finding import segment_finding
from linters.model.finding import Extent, Finding

CODE = re.compile(r"(?<![`\\])(`++)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
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


class SegmentPair(NamedTuple):
    """The target and the source of one segment of an article."""

    article: Article
    segment: Segment
    target: str
    source: str

    @classmethod
    def of(cls, article: Article, segment: Segment) -> SegmentPair:
        """The pair of a segment."""
        return cls(
            article,
            segment,
            article.text[segment.target_start : segment.target_end],
            article.text[segment.source_start : segment.source_end],
        )

    def finding(
        self,
        rule: str,
        span: tuple[int, int] | None,
        message: str,
        edits: Sequence[tuple[int, int, str]] = (),
        *,
        safe: bool = True,
    ) -> Finding:
        """A finding at a span of the target (None: all of it).

        Span and edits (start, end, new text) are offsets in the target.
        """
        start, end = span or (0, len(self.target))
        shift = self.segment.target_start
        return segment_finding(
            self.article,
            rule,
            Extent(start + shift, end + shift),
            message,
            segment=self.segment,
            edits=[(Extent(first + shift, last + shift), text) for first, last, text in edits],
            safe=safe,
        )


@lru_cache(maxsize=256)
def links_in(text: str) -> tuple[re.Match[str], ...]:
    """The inline links and images of a text (``LINK``); several rules need those of each text."""
    return tuple(LINK.finditer(text)) if "](" in text else ()


def blank(pattern: re.Pattern[str], text: str) -> str:
    """The text with every match of a pattern replaced by as many spaces."""
    return pattern.sub(lambda match: " " * len(match[0]), text)


def without_code(text: str) -> str:
    """The text with every code span replaced by as many letters.

    Letters, because code is content: a link text or bold text may consist of code alone.
    """
    return CODE.sub(lambda match: "x" * len(match[0]), text) if "`" in text else text


def without_code_text(text: str) -> str:
    """The text with every code span replaced by as many spaces."""
    return blank(CODE, text) if "`" in text else text


@lru_cache(maxsize=256)
def normal_url(written: str) -> str:
    """A destination for comparison: unescaped, without locale, scheme and trailing slash."""
    url = _ESCAPE.sub(r"\1", html.unescape(written.strip("<>").strip()))
    url = _LOCALE.sub(r"\1", url)
    host = _SCHEME_HOST.match(url)
    if host:
        name = host[1].lower().removeprefix("www.")
        name = "learn.microsoft.com" if name == "docs.microsoft.com" else name
        url = f"//{name}{url[host.end() :]}"
    return url.rstrip("/").casefold().replace("%60", "`").replace("%20", " ")
