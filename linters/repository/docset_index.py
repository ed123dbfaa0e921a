"""Which docset each file belongs to, looked up by folder.

Thousands of docsets cost a look-up as much as one: only those whose globs belong to a folder
above the file are asked.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from linters.repository.docfx import Content, Docset

_LONGEST = 4096
"""Code points of the longest path that a file can have."""

_Groups = Mapping[str, list[tuple[Content, Docset]]]


@dataclass(frozen=True)
class DocsetIndex:
    """The docsets of one repository; frozen and picklable.

    ``damaged`` are the root-relative configuration files that cannot be read, each with a
    message that names file, line and column.
    """

    docsets: tuple[Docset, ...] = ()
    damaged: tuple[tuple[str, str], ...] = ()

    def __getstate__(self) -> dict[str, Any]:
        """Without what is computed from the fields."""
        return {"docsets": self.docsets, "damaged": self.damaged}

    def of(self, path: str) -> Docset | None:
        """The docset whose metadata a file inherits: one that builds it, else the nearest."""
        above = [docset for folder in ancestors(path) for docset in self._by_folder.get(folder, ())]
        if above and above[0].is_content(path):
            return above[0]
        building = min(_matching(self._content, path), default=None, key=_nearest)
        return building or next(iter(above), None)

    @cached_property
    def decides_content(self) -> bool:
        """Whether any docset names content, so that other files are not published."""
        return any(docset.content for docset in self.docsets)

    def is_content(self, path: str) -> bool:
        """Whether ``content`` of any docset matches a file."""
        return next(_matching(self._content, path), None) is not None

    def is_overwrite(self, path: str) -> bool:
        """Whether ``overwrite`` of any docset matches a file."""
        return next(_matching(self._overwrite, path), None) is not None

    def damage_above(self, path: str) -> str | None:
        """What is wrong with a damaged configuration in a folder above a file."""
        by_folder = self._damaged_by_folder
        return next((by_folder[f] for f in ancestors(path) if f in by_folder), None)

    @cached_property
    def _by_folder(self) -> Mapping[str, list[Docset]]:
        found: dict[str, list[Docset]] = defaultdict(list)
        for docset in self.docsets:
            found[docset.folder].append(docset)
        return found

    @cached_property
    def _damaged_by_folder(self) -> Mapping[str, str]:
        return {posixpath.dirname(path): message for path, message in reversed(self.damaged)}

    @cached_property
    def _content(self) -> _Groups:
        found: dict[str, list[tuple[Content, Docset]]] = defaultdict(list)
        for docset in self.docsets:
            for content in docset.content:
                found[content.folder].append((content, docset))
        return found

    @cached_property
    def _overwrite(self) -> _Groups:
        found: dict[str, list[tuple[Content, Docset]]] = defaultdict(list)
        for docset in self.docsets:
            for content in docset.overwrite:
                found[content.folder].append((content, docset))
        return found


def _matching(groups: _Groups, path: str) -> Iterator[Docset]:
    for folder in ancestors(path):
        for content, docset in groups.get(folder, ()):
            if content.matches(path):
                yield docset


def _nearest(docset: Docset) -> tuple[int, str]:
    depth = docset.folder.count("/") + 1 if docset.folder else 0
    return -depth, docset.path


def ancestors(path: str) -> Iterator[str]:
    """The folders that a root-relative path is in, the nearest first, ``""`` last.

    Of what is longer than any path can be, only the last.
    """
    folder = path.rpartition("/")[0].rstrip("/") if len(path) <= _LONGEST else ""
    while folder:
        yield folder
        folder = folder.rpartition("/")[0].rstrip("/")
    yield ""
