"""docfx's globs: ``*``, ``?``, ``[…]``, ``{a,b}`` within a segment, ``**`` across segments.

Unlike gitignore's, a pattern without a slash belongs to the docset's own folder only, and
case does not count.
"""

from __future__ import annotations

import re
from functools import lru_cache

from linters.util.patterns import Pattern, compile_pattern

_TOKEN = re.compile(
    r"(?P<deep>(?<![^/])\*\*/)|(?P<all>\*\*)|(?P<star>\*)|(?P<one>\?)"
    r"|(?P<class>\[[!^]?\]?[^\]/]*\])|\\(?P<escape>.)|(?P<plain>.)",
    re.DOTALL,
)
_BRACES = re.compile(r"\{([^{}]*)\}")
_MAGIC = re.compile(r"[*?\[{\\]")
_MAX_EXPANSIONS = 64


class DocfxGlob:
    """One pattern; matches paths relative to the docset's folder, with ``/``."""

    __slots__ = ("_pattern", "_prefix")

    def __init__(self, text: str) -> None:
        text = text.replace("\\", "/").removeprefix("./").removeprefix("/")
        magic = _MAGIC.search(text)
        self._prefix = text[: magic.start()].lower() if magic else text.lower()
        self._pattern: Pattern = compile_pattern(
            "(?is)\\A(?:" + "|".join(_translate(one) for one in _expand(text)) + ")\\Z"
        )

    def match(self, path: str) -> bool:
        """Whether the pattern matches a path; PatternTimeout if that takes too long."""
        return path.lower().startswith(self._prefix) and self._pattern.search(path)


@lru_cache(maxsize=4096)
def docfx_glob(text: str) -> DocfxGlob:
    """The glob of a text; PatternError if it is none."""
    return DocfxGlob(text)


def _expand(text: str) -> list[str]:
    """The patterns that braces stand for; one with too many is taken literally."""
    expanded, pending = [], [text]
    while pending:
        pattern = pending.pop()
        match = _BRACES.search(pattern)
        if match is None:
            expanded.append(pattern)
            continue
        head, tail = pattern[: match.start()], pattern[match.end() :]
        pending += [head + word + tail for word in match[1].split(",")]
        if len(pending) + len(expanded) > _MAX_EXPANSIONS:
            return [text]
    return expanded


def _translate(text: str) -> str:
    parts = []
    for token in _TOKEN.finditer(text):
        if token["deep"]:
            parts.append("(?:[^/]++/)*?")
        elif token["all"]:
            parts.append(".*")
        elif token["star"]:
            parts.append("[^/]*")
        elif token["one"]:
            parts.append("[^/]")
        elif token["class"]:
            inner = token["class"][1:-1].replace("\\", "\\\\").replace("[", "\\[")
            parts.append(f"[^{inner[1:]}/]" if inner[:1] in "!^" else f"[{inner}]")
        else:
            parts.append(re.escape(token["escape"] or token["plain"]))
    return "".join(parts)
