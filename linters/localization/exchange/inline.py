"""Splits a segment into text and inline codes (markup that translators must keep).

Codes are Markdown's links, images, emphasis and code spans (CommonMark 6), HTML tags and
comments, and docfx's includes, alert markers and cross-references. Scanning takes time
linear in the segment's length.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Literal, NamedTuple

from linters.article.includes import INCLUDE

CodeType = Literal["fmt", "link", "image", "other"]


class Side(Enum):
    """The position of a code: standalone, or a side of a pair."""

    ALONE = "alone"
    OPENS = "opens"
    CLOSES = "closes"


@dataclass(frozen=True, slots=True)
class InlineCode:
    """One inline code as written.

    ``number`` counts the codes of the segment from 1, in order; both sides of a pair have the
    same number. ``type`` is the code's type in XLIFF 2.0.
    """

    text: str
    type: CodeType
    number: int
    side: Side = Side.ALONE


Part = str | InlineCode

_TOKEN = re.compile(
    rf"""
      (?P<escape>   \\[!-/:-@\[-`{{-~] )
    | (?P<ticks>    `+ )
    | (?P<comment>  <!-- )
    | (?P<tag>      </?[A-Za-z][^<>]*> )
    | (?P<include>  {INCLUDE.pattern} )
    | (?P<alert>    \[![A-Za-z]+\] )
    | (?P<image>    !\[ )
    | (?P<opener>   \[ )
    | (?P<closer>   \](?:\((?:[^()\\]|\\.|\([^()]*\))*\)|\[[^\[\]]*\])? )
    | (?P<emphasis> \*+|_+|~~ )
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)


class _Span(NamedTuple):
    """A code between two offsets of the segment; ``pair`` is shared by both sides."""

    start: int
    end: int
    type: CodeType
    side: Side
    pair: int


def split(text: str) -> tuple[Part, ...]:
    """The segment as text and codes; joined, they are the segment."""
    parts: list[Part] = []
    position = 0
    numbers: dict[int, int] = {}
    for span in sorted(_InlineScanner(text).spans()):
        if span.start > position:
            parts.append(text[position : span.start])
        number = numbers.setdefault(span.pair, len(numbers) + 1)
        parts.append(InlineCode(text[span.start : span.end], span.type, number, span.side))
        position = span.end
    if position < len(text):
        parts.append(text[position:])
    return tuple(parts)


def align(source: Sequence[Part], target: Sequence[Part]) -> dict[int, int]:
    """The target's code numbers, each mapped to the number of the same code in the source.

    Codes are the same if their texts are equal; repeated ones are matched by order. A code
    that the source lacks gets a number that no code of the source has.
    """
    free: dict[tuple[str, ...], list[int]] = {}
    for number, key in reversed(_texts(source).items()):
        free.setdefault(key, []).append(number)
    added = max(_texts(source), default=0)
    numbers: dict[int, int] = {}
    for number, key in _texts(target).items():
        if free.get(key):
            numbers[number] = free[key].pop()
        else:
            added += 1
            numbers[number] = added
    return numbers


def _texts(parts: Sequence[Part]) -> dict[int, tuple[str, ...]]:
    texts: dict[int, tuple[str, ...]] = {}
    for part in parts:
        if isinstance(part, InlineCode):
            texts[part.number] = (*texts.get(part.number, ()), part.text)
    return texts


class _InlineScanner:
    """Pairs brackets and emphasis marks; unpaired ones are text.

    Brackets are paired before emphasis, which cannot cross them (CommonMark 6.3).
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._ticks: dict[int, list[int]] = {}
        for run in re.finditer("`+", text):
            self._ticks.setdefault(len(run[0]), []).append(run.start())
        self._found: list[_Span] = []

    def spans(self) -> list[_Span]:
        """All codes, unordered."""
        brackets: dict[int, CodeType | None] = {}
        marks = list(self._tokens())
        self._pair_brackets(marks, brackets)
        self._pair_emphasis(marks, brackets)
        return self._found

    def _tokens(self) -> Iterator[re.Match[str]]:
        """Brackets and emphasis marks; standalone codes are recorded on the way."""
        position = 0
        while token := _TOKEN.search(self._text, position):
            kind = token.lastgroup
            position = token.end()
            if kind == "ticks":
                position = self._code_span(token)
            elif kind == "comment":
                end = self._text.find("-->", position)
                position = self._alone(token, len(self._text) if end < 0 else end + 3)
            elif kind in ("tag", "include", "alert"):
                self._alone(token, position)
            elif kind != "escape":
                yield token

    def _code_span(self, token: re.Match[str]) -> int:
        length = len(token[0])
        starts = self._ticks.get(length, [])
        following = bisect_left(starts, token.end())
        if following == len(starts):
            return token.end()
        return self._alone(token, starts[following] + length)

    def _pair_brackets(
        self, marks: Iterable[re.Match[str]], brackets: dict[int, CodeType | None]
    ) -> None:
        """Fill ``brackets``: offset of each paired bracket to its type, None for closing ones."""
        openers: list[re.Match[str]] = []
        for mark in marks:
            if mark.lastgroup in ("image", "opener"):
                openers.append(mark)
            elif mark.lastgroup == "closer" and openers:
                opener = openers.pop()
                if len(mark[0]) > 1:
                    kind: CodeType = "image" if opener.lastgroup == "image" else "link"
                    self._pair(opener, mark, kind)
                    brackets[opener.start()] = kind
                    brackets[mark.start()] = None

    def _pair_emphasis(
        self, marks: Iterable[re.Match[str]], brackets: Mapping[int, CodeType | None]
    ) -> None:
        scopes = [_Emphasis()]
        for mark in marks:
            if mark.lastgroup == "emphasis":
                opener = scopes[-1].take(mark, self._text)
                if opener is not None:
                    self._pair(opener, mark, "fmt")
            elif mark.start() in brackets:
                if brackets[mark.start()] is None:
                    scopes.pop()
                else:
                    scopes.append(_Emphasis())

    def _alone(self, token: re.Match[str], end: int) -> int:
        self._found.append(_Span(token.start(), end, "other", Side.ALONE, token.start()))
        return end

    def _pair(self, opener: re.Match[str], closer: re.Match[str], kind: CodeType) -> None:
        start, end = opener.span()
        self._found.append(_Span(start, end, kind, Side.OPENS, start))
        self._found.append(_Span(*closer.span(), kind, Side.CLOSES, start))


class _Emphasis:
    """The unclosed emphasis marks between two brackets."""

    def __init__(self) -> None:
        self._open: list[re.Match[str]] = []
        self._waiting: Counter[str] = Counter()

    def take(self, mark: re.Match[str], text: str) -> re.Match[str] | None:
        """The opener that a mark closes, or None; marks between the two are text."""
        before = text[mark.start() - 1 : mark.start()]
        after = text[mark.end() : mark.end() + 1]
        if mark[0][0] == "_" and before.isalnum() and after.isalnum():
            return None
        if self._waiting[mark[0]] and before and not before.isspace():
            while True:
                opener = self._open.pop()
                self._waiting[opener[0]] -= 1
                if opener[0] == mark[0]:
                    return opener
        if after and not after.isspace():
            self._open.append(mark)
            self._waiting[mark[0]] += 1
        return None
