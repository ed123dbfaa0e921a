"""How many columns a character takes on a terminal (Unicode Standard Annex 11)."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=4096)
def character_width(character: str) -> int:
    """0, 1 or 2 columns; the character is no control character.

    Marks and format characters (joiners, variation selectors) take none, wide and full-width
    characters two, those of ambiguous width one.
    """
    if character < "\u0300":
        return 0 if character == "\u00ad" else 1
    if unicodedata.category(character) in ("Mn", "Me", "Cf") or "\u1160" <= character <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def is_right_to_left(character: str) -> bool:
    """Whether some terminals show text around this character in another order."""
    return character >= "\u0590" and unicodedata.bidirectional(character) in ("R", "AL", "AN")
