"""What the configuration of the build says of a repository: each file is read here, once.

``docfx.json`` and ``docfx.yml`` mark docsets, the publish configuration names what is
published of them, redirection files say where the readers of removed files are sent, and
``.gitmodules`` names the folders of other repositories. A damaged file counts as absent, and
is named in ``notes``.
"""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote

from linters.article.article import UnreadableError, decode
from linters.article.text.lines import LineIndex
from linters.article.yaml_nodes import Node
from linters.model.errors import UserError
from linters.model.note import Note
from linters.repository import publish, submodules
from linters.repository.docfx import NAMES, Content, Docset, read_docset
from linters.repository.json_reader import JsonError, read_json, read_json_value
from linters.repository.publish import PublishConfiguration, PublishedDocset
from linters.repository.redirections import is_redirection_file, redirections
from linters.util.git_folder import GitFolder

_LONGEST = 4096
"""Code points of the longest path that a file can have."""


class FileSource(Protocol):
    """Files by root-relative path, and their bytes: a repository, or one of its revisions."""

    @property
    def files(self) -> Collection[str]:
        """All paths."""

    def read_bytes(self, path: str) -> bytes:
        """The bytes of a file; UnreadableError where it cannot be read."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a checkout comes from: its root folder, from which git's origin is read."""

    root: Path | None = None
    name: str = ""


class BuildConfiguration:
    """The build's configuration of one repository; reads each file when it is first needed.

    ``policy`` are the files that decide what is published and in which locale. Those of a
    base revision keep a change from lowering its own severities; redirections and submodules,
    which only say what exists, always come from ``source``.
    """

    def __init__(
        self, source: FileSource, policy: FileSource | None = None, origin: Origin | None = None
    ) -> None:
        self._source = source
        self._policy = policy or source
        self._origin = origin or Origin()
        self._notes: dict[Note, None] = {}

    @property
    def notes(self) -> tuple[Note, ...]:
        """What is damaged in any of the files."""
        for read in (self.docsets, self.publish, self.redirections, self.submodules):
            assert read is not None
        return tuple(sorted(self._notes, key=Note.sort_key))

    @cached_property
    def docsets(self) -> tuple[Docset, ...]:
        """All docsets, the deepest first."""
        found = []
        for path in sorted(self._policy.files):
            if path.rpartition("/")[2].lower() in NAMES:
                text = self._text(self._policy, path)
                if text is None:
                    continue
                try:
                    found.append(read_docset(path, text))
                except UserError as error:
                    self._damaged[path] = str(error)
                    self._note(Note(f"{error}; the file is ignored"))
        return tuple(sorted(found, key=lambda docset: (-_depth(docset.folder), docset.path)))

    @property
    def damaged(self) -> Mapping[str, str]:
        """The docfx files that cannot be read, with what is wrong."""
        assert self.docsets is not None
        return self._damaged

    @cached_property
    def _damaged(self) -> dict[str, str]:
        return {}

    def docset_of(self, path: str) -> Docset | None:
        """The docset whose metadata a file inherits: one that builds it, else the nearest."""
        above = [docset for folder in ancestors(path) for docset in self._by_folder.get(folder, ())]
        if above and above[0].is_content(path):
            return above[0]
        building = min(self._matching(path, "content"), default=None, key=self._order)
        return building or next(iter(above), None)

    def docset_root(self, path: str) -> str | None:
        """The folder of the nearest docset above a file, which ``~/`` means; None without."""
        return next((folder for folder in ancestors(path) if folder in self._roots), None)

    @property
    def decides_content(self) -> bool:
        """Whether any docset names content, so that other files are not published."""
        return any(docset.content for docset in self.docsets)

    def is_content(self, path: str) -> bool:
        """Whether ``content`` of any docset matches a file."""
        return next(self._matching(path, "content"), None) is not None

    def is_overwrite(self, path: str) -> bool:
        """Whether ``overwrite`` of any docset matches a file."""
        return next(self._matching(path, "overwrite"), None) is not None

    @cached_property
    def publish(self) -> PublishConfiguration:
        """The publish configuration; an empty one where there is none."""
        root = self._document(self._policy, publish.NAME)
        return PublishConfiguration() if root is None else publish.read_publish_configuration(root)

    def published_docset(self, path: str) -> PublishedDocset | None:
        """The docset of the publish configuration that a file belongs to."""
        by_folder = self._published_by_folder
        return next((by_folder[f] for f in ancestors(path) if f in by_folder), None)

    def published_locale(self, path: str) -> str | None:
        """The locale that the publish configuration states for a file.

        Outside of its docsets, the one that all of them share.
        """
        docset = self.published_docset(path)
        locales = {(docset or other).locale for other in self.publish.docsets}
        return locales.pop() if len(locales) == 1 else None

    @cached_property
    def repository_name(self) -> str:
        """The last part of the repository's public address, else of git's origin, else the
        name of the root folder."""
        urls = self.publish.public_urls
        origin = None if self._origin.root is None else GitFolder(self._origin.root).origin
        return name_in_url(urls[0] if urls else origin or "") or self._origin.name

    @cached_property
    def redirections(self) -> Mapping[str, str]:
        """Root-relative path of a removed file to the URL that its readers are sent to."""
        found: dict[str, str] = {}
        for path in sorted(filter(is_redirection_file, self._source.files)):
            for source, url in redirections(path, self._value(path)).items():
                found.setdefault(source, url)
        return found

    def redirect(self, path: str) -> str | None:
        """Where the readers of a removed file are sent; the path counts in any case."""
        return self.redirections.get(path) or self._redirections_folded.get(path.casefold())

    @cached_property
    def submodules(self) -> frozenset[str]:
        """The folders of submodules."""
        if submodules.NAME not in self._source.files:
            return frozenset()
        text = self._text(self._source, submodules.NAME)
        return frozenset(submodules.submodule_paths(text or ""))

    def in_submodule(self, path: str) -> bool:
        """Whether a path is a submodule or lies in one."""
        return bool(self.submodules) and any(
            folder in self.submodules for folder in (path, *ancestors(path))
        )

    def is_foreign(self, path: str) -> bool:
        """Whether a path lies in a folder that comes from another repository."""
        return any(
            folder in self._dependencies or folder in self.submodules
            for folder in (path, *ancestors(path))
        )

    @cached_property
    def docset_roots(self) -> Mapping[str, Docset | None]:
        """The folders of docsets; None for one that only the publish configuration names."""
        found: dict[str, Docset | None] = {}
        for docset in self.docsets:
            found.setdefault(docset.folder, docset)
        for published in self.publish.docsets:
            found.setdefault(published.folder, None)
        return found

    @cached_property
    def _roots(self) -> frozenset[str]:
        damaged = (posixpath.dirname(path) for path in self.damaged)
        return frozenset((*self.docset_roots, *damaged))

    @cached_property
    def _by_folder(self) -> Mapping[str, list[Docset]]:
        found: dict[str, list[Docset]] = defaultdict(list)
        for docset in self.docsets:
            found[docset.folder].append(docset)
        return found

    @cached_property
    def _groups(self) -> Mapping[str, Mapping[str, list[tuple[Content, Docset]]]]:
        """``content`` and ``overwrite`` by the folder that their globs belong to."""
        found: dict[str, dict[str, list[tuple[Content, Docset]]]] = {
            "content": defaultdict(list),
            "overwrite": defaultdict(list),
        }
        for docset in self.docsets:
            for content in docset.content:
                found["content"][content.folder].append((content, docset))
            for content in docset.overwrite:
                found["overwrite"][content.folder].append((content, docset))
        return found

    def _matching(self, path: str, kind: str) -> Iterator[Docset]:
        by_folder = self._groups[kind]
        for folder in ancestors(path):
            for content, docset in by_folder.get(folder, ()):
                if content.matches(path):
                    yield docset

    @staticmethod
    def _order(docset: Docset) -> tuple[int, str]:
        return -_depth(docset.folder), docset.path

    @cached_property
    def _published_by_folder(self) -> Mapping[str, PublishedDocset]:
        return {docset.folder: docset for docset in reversed(self.publish.docsets)}

    @cached_property
    def _redirections_folded(self) -> Mapping[str, str]:
        return {source.casefold(): url for source, url in self.redirections.items()}

    @cached_property
    def _dependencies(self) -> frozenset[str]:
        return frozenset(
            posixpath.join(root, folder)
            for folder in self.publish.dependencies
            for root in ("", *self.docset_roots)
        )

    def _document(self, source: FileSource, path: str) -> Node | None:
        text = self._text(source, path) if path in source.files else None
        if text is None:
            return None
        document = read_json(text)
        if document.problem is not None:
            self._damage(path, text, document.problem.offset, document.problem.message)
        return document.root

    def _value(self, path: str) -> Any:
        text = self._text(self._source, path)
        if text is None:
            return None
        try:
            return read_json_value(text)
        except JsonError as error:
            self._damage(path, text, error.offset, str(error))
            return None

    def _text(self, source: FileSource, path: str) -> str | None:
        try:
            return decode(source.read_bytes(path))
        except UnreadableError as error:
            self._note(Note(f"{error}; the file is ignored", path))
            return None

    def _damage(self, path: str, text: str, offset: int, message: str) -> None:
        line = LineIndex(text).position(offset).line
        self._note(Note(f"not JSON: {message}; the file is ignored", path, line))

    def _note(self, note: Note) -> None:
        self._notes[note] = None


def name_in_url(url: str) -> str:
    """The last part of a repository's address: ``docs.git`` of ``git@example.org:a/docs.git``."""
    path = url.partition("?")[0].partition("#")[0].rstrip("/\\")
    return unquote(re.split(r"[/\\:]", path)[-1])


def ancestors(path: str) -> Iterator[str]:
    """The folders that a root-relative path lies in, the nearest first, ``""`` last.

    Of what is longer than any path can be, only the last.
    """
    folder = posixpath.dirname(path) if len(path) <= _LONGEST else ""
    while folder:
        yield folder
        folder = posixpath.dirname(folder)
    yield ""


def _depth(folder: str) -> int:
    return folder.count("/") + 1 if folder else 0
