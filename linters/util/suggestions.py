"""What was most likely meant by a name that does not exist."""

from __future__ import annotations

import difflib
from collections.abc import Collection
from functools import lru_cache

_NEAR = 0.6
_MAX_COMPARED = 2000
_MAX_COMPARISONS = 50_000


class Likeness:
    """Looks for likeness, in one run only so often: it takes its time.

    Beyond 50,000 comparisons, which only thousands of broken links come to, nothing is
    suggested any more.
    """

    def __init__(self) -> None:
        self._comparisons = 0

    def closest(self, wanted: str, names: Collection[str]) -> list[str]:
        """The two names most like the wanted one, the closest first; those that are like it."""
        self._comparisons += min(len(names), _MAX_COMPARED)
        if self._comparisons > _MAX_COMPARISONS:
            return []
        first = sorted(names)[:_MAX_COMPARED]
        return difflib.get_close_matches(wanted, first, n=2, cutoff=_NEAR)


@lru_cache(maxsize=64)
def by_case(names: frozenset[str]) -> dict[str, str]:
    """The first of the names by its case-folded form."""
    return {name.casefold(): name for name in sorted(names, reverse=True)}
