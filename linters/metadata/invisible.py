"""Finds invisible characters: zero-width ones and those that change the text's direction."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
)
_JOINERS = "\u200c\u200d"
_MARKS = "\u200e\u200f\u061c\u202a\u202b\u202c\u2066\u2067\u2068\u2069"
"""Direction marks, embeddings and isolates; overrides are not among them."""
_JOINING = re.compile(
    "[\u0600-\u08ff\u0900-\u0dff\u0e80-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefc\u2600-\u27bf"
    "\ufe0f\U0001f000-\U0001faff]"
)


def find_invisible(text: str) -> Iterator[int]:
    """The offsets of invisible characters that have no effect on the visible text.

    Joiners are allowed between letters of joining scripts and inside emoji; direction marks,
    embeddings and isolates in right-to-left text.
    """
    if text.isascii():
        return
    right_to_left: bool | None = None
    for match in _INVISIBLE.finditer(text):
        character, offset = match[0], match.start()
        if character in _JOINERS and _joins(text, offset):
            continue
        if character in _MARKS:
            if right_to_left is None:
                right_to_left = _runs_right_to_left(text)
            if right_to_left:
                continue
        yield offset


def _runs_right_to_left(text: str) -> bool:
    return any(c.isalpha() and unicodedata.bidirectional(c) in ("R", "AL") for c in text)


def _joins(text: str, offset: int) -> bool:
    before = text[offset - 1 : offset] if offset else ""
    return bool(before and _JOINING.match(before))


def describe(character: str) -> str:
    """A character's code point and name."""
    return f"U+{ord(character):04X} {unicodedata.name(character, 'unnamed')}"


def remove_invisible(text: str) -> str:
    """The text without the characters that ``find_invisible`` finds."""
    places = set(find_invisible(text))
    return "".join(c for offset, c in enumerate(text) if offset not in places)
