"""Sets of gitignore's globs: the last pattern that matches a path decides.

A set of tens of thousands of lines costs a path a few look-ups: names and paths without magic
characters are found in dictionaries. Of the other patterns, only those are matched one by one of
which a path contains the rarest text.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from linters.util.glob_patterns import MAX_LENGTH, GlobPattern, glob_problem, parse_glob

__all__ = ["MAX_LENGTH", "GlobSet", "glob_problem", "globs", "needs_matching"]

_MAGIC = re.compile(r"[*?\[\\]")
_FEW = 64
"""So many patterns are matched as one regular expression."""

_WINDOW = 16
"""Patterns with wildcards are found by so many characters of a text that they need."""


class GlobSet:
    """A list of gitignore's patterns; the last one that matches decides.

    Paths are relative to the folder that the patterns belong to, with ``/``; a pattern that
    matches a folder matches all below it.
    """

    def __init__(self, patterns: Iterable[str | GlobPattern]) -> None:
        lines = (parse_glob(glob) if isinstance(glob, str) else glob for glob in patterns)
        parsed = [glob for glob in lines if glob is not None]
        self._any: re.Pattern[str] | None = None
        self._index: _Index | None = None
        if len(parsed) <= _FEW and all(glob.wanted for glob in parsed):
            parts = (f"(?:{glob.expression})" for glob in parsed)
            self._any = re.compile("|".join(parts) or "(?!)", re.DOTALL)
        else:
            self._index = _Index(parsed)

    def decide(self, path: str) -> bool | None:
        """True if the path matches, False if a ``!`` pattern takes it out, None if neither.

        A path that ends in ``/`` is a folder's own.
        """
        if self._any is not None:
            return True if self._any.match(path) else None
        return None if self._index is None else self._index.decide(path)

    def match_file(self, path: str) -> bool:
        """Whether the path matches."""
        return self.decide(path) is True


@lru_cache(maxsize=4096)  # a configuration has at most 1,000 patterns of one kind
def globs(patterns: tuple[str, ...]) -> GlobSet:
    """The set of some patterns; the same object for the same patterns."""
    return GlobSet(patterns)


def needs_matching(glob: GlobPattern) -> bool:
    """Whether a pattern has other wildcards than one ``*`` before the end of a name."""
    text = "/".join(glob.segments)
    is_ending = not glob.anchored and text[0] == "*" and len(text) > 1
    return _MAGIC.search(text, 1 if is_ending and not glob.whole else 0) is not None


def _plain_parts(glob: GlobPattern) -> list[str]:
    """Texts without which no path matches."""
    plain = (segment for segment in glob.segments if "[" not in segment and "\\" not in segment)
    return [part for segment in plain for part in re.split(r"[*?]+", segment)]


class _Index:
    """Patterns by what they need a path to have; each by its 0-based position in the list."""

    def __init__(self, patterns: list[GlobPattern]) -> None:
        self._patterns = patterns
        self._compiled: dict[int, re.Pattern[str]] = {}
        # By text: the last pattern that is just that file. By text and whether only folders
        # match: the last pattern that is just that path, that name, or that end of a name.
        self._files: dict[str, int] = {}
        self._paths: dict[tuple[str, bool], int] = {}
        self._names: dict[tuple[str, bool], int] = {}
        self._endings: dict[tuple[str, bool], int] = {}
        others: dict[int, set[str]] = {}
        for position, glob in enumerate(patterns):
            if needs_matching(glob):
                others[position] = {part[:_WINDOW] for part in _plain_parts(glob)}
            else:
                self._add(position, glob)
        self._lengths = sorted({len(ending) for ending, _ in self._endings})
        # By the rarest text that a path needs ("" for none): the patterns, in order.
        self._others: dict[str, list[int]] = defaultdict(list)
        frequency = Counter(part for parts in others.values() for part in parts)
        for position, parts in others.items():
            rarest = min(parts - {""}, key=lambda part: (frequency[part], part), default="")
            self._others[rarest].append(position)
        self._windows = sorted({len(text) for text in self._others})

    def _add(self, position: int, glob: GlobPattern) -> None:
        text = "/".join(glob.segments)
        if _MAGIC.search(text):
            self._endings[text[1:], glob.folder] = position
        elif glob.whole:
            self._files[text] = position
        else:
            found = self._paths if glob.anchored else self._names
            found[text, glob.folder] = position

    def decide(self, path: str) -> bool | None:
        """What the last pattern that matches says."""
        best = max(self._literal(path), default=-1)
        for length in self._windows:
            starts = range(len(path) - length + 1 if length else 1)
            for text in {path[start : start + length] for start in starts}:
                best = self._last_match(self._others.get(text, ()), path, best)
        return None if best < 0 else self._patterns[best].wanted

    def _literal(self, path: str) -> Iterator[int]:
        """The patterns without magic that match, and those of an ending."""
        yield self._files.get(path, -1)
        parts = path.removesuffix("/").split("/")
        above = ""
        for number, part in enumerate(parts):
            above = f"{above}/{part}" if number else part
            is_folder = number < len(parts) - 1 or path.endswith("/")
            for folder in (False, True) if is_folder else (False,):
                yield self._paths.get((above, folder), -1)
                yield self._names.get((part, folder), -1)
                for length in self._lengths:
                    if length <= len(part):
                        yield self._endings.get((part[-length:], folder), -1)

    def _last_match(self, positions: Sequence[int], path: str, best: int) -> int:
        for position in reversed(positions):
            if position <= best:
                break
            if position not in self._compiled:
                glob = self._patterns[position]
                if not all(part in path for part in _plain_parts(glob)):
                    continue  # compiling takes a thousand times as long
                self._compiled[position] = re.compile(glob.expression, re.DOTALL)
            if self._compiled[position].match(path):
                return position
        return best
