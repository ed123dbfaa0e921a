"""What the metadata rules need of the repository, read once before the articles are checked.

``check`` is pure, so ``prepare`` reads schemas, docfx's configuration and the repository's
locale, and the context has them as one frozen value.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from linters.article.article import UnreadableError, decode
from linters.metadata.schema.source import SchemaSource, bundled_names, bundled_source
from linters.model.errors import UserError
from linters.model.finding import Position, Range
from linters.model.note import Note
from linters.model.settings import Settings
from linters.repository.docfx import Docset
from linters.repository.docset_index import DocsetIndex
from linters.repository.inheritance import Inherited
from linters.repository.locale import StatedLocales, stated_locales
from linters.repository.repository import Repository
from linters.util.globs import globs

MAX_SCHEMA_FILES = 50


@dataclass(frozen=True, slots=True)
class ArticleContext:
    """What applies to one article.

    ``schemas`` is None for the default choice. ``locale`` is the one that configuration or
    repository name state.
    """

    schemas: tuple[SchemaSource, ...] | None = None
    inherited: tuple[Inherited, ...] = ()
    locale: str | None = None
    date_formats: tuple[str, ...] = ("M/d/yyyy",)


@dataclass(frozen=True, slots=True)
class Prepared:
    """What the metadata rules need of the repository.

    ``sources``: schemas by (name, folder of the configuration, date formats). ``notes``:
    unknown keywords of the schemas.
    """

    docsets: DocsetIndex = field(default_factory=DocsetIndex)
    locales: StatedLocales = field(default_factory=StatedLocales)
    sources: tuple[tuple[tuple[str, str, tuple[str, ...]], SchemaSource], ...] = ()
    notes: tuple[Note, ...] = ()

    def context(self, path: str, settings: Settings) -> ArticleContext:
        """The context of one article; UserError below the folder of a damaged docfx file."""
        damage = self.docsets.damage_above(path)
        if damage is not None:
            raise UserError(damage)
        return ArticleContext(
            schemas=self.schemas(path, settings),
            inherited=tuple(_inherited(path, settings, self.docsets.of(path))),
            locale=self.locales.of(path, settings),
            date_formats=settings.metadata.date_formats,
        )

    def schemas(self, path: str, settings: Settings) -> tuple[SchemaSource, ...] | None:
        """The configured schemas of one article; None for the default choice."""
        choices = settings.metadata.schemas
        if choices is None:
            return None
        local = settings.local(path)
        chosen = [choice for choice in choices if globs(tuple(choice.files)).match_file(local)]
        sources = dict(self.sources)
        return tuple(dict.fromkeys(sources[_key(choice.schema, settings)] for choice in chosen))


def prepare(repository: Repository) -> Prepared:
    """Read docfx's configuration and all schemas; UserError for a bad schema."""
    sources = _sources(repository)
    return Prepared(
        docsets=repository.build.docsets,
        locales=stated_locales(repository.build),
        sources=tuple(sources.items()),
        notes=tuple(_notes(sources.values())),
    )


def _notes(sources: Iterable[SchemaSource]) -> Iterator[Note]:
    for source in sources:
        if not source.bundled:
            from linters.metadata.schema.docfx_metaschema import unknown_keywords

            yield from unknown_keywords(source)


def _sources(repository: Repository) -> dict[tuple[str, str, tuple[str, ...]], SchemaSource]:
    """Every schema that a configuration of the repository names."""
    every = {id(s): s for s in map(repository.settings_of, repository.articles)}
    every[0] = repository.settings_of("")
    found: dict[tuple[str, str, tuple[str, ...]], SchemaSource] = {}
    for settings in every.values():
        for choice in settings.metadata.schemas or ():
            key = _key(choice.schema, settings)
            if key not in found:
                found[key] = (
                    bundled_source(choice.schema, settings.metadata.date_formats)
                    if choice.schema in bundled_names()
                    else _file_source(repository, choice.schema, settings)
                )
    return found


def _key(name: str, settings: Settings) -> tuple[str, str, tuple[str, ...]]:
    return (name, settings.directory, settings.metadata.date_formats)


def _inherited(path: str, settings: Settings, docset: Docset | None) -> Iterator[Inherited]:
    """From the weakest to the strongest: everywhere before by pattern, docfx before ours."""
    ours = list(_configured(path, settings))
    theirs = list(docset.inherited(path)) if docset else []
    everywhere = len(docset.everywhere) if docset else 0
    yield from theirs[:everywhere]
    yield from (value for value, pattern in ours if pattern is None)
    yield from theirs[everywhere:]
    yield from (value for value, pattern in ours if pattern is not None)


def _file_source(repository: Repository, name: str, settings: Settings) -> SchemaSource:
    from linters.metadata.schema.load_schema import load_schema, references

    first = _locate(repository, Path(settings.directory) / name, name)
    texts: dict[str, str] = {}
    pending = [first]
    while pending:
        uri = pending.pop()
        if uri in texts:
            continue
        if len(texts) >= MAX_SCHEMA_FILES:
            raise UserError(f"{first}: refers to more than {MAX_SCHEMA_FILES} files")
        texts[uri] = _text(repository, uri)
        for reference in references(uri, texts[uri]):
            local = unquote(reference.partition("#")[0])
            target = posixpath.normpath(posixpath.join(posixpath.dirname(uri), local))
            pending.append(_locate(repository, repository.root / target, f"$ref {reference!r}"))
    source = SchemaSource(first, tuple(sorted(texts.items())))
    load_schema(source).try_out()
    return source


def _locate(repository: Repository, path: Path, name: str) -> str:
    """The root-relative path of a schema file; UserError where it is outside or missing.

    At a revision, symbolic links of the working tree do not count: a change could make a
    schema another one.
    """
    policy = repository.policy
    try:
        root = repository.root if policy else repository.root.resolve()
        full = Path(os.path.normpath(path)) if policy else path.resolve()
        inside = full.is_relative_to(root)
    except (OSError, RuntimeError, ValueError) as error:
        raise UserError(f"schema {name}: {error}") from error
    if not inside:
        raise UserError(f"schema {name}: outside the repository")
    relative = full.relative_to(root).as_posix()
    if not (relative in policy.files if policy else full.is_file()):
        known = ", ".join(bundled_names())
        raise UserError(f"schema {name}: no such file, expected a file or one of {known}")
    return relative


def _text(repository: Repository, path: str) -> str:
    try:
        return decode((repository.policy or repository).read_bytes(path))
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
