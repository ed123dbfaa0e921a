"""Compares texts of which one has backslashes that the sxs generator added.

The generator adds a backslash before ``*``, ``\\``` and ``\\`` in a segment where Markdown might
parse them as markup; the published text does not have these backslashes.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_RUN = re.compile(r"\\*")


def first_difference(
    stripped: str, published: str, in_segment: Callable[[int], bool]
) -> tuple[int, int] | None:
    """The first offsets at which two texts differ by more than added backslashes.

    ``in_segment`` returns whether an offset of ``stripped`` is in a target; backslashes are
    added only there. None if the texts are equal.
    """
    if stripped == published:
        return None
    here = there = 0
    while True:
        same = _common_length(stripped, here, published, there)
        here, there = here + same, there + same
        if here == len(stripped) and there == len(published):
            return None
        start = here
        while start > 0 and here - start < there and stripped[start - 1] == "\\":
            start -= 1
        run = _RUN.match(stripped, start)
        kept = _RUN.match(published, there - (here - start))
        if run is None or kept is None or not in_segment(start):
            return here, there
        if not _only_added(stripped, run, published, kept):
            return here, there
        here, there = run.end(), kept.end()


def _only_added(stripped: str, run: re.Match[str], published: str, kept: re.Match[str]) -> bool:
    """Whether a run grew by at most one backslash before each character that it escapes."""
    escaped = stripped[run.end() : run.end() + 1]
    if escaped != published[kept.end() : kept.end() + 1]:
        return False
    most = 2 * len(kept[0]) + (escaped in ("*", "`"))
    return len(kept[0]) < len(run[0]) <= most


def _common_length(text: str, start: int, other: str, other_start: int) -> int:
    """The number of equal code points after two offsets."""
    most = min(len(text) - start, len(other) - other_start)
    same, step = 0, 64
    while same < most:
        step = min(step, most - same)
        if (
            text[start + same : start + same + step]
            == other[other_start + same : other_start + same + step]
        ):
            same += step
            step *= 2
        elif step == 1:
            break
        else:
            step //= 2
    return same
