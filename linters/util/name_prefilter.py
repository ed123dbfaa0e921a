"""Whether a text may name one of some files: a quick look before anything is parsed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

_WORD = re.compile(r"[a-z0-9]+")
_PLAIN = re.compile(r"[\w.-]+", re.ASCII)
# What may be between the words of a name, escapes included.
_BETWEEN = rb"(?:[^a-z0-9]|%[0-9a-f]{2}|&#?[a-z0-9]{1,8};){1,64}"
_FOLDERS_OWN = ("index", "toc", "readme")


class _Needle(NamedTuple):
    """A name to look for: its longest word, and its pattern, which a name alone may lack."""

    name: str
    word: bytes
    pattern: re.Pattern[bytes] | None


class Mentions:
    """The names of some files as they occur in links, in any case and however escaped.

    A file is named by its name without the extension; the index of a folder, by the
    folder's name as well. A name without ASCII letters and digits may be anywhere.
    """

    def __init__(self, paths: Iterable[str]) -> None:
        self._needles = tuple(
            {needle.name: needle for path in paths for needle in _needles(path)}.values()
        )

    def __contains__(self, data: object) -> bool:
        """Whether lower-case bytes may name one of the files."""
        return isinstance(data, bytes) and any(
            needle.word in data
            and (needle.pattern is None or needle.pattern.search(data) is not None)
            for needle in self._needles
        )


def _needles(path: str) -> Iterable[_Needle]:
    """All names of a file."""
    folder, _, name = path.rpartition("/")
    stem = (name.rpartition(".")[0] or name).lower()
    yield _needle(stem)
    if stem in _FOLDERS_OWN and folder:
        yield _needle(folder.rpartition("/")[2].lower())


def _needle(name: str) -> _Needle:
    words = _WORD.findall(name)
    longest = max(words, key=len, default="").encode()
    if not words or not _PLAIN.fullmatch(name):
        return _Needle(name, longest, None)
    joined = _BETWEEN.join(word.encode() for word in words)
    return _Needle(name, longest, re.compile(joined + rb"(?![a-z0-9])"))
