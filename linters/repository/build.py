"""What the configuration of the build says of a repository: each file is read here, once.

``docfx.json`` and ``docfx.yml`` mark docsets, the publish configuration names what is
published of them, redirection files say where the readers of removed files are sent, and
``.gitmodules`` names the folders of other repositories. A damaged file counts as absent, and
is named in ``notes``.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Mapping
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
from linters.repository.docfx import NAMES, Docset, read_docset
from linters.repository.docset_index import DocsetIndex, ancestors
from linters.repository.json_reader import JsonError, read_json, read_json_value
from linters.repository.publish import PublishConfiguration
from linters.repository.redirections import is_redirection_file, redirections
from linters.util.git_folder import GitFolder


class FileSource(Protocol):
    """Files by root-relative path, and their bytes: a repository, or one of its revisions."""

    @property
    def files(self) -> Collection[str]:
        """All paths."""

    def read_bytes(self, path: str) -> bytes:
        """The bytes of a file; UnreadableError where it cannot be read."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What is known of a checkout besides its files.

    ``root`` is the folder from which git's origin is read.
    """

    root: Path | None = None
    name: str = ""
    submodules: frozenset[str] = frozenset()


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
    def docsets(self) -> DocsetIndex:
        """All docsets of docfx.json and docfx.yml files, and the files that are damaged."""
        found, damaged = [], []
        for path in sorted(self._policy.files):
            if path.rpartition("/")[2].lower() not in NAMES:
                continue
            text = self._text(self._policy, path)
            if text is None:
                continue
            try:
                found.append(read_docset(path, text))
            except UserError as error:
                damaged.append((path, str(error)))
                self._note(Note(f"{error}; the file is ignored"))
        return DocsetIndex(tuple(found), tuple(damaged))

    @cached_property
    def publish(self) -> PublishConfiguration:
        """The publish configuration; empty without a file."""
        root = self._document(self._policy, publish.NAME)
        return PublishConfiguration() if root is None else publish.read_publish_configuration(root)

    @cached_property
    def repository_name(self) -> str:
        """The last part of the repository's public address, else of git's origin, else the
        name of the root folder."""
        urls = self.publish.public_urls
        origin = None if self._origin.root is None else GitFolder(self._origin.root).origin
        return name_in_url(urls[0] if urls else origin or "") or self._origin.name

    @cached_property
    def redirection_files(self) -> Mapping[str, int]:
        """Each redirection file with the number of its entries."""
        files = sorted(filter(is_redirection_file, self._source.files))
        return {path: len(redirections(path, self._value(path))) for path in files}

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
        if submodules.NAME not in self._source.files:
            return self._origin.submodules
        text = self._text(self._source, submodules.NAME)
        return self._origin.submodules.union(submodules.submodule_paths(text or ""))

    def in_submodule(self, path: str) -> bool:
        """Whether a path is a submodule or in one."""
        return bool(self.submodules) and any(
            folder in self.submodules for folder in (path, *ancestors(path))
        )

    def is_foreign(self, path: str) -> bool:
        """Whether a path is in a folder that comes from another repository."""
        return any(
            folder in self._dependencies or folder in self.submodules
            for folder in (path, *ancestors(path))
        )

    def docset_root(self, path: str) -> str | None:
        """The folder of the nearest docset above a file, which ``~/`` means; None without."""
        return next((folder for folder in ancestors(path) if folder in self._roots), None)

    @cached_property
    def docset_roots(self) -> Mapping[str, Docset | None]:
        """The folders of docsets; None for one that only the publish configuration names."""
        found: dict[str, Docset | None] = {}
        for docset in self.docsets.docsets:
            found.setdefault(docset.folder, docset)
        for published in self.publish.docsets:
            found.setdefault(published.folder, None)
        return found

    @cached_property
    def _roots(self) -> frozenset[str]:
        damaged = (posixpath.dirname(path) for path, _ in self.docsets.damaged)
        return frozenset((*self.docset_roots, *damaged))

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
