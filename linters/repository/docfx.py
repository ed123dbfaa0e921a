"""docfx's own configuration: which files are content, and what metadata they inherit.

``docfx.json`` (docfx v2: ``build.content``, ``globalMetadata``, ``fileMetadata``) and
``docfx.yml`` (docfx v3: ``files``, ``exclude`` and the same two). Globs and paths are
relative to the file's folder; of the patterns that match a file the last one counts.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from linters.article.text.lines import LineIndex
from linters.article.yaml_nodes import Node, read_yaml
from linters.model.errors import UserError
from linters.model.finding import Extent
from linters.repository.docfx_glob import docfx_glob
from linters.repository.inheritance import Inherited
from linters.repository.json_reader import read_json
from linters.util.patterns import PatternError

NAMES = ("docfx.json", "docfx.yml")


@dataclass(frozen=True, slots=True)
class Content:
    """Files that are pages; ``folder`` is root-relative, the globs are relative to it."""

    folder: str
    files: tuple[str, ...]
    exclude: tuple[str, ...] = ()

    def holds(self, path: str) -> bool:
        """Whether a root-relative path is one of the files."""
        local = relative(path, self.folder)
        return (
            local is not None
            and any(docfx_glob(one).match(local) for one in self.files)
            and not any(docfx_glob(one).match(local) for one in self.exclude)
        )


@dataclass(frozen=True, slots=True)
class Docset:
    """One configuration file of docfx, read."""

    path: str
    folder: str
    content: tuple[Content, ...] = ()
    everywhere: tuple[Inherited, ...] = ()
    somewhere: tuple[tuple[str, Inherited], ...] = field(default=())

    def is_content(self, path: str) -> bool:
        """Whether a root-relative path is published as a page."""
        return any(content.holds(path) for content in self.content)

    def inherited(self, path: str) -> Iterator[Inherited]:
        """What a root-relative path inherits; later values win."""
        yield from self.everywhere
        local = relative(path, self.folder)
        if local is not None:
            for pattern, one in self.somewhere:
                if docfx_glob(pattern).match(local):
                    yield one


def relative(path: str, folder: str) -> str | None:
    """The path as seen from a folder, both root-relative; None if it is not below it."""
    if not folder:
        return path
    return path[len(folder) + 1 :] if path.startswith(folder + "/") else None


def read_docset(path: str, text: str) -> Docset:
    """The docset of a configuration file's text; UserError says where it is damaged."""
    document = read_yaml(text) if path.endswith(".yml") else read_json(text)
    lines = LineIndex(text)
    if document.problem is not None:
        line, column = lines.position(document.problem.offset)
        raise UserError(f"{path}:{line}:{column}: {document.problem.message}")
    folder = posixpath.dirname(path)
    root = document.root or Node({}, Extent(0, 0))
    build = root if path.endswith(".yml") else _child(root, "build")
    if build is None:
        return Docset(path, folder)
    reader = _Reader(path, folder, lines)
    content = reader.content(build) if path.endswith(".json") else reader.files(build)
    everywhere = tuple(reader.values(_child(build, "globalMetadata")))
    somewhere = tuple(reader.patterns(_child(build, "fileMetadata")))
    docset = Docset(path, folder, tuple(content), everywhere, somewhere)
    try:
        for pattern in _globs(docset):
            docfx_glob(pattern)
    except PatternError as error:
        raise UserError(f"{path}: {error}") from error
    return docset


def _globs(docset: Docset) -> Iterator[str]:
    for content in docset.content:
        yield from (*content.files, *content.exclude)
    yield from (pattern for pattern, _ in docset.somewhere)


def _child(node: Node, key: str) -> Node | None:
    entry = node.entry(key)
    return entry.node if entry else None


@dataclass(frozen=True, slots=True)
class _Reader:
    path: str
    folder: str
    lines: LineIndex

    def content(self, build: Node) -> Iterator[Content]:
        """``build.content``: strings, or objects of ``files``, ``exclude`` and ``src``."""
        node = _child(build, "content")
        for item in (node.items or (node,)) if node else ():
            if isinstance(item.value, str):
                yield Content(self.folder, (item.value,))
            elif isinstance(item.value, dict):
                source = item.value.get("src", item.value.get("cwd"))
                folder = self.folder
                if isinstance(source, str):
                    folder = posixpath.normpath(posixpath.join(folder, source)).strip("/")
                folder = "" if folder == "." else folder
                if not folder.startswith(".."):
                    files = _strings(item.value.get("files")) or ("**",)
                    yield Content(folder, files, _strings(item.value.get("exclude")))

    def files(self, root: Node) -> Iterator[Content]:
        """docfx v3: everything that ``files`` names, by default all Markdown and YAML."""
        value = root.value if isinstance(root.value, dict) else {}
        files = _strings(value.get("files")) or ("**/*.{md,yml,json}",)
        yield Content(self.folder, files, _strings(value.get("exclude")))

    def values(self, node: Node | None) -> Iterator[Inherited]:
        """Keys and values of ``globalMetadata``."""
        for entry in node.entries if node else ():
            yield self.one(entry.key, entry.node)

    def patterns(self, node: Node | None) -> Iterator[tuple[str, Inherited]]:
        """Pattern and value, key by key, of ``fileMetadata``."""
        for entry in node.entries if node else ():
            for pattern in entry.node.entries:
                yield pattern.key, self.one(entry.key, pattern.node)

    def one(self, key: str, node: Node) -> Inherited:
        return Inherited(key, node.value, self.path, self.lines.range(*node.extent))


def _strings(value: Any) -> tuple[str, ...]:
    """A string or a list of strings."""
    if isinstance(value, str):
        return (value,)
    values: Iterable[Any] = value if isinstance(value, list) else ()
    return tuple(one for one in values if isinstance(one, str))
