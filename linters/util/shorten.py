"""Shortens text for display."""

from __future__ import annotations

CUT = "…"
"""The sign that a text goes on."""


def shorten(text: str, limit: int = 80) -> str:
    """The text, or as much of it as fits into ``limit`` code points with ``…`` at the end."""
    return text if len(text) <= limit else text[: limit - len(CUT)] + CUT


def shorten_line(text: str, limit: int = 80) -> str:
    """As ``shorten``, on one line: white space is collapsed."""
    return shorten(" ".join(text.split()), limit)
