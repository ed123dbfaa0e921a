"""Edit distances between short texts."""

from __future__ import annotations

MAX_LENGTH = 100
"""Characters of a text that is compared; longer ones have no suggestion."""


def is_transposed(left: str, right: str) -> bool:
    """Whether two texts differ only by two adjacent characters that are swapped."""
    if len(left) != len(right) or left == right:
        return False
    places = [index for index in range(len(left)) if left[index] != right[index]]
    return (
        len(places) == 2
        and places[1] == places[0] + 1
        and left[places[0]] == right[places[1]]
        and left[places[1]] == right[places[0]]
    )


def edit_distance(left: str, right: str, limit: int) -> int:
    """How many characters to insert, delete, replace or transpose; ``limit + 1`` for more.

    This is the restricted Damerau-Levenshtein distance: no edit within a transposition.
    """
    if abs(len(left) - len(right)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        before, last, row = row, before, [i]
        for j, b in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > limit and min(before) > limit:
            return limit + 1
    return min(row[-1], limit + 1)
