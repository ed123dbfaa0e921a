"""docfx's own configuration: which files are content, and what metadata they inherit.

``docfx.json`` (docfx v2: ``build.content``, ``build.overwrite``, ``globalMetadata``,
``fileMetadata``) and ``docfx.yml`` (docfx v3: ``files``, ``exclude`` and the same two).
Property names are read in any case, globs and paths are relative to the file's folder; of
the patterns that match a file the last one counts.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any

from linters.article.text.lines import LineIndex
from linters.article.yaml_nodes import Node, read_yaml
from linters.model.errors import UserError
from linters.model.finding import Extent
from linters.repository.docfx_glob import DocfxGlobs, docfx_glob
from linters.repository.inheritance import Inherited
from linters.repository.json_reader import read_json
from linters.util.paths import join_path
from linters.util.patterns import PatternError

NAMES = ("docfx.json", "docfx.yml")


MAX_GLOBS = 10_000
"""Globs of one file; every article of the docset is compared with them."""


@dataclass(frozen=True)
class Content:
    """Files that are built; ``folder`` is root-relative, the globs are relative to it.

    PatternError for globs that are too complex, when they are first used.
    """

    folder: str
    files: tuple[str, ...]
    exclude: tuple[str, ...] = ()

    def matches(self, path: str) -> bool:
        """Whether a root-relative path is one of the files."""
        local = relative(path, self.folder)
        return local is not None and self._included.match(local) and not self._excluded.match(local)

    def __getstate__(self) -> dict[str, Any]:
        """Without the compiled globs."""
        return {"folder": self.folder, "files": self.files, "exclude": self.exclude}

    @cached_property
    def _included(self) -> DocfxGlobs:
        return DocfxGlobs(self.files)

    @cached_property
    def _excluded(self) -> DocfxGlobs:
        return DocfxGlobs(self.exclude)


@dataclass(frozen=True, slots=True)
class Docset:
    """One configuration file of docfx, read.

    ``everywhere`` is what every file inherits, ``somewhere`` what the files of a glob do.
    ``properties`` are the plain values of ``build`` and of the top level, by lower-case name.
    """

    path: str
    folder: str
    content: tuple[Content, ...] = ()
    overwrite: tuple[Content, ...] = ()
    everywhere: tuple[Inherited, ...] = ()
    somewhere: tuple[tuple[str, Inherited], ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)

    def is_content(self, path: str) -> bool:
        """Whether a root-relative path is built as content."""
        return any(content.matches(path) for content in self.content)

    def is_overwrite(self, path: str) -> bool:
        """Whether a root-relative path adds to pages that other files give."""
        return any(content.matches(path) for content in self.overwrite)

    def inherited(self, path: str) -> Iterator[Inherited]:
        """What a root-relative path inherits; later values win."""
        yield from self.everywhere
        local = relative(path, self.folder)
        if local is not None:
            matches: dict[str, bool] = {}  # several keys often have the same patterns
            for pattern, value in self.somewhere:
                if pattern not in matches:
                    matches[pattern] = docfx_glob(pattern).match(local)
                if matches[pattern]:
                    yield value

    def inherited_value(self, path: str, key: str) -> Any:
        """The value that a root-relative path inherits for one key; None without one."""
        local = relative(path, self.folder)
        if local is not None:
            for pattern, value in reversed(self.somewhere):
                if value.key == key and docfx_glob(pattern).match(local):
                    return value.value
        return next((value.value for value in reversed(self.everywhere) if value.key == key), None)

    def metadata(self, key: str) -> Any:
        """The value that every file inherits for a key; None without one."""
        return next((value.value for value in self.everywhere if value.key == key), None)


def relative(path: str, folder: str) -> str | None:
    """The path as seen from a folder, both root-relative; None if it is not below it."""
    if not folder:
        return path
    return path[len(folder) + 1 :] if path.startswith(folder + "/") else None


def read_docset(path: str, text: str) -> Docset:
    """The docset of a configuration file's text; UserError says where it is damaged."""
    is_json = path.lower().endswith(".json")
    document = read_json(text) if is_json else read_yaml(text)
    lines = LineIndex(text)
    if document.problem is not None:
        line, column = lines.position(document.problem.offset)
        raise UserError(f"{path}:{line}:{column}: {document.problem.message}")
    folder = posixpath.dirname(path)
    root = document.root or Node({}, Extent(0, 0))
    build = child(root, "build") if is_json else root
    if build is None:
        return Docset(path, folder, properties=_properties(root))
    reader = _Reader(path, folder, lines)
    content = reader.groups(build, "content") if is_json else reader.files(build)
    docset = Docset(
        path,
        folder,
        tuple(content),
        tuple(reader.groups(build, "overwrite")) if is_json else (),
        tuple(reader.values(child(build, "globalMetadata"))),
        tuple(reader.patterns(child(build, "fileMetadata"))),
        _properties(root) | _properties(build),
    )
    try:
        globs = tuple(islice(_globs(docset), MAX_GLOBS + 1))
        if len(globs) > MAX_GLOBS:
            raise PatternError(f"more than {MAX_GLOBS:,} globs")
        DocfxGlobs(globs)
    except PatternError as error:
        raise UserError(f"{path}: {error}") from error
    return docset


def child(node: Node, key: str) -> Node | None:
    """The value of a property, whose name docfx reads in any case; the last one counts."""
    folded = key.lower()
    entries = (entry for entry in reversed(node.entries) if entry.key.lower() == folded)
    return next((entry.node for entry in entries), None)


def _globs(docset: Docset) -> Iterator[str]:
    for content in (*docset.content, *docset.overwrite):
        yield from (*content.files, *content.exclude)
    yield from (pattern for pattern, _ in docset.somewhere)


def _properties(node: Node) -> dict[str, str]:
    return {
        entry.key.lower(): entry.node.value
        for entry in node.entries
        if isinstance(entry.node.value, str)
    }


@dataclass(frozen=True, slots=True)
class _Reader:
    path: str
    folder: str
    lines: LineIndex

    def groups(self, build: Node, key: str) -> Iterator[Content]:
        """``build.content`` and its like: strings, or objects of files, exclude and src."""
        node = child(build, key)
        for item in (node.items or (node,)) if node else ():
            if isinstance(item.value, str):
                yield Content(self.folder, (item.value,))
            elif isinstance(item.value, dict) and item.entries:
                source = child(item, "src") or child(item, "cwd")
                folder: str | None = self.folder
                if source is not None and isinstance(source.value, str):
                    is_from_root = source.value.startswith(("/", "\\"))
                    folder = join_path("" if is_from_root else self.folder, source.value)
                if folder is not None:
                    files = _strings(child(item, "files")) or ("**",)
                    yield Content(folder, files, _strings(child(item, "exclude")))

    def files(self, root: Node) -> Iterator[Content]:
        """docfx v3: everything that ``files`` names, by default all Markdown and YAML."""
        files = _strings(child(root, "files")) or ("**/*.{md,yml,json}",)
        yield Content(self.folder, files, _strings(child(root, "exclude")))

    def values(self, node: Node | None) -> Iterator[Inherited]:
        """Keys and values of ``globalMetadata``."""
        for entry in node.entries if node else ():
            yield self.inherited(entry.key, entry.node)

    def patterns(self, node: Node | None) -> Iterator[tuple[str, Inherited]]:
        """Pattern and value, key by key, of ``fileMetadata``."""
        for entry in node.entries if node else ():
            for pattern in entry.node.entries:
                yield pattern.key, self.inherited(entry.key, pattern.node)

    def inherited(self, key: str, node: Node) -> Inherited:
        return Inherited(key, node.value, self.path, self.lines.range(*node.extent))


def _strings(node: Node | None) -> tuple[str, ...]:
    """A string or a list of strings."""
    value = None if node is None else node.value
    if isinstance(value, str):
        return (value,)
    values: Iterable[Any] = value if isinstance(value, list) else ()
    return tuple(item for item in values if isinstance(item, str))
