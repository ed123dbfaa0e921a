"""Links by their offsets in a text."""

from __future__ import annotations

from typing import NamedTuple

from linters.links.facts import Use
from linters.model.link import Syntax


class ScannedLink(NamedTuple):
    """A link in a scanned text; offsets are 0-based code points, the end is exclusive."""

    url: str
    start: int
    end: int
    syntax: Syntax
    use: Use
