"""The installed distributions, by the names of their folders.

``importlib.metadata`` reads more, but importing it costs a tenth of a run on one article.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import cache

_ENDINGS = (".dist-info", ".egg-info")


@cache
def distributions() -> tuple[str, ...]:
    """Name and version of every distribution, as in ``msgspec-0.20.0.dist-info``."""
    return tuple(sorted({name for _, name in _folders()}))


def may_have_entry_points(group: str) -> bool:
    """Whether a distribution may have entry points of a group.

    True as well where distributions are in archives, which this does not read.
    """
    if any(os.path.isfile(place) and not _is_standard(place) for place in sys.path):
        return True
    wanted = f"[{group}]".encode()
    for folder, name in _folders():
        try:
            with open(os.path.join(folder, name, "entry_points.txt"), "rb") as file:
                if wanted in file.read():
                    return True
        except OSError:
            continue
    return False


def _is_standard(place: str) -> bool:
    """Whether an archive is the standard library's own (``python311.zip``)."""
    return os.path.basename(place).startswith("python")


def _folders() -> Iterator[tuple[str, str]]:
    for place in sys.path:
        try:
            names = os.listdir(place or ".")
        except OSError:
            continue
        yield from ((place, name) for name in names if name.endswith(_ENDINGS))
