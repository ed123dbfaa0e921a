"""gitignore's globs, read and matched in linear time whatever the pattern.

Patterns come from configurations and ignore files, which may be hostile; a plain translation
to ``re`` backtracks over every ``*``. Here each ``*`` and ``**`` but the last commits to its
leftmost match (an atomic group), which finds a match whenever there is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

MAX_LENGTH = 4096
"""Code points of the longest pattern that is read; no path is longer."""

_TOKEN = re.compile(
    r"\\(?P<escaped>.)|(?P<class>\[[!^]?\]?(?:\\.|\[:\w+:\]|[^\]\\]){0,100}\])|(?P<plain>.)"
)
_POSIX = {
    "[:alpha:]": "a-zA-Z",
    "[:digit:]": "0-9",
    "[:alnum:]": "a-zA-Z0-9",
    "[:lower:]": "a-z",
    "[:upper:]": "A-Z",
    "[:space:]": r"\s",
    "[:punct:]": "!-/:-@\\[-`{-~",
    "[:xdigit:]": "0-9a-fA-F",
}
_END = r"(?:/|\Z)"


class GlobSet:
    """A list of gitignore's patterns; the last one that matches decides.

    Paths are relative to the folder that the patterns belong to, with ``/``; a pattern that
    matches a folder matches all below it.
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        self._patterns = [
            parsed for pattern in patterns if (parsed := _parse(pattern)) is not None
        ][::-1]
        self._any: re.Pattern[str] | None = None
        if len(self._patterns) > 1 and all(wanted for wanted, _ in self._patterns):
            parts = (f"(?:{compiled.pattern})" for _, compiled in self._patterns)
            self._any = re.compile("|".join(parts), re.DOTALL)

    def decide(self, path: str) -> bool | None:
        """True if the path matches, False if a ``!`` pattern takes it out, None if neither.

        A path that ends in ``/`` is a folder's own.
        """
        if self._any is not None:
            return True if self._any.match(path) else None
        for wanted, compiled in self._patterns:
            if compiled.match(path):
                return wanted
        return None

    def match_file(self, path: str) -> bool:
        """Whether the path matches."""
        return self.decide(path) is True


@lru_cache(maxsize=512)
def globs(patterns: tuple[str, ...]) -> GlobSet:
    """The set of some patterns; the same object for the same patterns."""
    return GlobSet(patterns)


def glob_problem(pattern: str) -> str | None:
    """What keeps a pattern from ever matching as written; None where nothing does."""
    if len(pattern) > MAX_LENGTH:
        return f"longer than {MAX_LENGTH:,} characters"
    for token in _TOKEN.finditer(pattern):
        if token["plain"] == "[":
            return "'[' without a closing ']'"
        if token["plain"] == "\\":
            return "ends with a backslash"
    return None


def _parse(line: str) -> tuple[bool, re.Pattern[str]] | None:
    """Whether a pattern takes in (or out, with ``!``), and its expression; None for comments."""
    line = line.rstrip("\r\n")
    while line.endswith(" ") and not line.endswith("\\ "):
        line = line[:-1]
    if not line or line.startswith("#") or len(line) > MAX_LENGTH:
        return None
    wanted = not line.startswith("!")
    pattern = line if wanted else line[1:]
    folder = pattern.endswith("/")
    anchored = "/" in pattern.removesuffix("/")
    segments = pattern.removesuffix("/").removeprefix("/").split("/")
    if "" in segments:  # an empty segment matches no path
        return None
    expression = path_expression(segments, anchored=anchored, folder=folder)
    return wanted, re.compile(expression, re.DOTALL)


def path_expression(
    segments: Sequence[str], *, anchored: bool, folder: bool = False, whole: bool = False
) -> str:
    """The regular expression of a pattern's segments, for ``match`` on a path.

    ``anchored``: the first segment is in the patterns' own folder. ``folder``: only a folder
    and what is below it. ``whole``: the pattern names files, never all that is below a folder.
    """
    runs: list[list[str]] = [[]]
    for segment in segments:
        if segment == "**":
            runs.append([])
        else:
            runs[-1].append(_segment(segment))
    if not anchored:
        runs.insert(0, [])
    end = "/" if folder else r"\Z" if whole else _END
    if not runs[-1]:
        runs.pop()
        end = "/." if runs[-1] else "."
    first, *others = ["/".join(run) for run in runs]
    if not others:
        return first + end
    parts = [first + "/" if first else ""]
    parts += [rf"(?>(?:[^/]+/)*?{run}/)" for run in others[:-1] if run]
    return "".join(parts) + rf"(?:[^/]+/)*?{others[-1]}{end}"


def _segment(segment: str) -> str:
    """The expression of one path segment."""
    chunks = [""]
    for token in _TOKEN.finditer(segment):
        if token["escaped"]:
            chunks[-1] += re.escape(token["escaped"])
        elif token["class"]:
            chunks[-1] += _class(token["class"])
        elif token["plain"] == "*":
            chunks.append("")
        elif token["plain"] == "?":
            chunks[-1] += "[^/]"
        else:
            chunks[-1] += re.escape(token["plain"])
    return "(?=[^/])" + _starred(chunks, "[^/]", r"(?=/|\Z)")


def _starred(chunks: Sequence[str], any_character: str, end: str) -> str:
    """Chunks of fixed length with a star between each two."""
    first, *others = chunks
    if not others:
        return first + end
    middle = [rf"(?>{any_character}*?{chunk})" for chunk in others[:-1] if chunk]
    return first + "".join(middle) + rf"{any_character}*{others[-1]}{end}"


def _class(text: str) -> str:
    inner = text[1:-1]
    negated = inner[:1] in ("!", "^")
    inner = inner[1:] if negated else inner
    parts = re.findall(r"\[:\w+:\]|\\.|.", inner, re.DOTALL)
    body = "".join(
        _POSIX.get(part) or (part if part == "-" else re.escape(part[-1])) for part in parts
    )
    expression = rf"(?!/)[{'^' * negated}{body}]"
    try:
        re.compile(expression)
    except re.error:
        return "(?!)"
    return expression
