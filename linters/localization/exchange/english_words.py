"""Splits English text into the words that localization keeps.

White space, line breaks, backslash escapes, invisible characters, alternative texts (translated
outside of segments) and empty anchors (added to headings by the generator) are left out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from linters.article.article import Article
from linters.model.finding import Extent

_TOKEN = re.compile(
    r"""
      (?P<skip>  <a\s+(?:name|id)\s*=\s*(?:"[^"<>]*"|'[^'<>]*')(?:\s+class="xliff")?\s*>\s*</a>
               | \\(?=[!-/:-@\[-`{-~])
               | [\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff] )
    | (?P<image> !\[(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*\] )
    | (?P<alt>   \balt(?:-text)?\s*=\s*(?:"[^"]*"|'[^']*') )
    | (?P<word>  \w+ | [^\s\w] )
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text; ``extents`` are their offsets in it."""

    text: str
    words: tuple[str, ...]
    extents: tuple[Extent, ...]


def words_of(text: str, start: int = 0) -> Words:
    """The words of a text after an offset."""
    words: list[str] = []
    extents: list[Extent] = []
    for token in _TOKEN.finditer(text, start):
        kind = token.lastgroup
        if kind != "skip":
            words.append(token[0] if kind == "word" else str(kind))
            extents.append(Extent(*token.span()))
    return Words(text, tuple(words), tuple(extents))


class SourceWords:
    """The words of the source sides of a side-by-side article, and of the text between them."""

    def __init__(self, article: Article) -> None:
        starts: list[int] = []
        owners: list[int | None] = []
        pieces: list[str] = []
        position = article.body
        total = 0

        def add(start: int, end: int, owner: int | None) -> None:
            nonlocal total
            starts.append(total)
            owners.append(owner)
            pieces.append(article.text[start:end])
            total += end - start

        for number, segment in enumerate(article.segments):
            if segment.opener.start >= position:
                add(position, segment.opener.start, None)
                add(*segment.source, number)
                position = segment.closer.end
        add(position, len(article.text), None)
        self.words = words_of("".join(pieces))
        self._owners = [
            owners[bisect_right(starts, extent.start) - 1] for extent in self.words.extents
        ]

    def ranges(self) -> dict[int, tuple[int, int]]:
        """Maps the index of each segment to the range of its words."""
        found: dict[int, tuple[int, int]] = {}
        for word, owner in enumerate(self._owners):
            if owner is not None:
                found[owner] = (found.get(owner, (word, word))[0], word + 1)
        return found

    def touched(self, start: int, end: int) -> Iterator[int]:
        """The segments that contain a range of words.

        An empty range between two words of a segment is inside that segment.
        """
        if start == end and 0 < start < len(self._owners):
            start, end = (start, start + 1) if self._same(start) else (start, start)
        for owner in self._owners[start:end]:
            if owner is not None:
                yield owner

    def before(self, word: int) -> int | None:
        """The index of the last segment before a word, otherwise of the first segment."""
        owners = self._owners
        for index in range(min(word, len(owners)) - 1, -1, -1):
            if owners[index] is not None:
                return owners[index]
        return next((owner for owner in owners if owner is not None), None)

    def _same(self, word: int) -> bool:
        return self._owners[word] is not None and self._owners[word - 1] == self._owners[word]
