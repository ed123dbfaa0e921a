"""gitignore's globs as regular expressions that match in linear time.

Patterns come from configurations and ignore files, which may be hostile; a plain translation
to ``re`` backtracks over every ``*`` (pathspec's, which other tools use, takes over ten seconds
for a pattern that takes a millisecond here). Each ``*`` and ``**`` but the last commits to its
leftmost match (an atomic group), which finds a match whenever there is one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class GlobPattern:
    """One pattern: a line of gitignore's, or one of docfx's.

    ``wanted`` is False with ``!``. ``anchored``: the first segment is in the patterns' own
    folder. ``folder``: only folders match, with what is below them. ``whole``: only files
    match, never all that is below a folder of that name.
    """

    wanted: bool
    segments: tuple[str, ...]
    anchored: bool
    folder: bool
    whole: bool = False

    @property
    def expression(self) -> str:
        """The regular expression, for ``match`` on a path."""
        end = "/" if self.folder else r"\Z" if self.whole else _END
        return _expression(self.segments, end, anchored=self.anchored)


def parse_glob(line: str) -> GlobPattern | None:
    """The pattern of a line; None for comments, and for what matches nothing."""
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
    return GlobPattern(wanted, tuple(segments), anchored, folder)


def _expression(segments: Sequence[str], end: str, *, anchored: bool) -> str:
    runs: list[list[str]] = [[]]
    for segment in segments:
        if segment == "**":
            runs.append([])
        else:
            runs[-1].append(_segment(segment))
    if not anchored:
        runs.insert(0, [])
    if not runs[-1]:
        runs.pop()
        below = "[^/]+/" if end == "/" else "."  # "**/" names folders, "**" all there is
        end = f"/{below}" if runs[-1] else below
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
