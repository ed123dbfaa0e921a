"""docfx's globs: ``*``, ``?``, ``[…]``, ``{a,b}`` within a segment, ``**`` across segments.

Unlike gitignore's, a pattern without a slash belongs to the docset's own folder only, and
case does not count. Matched by the engine of gitignore's globs, in linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from linters.util.glob_patterns import MAX_LENGTH, GlobPattern
from linters.util.globs import GlobSet
from linters.util.patterns import PatternError
from linters.util.shorten import shorten

_BRACES = re.compile(r"\{([^{}]*)\}")
_INNER_DEEP = re.compile(r"(?<=[^/*])\*\*+(?=[^/*])")
_MAX_VARIANTS = 64
_WILDCARD = re.compile(r"[*?]+")


class DocfxGlobs:
    """Some patterns; they match paths relative to the docset's folder, with ``/``.

    PatternError names one that is too complex.
    """

    __slots__ = ("_globs", "_part")

    def __init__(self, patterns: Iterable[str]) -> None:
        variants = [variant for pattern in patterns for variant in _variants(pattern.lower())]
        self._globs = GlobSet(
            GlobPattern(True, tuple(variant.split("/")), anchored=True, folder=False, whole=True)
            for variant in variants
        )
        # What a path that matches must contain: most globs of a docset are for other folders.
        self._part = _longest_literal(variants[0]) if len(variants) == 1 else ""

    def match(self, path: str) -> bool:
        """Whether one of the patterns matches a path."""
        path = path.lower()
        return self._part in path and self._globs.match_file(path)


@lru_cache(maxsize=16_384)  # one docset has at most 10,000, each compiled in 0.1 ms
def docfx_glob(text: str) -> DocfxGlobs:
    """The glob of a text; PatternError if it is too complex."""
    return DocfxGlobs((text,))


def _longest_literal(variant: str) -> str:
    """The longest text of a pattern without wildcards; ``**/`` also matches nothing."""
    if "[" in variant:
        return ""
    return max((text.strip("/") for text in _WILDCARD.split(variant)), key=len)


def _variants(text: str) -> list[str]:
    """The patterns, of whole segments and ``**`` segments, that a pattern is equal to.

    ``**`` next to other characters crosses segments as well: ``a/**.md`` is ``a/**/*.md``.
    """
    if len(text) > MAX_LENGTH:
        raise PatternError(f"the glob {shorten(text)!r} is longer than {MAX_LENGTH} characters")
    pattern = re.sub(r"/{2,}", "/", text.replace("\\", "/")).removeprefix("./").removeprefix("/")
    pattern = re.sub(r"\*{3,}", "**", pattern)
    if pattern.endswith("/"):
        pattern += "**"
    found: list[str] = []
    pending = [pattern]
    while pending:
        current = pending.pop()
        if len(pending) + len(found) > _MAX_VARIANTS:
            raise PatternError(f"the glob {shorten(text)!r} has more than {_MAX_VARIANTS} variants")
        braces = _BRACES.search(current)
        if braces is not None:
            head, tail = current[: braces.start()], current[braces.end() :]
            pending += [head + word + tail for word in dict.fromkeys(braces[1].split(","))]
            continue
        deep = _INNER_DEEP.search(current)
        if deep is not None:
            head, tail = current[: deep.start()], current[deep.end() :]
            pending += [f"{head}*{tail}", f"{head}*/**/*{tail}"]
            continue
        found += _at_the_ends(current)
    return found


def _at_the_ends(pattern: str) -> list[str]:
    """``**`` at the start or the end of a segment, written as segments of its own."""
    pattern = re.sub(r"(?<![^/])\*\*+(?=[^/*])", "**/*", pattern)
    pattern = re.sub(r"(?<=[^/*])\*\*+/", "*/**/", pattern)
    trailing = re.fullmatch(r"(.*[^/*])\*\*+", pattern, re.DOTALL)
    if trailing is not None:
        return [f"{trailing[1]}*", f"{trailing[1]}*/**"]
    return [pattern]
