"""Escapes text for XML 1.0."""

from __future__ import annotations

import re

ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPECIAL = re.compile("[&<>\r]")
_SPECIAL_IN_ATTRIBUTE = re.compile('[&<>"\t\n\r]')


def content(text: str) -> str:
    """Text as element content; characters that XML does not allow become U+FFFD."""
    return _SPECIAL.sub(_reference, ILLEGAL.sub("\ufffd", text))


def attribute(text: str) -> str:
    """Text as an attribute value in quotes; white space is kept."""
    return '"' + _SPECIAL_IN_ATTRIBUTE.sub(_reference, ILLEGAL.sub("\ufffd", text)) + '"'


def _reference(match: re.Match[str]) -> str:
    named = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
    return named.get(match[0], f"&#{ord(match[0])};")
