"""Anchors: the slugs of headings, and how repeated ones are numbered."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_ASCII_DROPPED = re.compile(r"[^a-z0-9_\- ]")


def slugs(heading: str) -> tuple[str, ...]:
    """The slugs of a heading's plain text before numbering, without duplicates.

    GitHub's keeps letters, marks, digits, connector punctuation, hyphens and spaces, which
    become hyphens. Learn's build (Markdig's ``AutoIdentifierOptions.GitHub``) keeps letters,
    decimal digits, ``_``, hyphens and spaces of the Basic Multilingual Plane, and calls an
    empty result ``section``. Space left at the ends by inline HTML may count or not.
    """
    if heading.isascii() and heading == heading.strip():
        slug = _ASCII_DROPPED.sub("", heading.lower()).replace(" ", "-")
        return (slug,) if slug else ("section",)
    both: dict[str, None] = {}
    for text in (heading.strip(), heading):
        both[_github(text)] = None
        both[_markdig(text) or "section"] = None
    both.pop("", None)
    return tuple(both)


def slug_part(text: str) -> str:
    """What a part of a heading adds to the slug that Learn's build gives it."""
    return _markdig(text)


def _github(text: str) -> str:
    return "".join(
        "-" if character == " " else character
        for character in text.lower()
        if character in " -" or _is_word(character)
    )


def _is_word(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character) in (
        "Mn",
        "Mc",
        "Me",
        "Pc",
        "Nl",
    )


def _markdig(text: str) -> str:
    return "".join(
        "-" if character == " " else character.lower()
        for character in text
        if character in " -_"
        or (character <= "\uffff" and (character.isalpha() or character.isdecimal()))
    )


class AnchorSet:
    """The anchors of one page; headings that repeat are numbered from 1 in reading order.

    A number that another heading's slug has taken is skipped (GitHub, Markdig): ``# a-1``,
    ``# a``, ``# a`` give ``a-1``, ``a`` and ``a-2``.
    """

    def __init__(self) -> None:
        self.names: set[str] = set()
        self._counts: dict[str, int] = {}

    def add_heading(self, bases: Iterable[str]) -> None:
        """Add a heading by its slugs before numbering."""
        counts = self._counts
        for base in bases:
            name = base
            while name in counts:
                counts[base] += 1
                name = f"{base}-{counts[base]}"
            counts[name] = 0
            self.names.add(name)

    def add_id(self, name: str) -> None:
        self.names.add(name)
