"""What the metadata rules need of the repository besides the article, read before the checks.

Schemas, docfx's configuration and the repository's locale are files and names; ``check`` is
pure, so they travel in the context, frozen.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

from linters.article.article import UnreadableError, decode
from linters.metadata.schema.source import SchemaSource, bundled_names, bundled_source
from linters.model.errors import UserError
from linters.model.finding import Position, Range
from linters.model.settings import Settings
from linters.repository.docfx import NAMES, Docset, read_docset
from linters.repository.inheritance import Inherited
from linters.repository.locale import locale_in_name
from linters.repository.repository import Repository
from linters.util.globs import globs

MAX_SCHEMA_FILES = 50

_NO_CONTENT = re.compile(
    r"(?:readme|contributing|license|licence|license-code|code[-_]of[-_]conduct|security|support"
    r"|changelog|changes|history|thirdpartynotices?|third[-_]party[-_]notices?|notice|authors"
    r"|contributors|maintainers|governance|codeowners|issue_template|pull_request_template)"
    r"(?:[-_.][a-z]{2}(?:-[a-z]{2})?)?\.md",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What one article's metadata is judged by, besides itself.

    ``schemas`` is None for the default choice. ``content`` says whether the file is a page
    of its own; None where only what includes it can tell. ``locale`` is that of the
    configuration or of the repository's name.
    """

    schemas: tuple[SchemaSource, ...] | None = None
    inherited: tuple[Inherited, ...] = ()
    content: bool | None = None
    locale: str | None = None
    date_formats: tuple[str, ...] = ("M/d/yyyy",)


class SurroundingsReader:
    """Reads what a repository says of its articles' metadata; each file once."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._sources: dict[tuple[str, str, tuple[str, ...]], SchemaSource] = {}
        self._damaged: dict[str, UserError] = {}
        self._known: dict[str, Surroundings] = {}

    def of(self, path: str, settings: Settings) -> Surroundings:
        """The surroundings of one article; UserError for a bad schema or docfx file."""
        if path not in self._known:
            self._known[path] = self._read(path, settings)
        return self._known[path]

    def _read(self, path: str, settings: Settings) -> Surroundings:
        docset = self._docset(path)
        return Surroundings(
            schemas=self._schemas(path, settings),
            inherited=tuple(self._inherited(path, settings, docset)),
            content=self._content(path),
            locale=settings.localization.locale or locale_in_name(self._repository.name),
            date_formats=settings.metadata.date_formats,
        )

    @cached_property
    def docsets(self) -> tuple[Docset, ...]:
        """The docsets of the repository, the deepest first; damaged ones are left out."""
        found = []
        for path in self._repository.files:
            if path.rpartition("/")[2] in NAMES:
                try:
                    found.append(read_docset(path, self._text(path)))
                except UserError as error:
                    self._damaged[path] = error
        return tuple(sorted(found, key=lambda one: (-len(one.folder), one.path)))

    def _docset(self, path: str) -> Docset | None:
        """The docset that publishes a path, else the nearest one above it."""
        docsets = self.docsets
        for damaged, error in self._damaged.items():
            folder = damaged.rpartition("/")[0]
            if not folder or path.startswith(folder + "/"):
                raise error
        above = [one for one in docsets if not one.folder or path.startswith(one.folder + "/")]
        publishing = [one for one in docsets if one.is_content(path)]
        return next(iter(publishing or above), None)

    def _content(self, path: str) -> bool | None:
        if any(one.content for one in self.docsets):
            return any(one.is_content(path) for one in self.docsets)
        *folders, name = path.lower().split("/")
        if "includes" in folders or _NO_CONTENT.fullmatch(name) or ".github" in folders:
            return False
        return None

    def _inherited(
        self, path: str, settings: Settings, docset: Docset | None
    ) -> Iterator[Inherited]:
        """From the weakest to the strongest: everywhere before by pattern, docfx before ours."""
        ours = list(_configured(path, settings))
        theirs = list(docset.inherited(path)) if docset else []
        everywhere = len(docset.everywhere) if docset else 0
        yield from theirs[:everywhere]
        yield from (one for one, pattern in ours if pattern is None)
        yield from theirs[everywhere:]
        yield from (one for one, pattern in ours if pattern is not None)

    def _schemas(self, path: str, settings: Settings) -> tuple[SchemaSource, ...] | None:
        choices = settings.metadata.schemas
        if choices is None:
            return None
        local = settings.local(path)
        chosen = [one for one in choices if globs(tuple(one.files)).match_file(local)]
        return tuple(dict.fromkeys(self._source(one.schema, settings) for one in chosen))

    def _source(self, name: str, settings: Settings) -> SchemaSource:
        formats = settings.metadata.date_formats
        key = (name, settings.directory, formats)
        if key not in self._sources:
            self._sources[key] = (
                bundled_source(name, formats)
                if name in bundled_names()
                else self._file_source(name, settings)
            )
        return self._sources[key]

    def _file_source(self, name: str, settings: Settings) -> SchemaSource:
        from linters.metadata.schema.loading import load_schema, references

        first = self._locate(Path(settings.directory) / name, settings, name)
        texts: dict[str, str] = {}
        pending = [first]
        while pending:
            uri = pending.pop()
            if uri in texts:
                continue
            if len(texts) >= MAX_SCHEMA_FILES:
                raise UserError(f"{first}: refers to more than {MAX_SCHEMA_FILES} files")
            texts[uri] = self._text(uri)
            for reference in references(uri, texts[uri]):
                local = unquote(reference.partition("#")[0])
                target = posixpath.normpath(posixpath.join(posixpath.dirname(uri), local))
                path = self._locate(self._repository.root / target, settings, f"$ref {reference!r}")
                pending.append(path)
        source = SchemaSource(first, tuple(sorted(texts.items())))
        load_schema(source).try_out()
        return source

    def _locate(self, path: Path, settings: Settings, name: str) -> str:
        """The root-relative path of a schema file; UserError where it is outside or missing."""
        root = self._repository.root.resolve()
        try:
            full = path.resolve()
            inside = full.is_relative_to(root)
        except (OSError, RuntimeError, ValueError) as error:
            raise UserError(f"schema {name}: {error}") from error
        if not inside:
            raise UserError(f"schema {name}: is outside of the repository")
        if not full.is_file():
            known = ", ".join(bundled_names())
            raise UserError(f"schema {name}: no such file, and not one of ours ({known})")
        return full.relative_to(root).as_posix()

    def _text(self, path: str) -> str:
        try:
            return decode(self._repository.read_bytes(path))
        except UnreadableError as error:
            raise UserError(f"{path}: {error}") from error


def _configured(path: str, settings: Settings) -> Iterator[tuple[Inherited, str | None]]:
    """``[metadata] global`` and ``file``, each with its pattern, placed in our own file."""
    nowhere = Range(Position(1, 1), Position(1, 1))
    source = settings.source or "articlelint.toml"
    for key, value in settings.metadata.global_metadata.items():
        place = settings.places.get(("metadata", "global", key), nowhere)
        yield Inherited(key, value, source, place), None
    local = settings.local(path)
    for key, patterns in settings.metadata.file_metadata.items():
        for pattern, value in patterns.items():
            if globs((pattern,)).match_file(local):
                place = settings.places.get(("metadata", "file", key, pattern), nowhere)
                yield Inherited(key, value, source, place), pattern
