"""Wraps lines at the width of a terminal."""

from __future__ import annotations


def wrap(line: str, columns: int, *, indent: str = "") -> list[str]:
    """A line in pieces of so many columns, later ones indented; none of an empty line.

    URLs and paths stay whole. wcwidth is imported only where a width is in question: its
    tables cost a tenth of a run on one article.
    """
    text = line.rstrip()
    if text and len(line) <= columns and line.isascii() and line.isprintable():
        return [text]
    from wcwidth import wrap as wrap_text

    return wrap_text(
        line, columns, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False
    )
