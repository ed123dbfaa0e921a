"""Sets of gitignore's globs: the last pattern that matches a path decides.

A set of tens of thousands of lines costs a path a few look-ups: names and paths without magic
characters are found in dictionaries, and only the other patterns are matched one by one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from linters.util.glob_patterns import MAX_LENGTH, GlobPattern, glob_problem, parse_glob

__all__ = ["MAX_LENGTH", "GlobSet", "glob_problem", "globs"]

_MAGIC = re.compile(r"[*?\[\\]")
_FEW = 64
"""So many patterns are matched as one regular expression."""

_PREFIX = 3
"""Patterns with wildcards are grouped by so many first characters."""


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
        self._others: dict[str, list[int]] = defaultdict(list)
        for position, glob in enumerate(patterns):
            self._add(position, glob)
        self._lengths = sorted({len(ending) for ending, _ in self._endings})

    def _add(self, position: int, glob: GlobPattern) -> None:
        text = "/".join(glob.segments)
        if glob.whole and not _MAGIC.search(text):
            self._files[text] = position
        elif not _MAGIC.search(text):
            found = self._paths if glob.anchored else self._names
            found[text, glob.folder] = position
        elif not glob.anchored and text[0] == "*" and len(text) > 1 and not _MAGIC.search(text, 1):
            self._endings[text[1:], glob.folder] = position
        else:
            magic = _MAGIC.search(text)
            plain = text[: magic.start()] if magic and glob.anchored else ""
            self._others[plain if len(plain) < _PREFIX else plain[:_PREFIX]].append(position)

    def decide(self, path: str) -> bool | None:
        """What the last pattern that matches says."""
        best = max(self._literal(path), default=-1)
        for length in range(_PREFIX + 1):
            if length <= len(path):
                best = self._last_match(self._others.get(path[:length], ()), path, best)
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
