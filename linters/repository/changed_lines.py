"""The lines of a text that are new or changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from linters.article.header import find_boundaries
from linters.article.text.lines import LINE_END

MAX_COMPARISONS = 5_000_000

_DIRECTIVE = "articlelint-"


def touched_lines(before: str | None, now: str) -> Collection[int]:
    """The 1-based numbers of the lines of ``now`` that are new or changed.

    Line ends do not count. A removed directive has no line of its own: the line after it
    counts, or all lines after it if it suppressed a range. Nor has a removed front matter: the
    first line counts.
    """
    new = LINE_END.split(now)
    if before is None:
        return range(1, len(new) + 1)
    old = LINE_END.split(before)
    touched: set[int] = set()
    for first, last, start, end in _changes(old, new):
        touched.update(range(start + 1, end + 1))
        for line in old[first:last]:
            if _DIRECTIVE in line and line not in new[start:end]:
                is_range = f"{_DIRECTIVE}disable " in line
                touched.update(range(end + 1, len(new) + 1 if is_range else end + 2))
    if find_boundaries(now) is None and find_boundaries(before) is not None:
        touched.add(1)
    return frozenset(touched)


class LineChange(NamedTuple):
    """Lines of the old text and those that replace them: 0-based numbers, ends exclusive."""

    old_start: int
    old_end: int
    start: int
    end: int


def _changes(old: Sequence[str], new: Sequence[str]) -> Iterator[LineChange]:
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    middle_old, middle_new = old[head : len(old) - tail], new[head : len(new) - tail]
    if not middle_old and not middle_new:
        return
    counts = Counter(middle_new)
    if sum(counts[line] for line in middle_old) > MAX_COMPARISONS:
        yield LineChange(head, len(old) - tail, head, len(new) - tail)
        return
    matcher = SequenceMatcher(None, middle_old, middle_new, autojunk=False)
    for tag, start_old, end_old, start_new, end_new in matcher.get_opcodes():
        if tag != "equal":
            yield LineChange(head + start_old, head + end_old, head + start_new, head + end_new)
