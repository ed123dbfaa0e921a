"""Wraps lines at the width of a terminal."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=512)  # the findings of a rule have few helps
def wrap(line: str, columns: int, *, indent: str = "") -> tuple[str, ...]:
    """A line in pieces of so many columns, later ones indented; none of an empty line.

    URLs and paths stay whole. wcwidth, which does what textwrap does and knows how wide
    characters are, is imported only where that is in question: its tables cost a tenth of a run
    on one article.
    """
    text = line.rstrip()
    plain = line.isascii() and line.isprintable()
    if text and len(line) <= columns and plain:
        return (text,)
    if plain:
        from textwrap import wrap as wrap_text
    else:
        from wcwidth import wrap as wrap_text
    return tuple(
        wrap_text(
            line, columns, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False
        )
    )
