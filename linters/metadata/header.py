"""The front matter of an article, with the place of every key and value.

What counts as a header is docfx's: ``---`` on the very first line, closed by a line
``---`` or ``...``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from linters.finding import Extent

_OPENER = re.compile(r"---[ \t]*(?:\r\n|\n|\r)")
_CLOSER = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|\Z)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Header:
    """Front matter; offsets are code points in the article.

    ``content`` is the YAML between the delimiters, ``body`` where the article's body
    begins. ``values`` is empty where the YAML cannot be read.
    """

    content: Extent
    body: int
    values: Mapping[str, Any] = field(default_factory=dict)


def read_header(text: str) -> Header | None:
    """The header of an article's text; None where there is none."""
    opener = _OPENER.match(text)
    if opener is None:
        return None
    closer = _CLOSER.search(text, opener.end())
    if closer is None:
        return None
    content = Extent(opener.end(), closer.start())
    try:
        values = yaml.load(text[content.start : content.end], Loader=yaml.CBaseLoader)  # noqa: S506
    except yaml.YAMLError:
        values = {}
    return Header(content, closer.end(), values if isinstance(values, dict) else {})
