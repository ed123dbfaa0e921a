"""The metadata checker."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from linters.article.article import Article
from linters.article.header import Header, read_header
from linters.checker import Context, Resolution, ResolveContext
from linters.metadata import header_rules, localization_block, rules
from linters.metadata.article_context import Prepared, prepare
from linters.metadata.deduplicate import Thumb, one_damage_one_finding
from linters.metadata.facts import MetadataFacts, collect_facts
from linters.metadata.found import Found, to_finding
from linters.metadata.header_detection import Reason, find_conflict, find_nested, find_reason
from linters.model.finding import Finding, Rule, Severity
from linters.repository.repository import Repository

SPAN_MARKERS = ("data-ttu-id", "data-stu-id", "sxs-lookup")


class MetadataChecker:
    """Front matter: is it seen, can it be read, and is what it says right."""

    name = "metadata"
    rules: tuple[Rule, ...] = rules.RULES
    facts_type: type[Any] | None = MetadataFacts

    def prepare(self, repository: Repository) -> Prepared:
        """The schemas, docfx's configuration and the locale of the repository."""
        return prepare(repository)

    def check(self, article: Article, context: Context) -> Iterable[Finding]:
        """The findings that this article alone shows."""
        if article.is_yaml:
            return
        for found in _found(article, context):
            if found.severity is not Severity.OFF:
                yield to_finding(found, article)

    def collect(self, article: Article, context: Context) -> MetadataFacts | None:
        """The header's text, and what the article includes."""
        return collect_facts(article)

    async def resolve(self, facts: Mapping[str, Any], run: ResolveContext) -> Resolution:
        """Missing headers, values that should be unique, rare values, the common locale."""
        from linters.metadata.cross_article import resolve

        return Resolution(findings=tuple(resolve(facts, run)))


def _found(article: Article, context: Context) -> Iterator[Found]:
    header = article.header
    before = read_header(context.base.removeprefix("\ufeff")) if context.base else None
    if header is None:
        reason = find_reason(article.text)
        if reason is not None:
            yield _unreadable(reason, by_change=before is not None)
        return
    reason = find_conflict(article.text, header.content)
    if reason is None and header.problem is None:
        reason = find_nested(header)
    if reason is not None:
        yield _unreadable(reason, by_change=False)
        return
    damage = header_rules.damage(header)
    if damage is not None:
        # Spans in the header are the localization checker's to report.
        if not any(marker in header.text for marker in SPAN_MARKERS):
            yield damage
        return
    yield from header_rules.duplicates(header)
    base = before.values if before is not None else {}
    content = tuple(_content(article, header, context))
    misspelt = {
        one.data["key"]: one.data["suggestion"]
        for one in content
        if one.rule is rules.MISSPELT_ATTRIBUTE
    }
    for found in (*content, *_localization(article, header, context, base, misspelt)):
        gone = found.data.get("missing", ())
        yield replace(found, by_change=True) if any(key in base for key in gone) else found


def _unreadable(reason: Reason, *, by_change: bool) -> Found:
    """``by_change``: the base revision had a header that could be read."""
    rule = rules.HEADER_UNREADABLE
    return Found(rule, reason.extent, reason.message, help=reason.help, by_change=by_change)


def _content(article: Article, header: Header, context: Context) -> Iterator[Found]:
    """What the schemas and the rules beside them say of the values."""
    prepared = context.prepared or Prepared()
    surroundings = prepared.context(article.path, context.settings)
    thumb = Thumb(
        invisible=tuple(header_rules.invisible_characters(header)),
        placeholders=tuple(header_rules.placeholders(header)),
    )
    if surroundings.content is False:
        yield from (found for _, _, found in thumb.invisible)
        return
    from linters.metadata.schema.loading import load_schema
    from linters.metadata.schema.source import bundled_source
    from linters.metadata.schema_findings import Subject, judge
    from linters.repository.inheritance import merge_inherited

    sources = surroundings.schemas
    if sources is None:
        name = "localized-article" if is_localized(article, header) else "article"
        sources = (bundled_source(name, surroundings.date_formats),)
    schemas = [load_schema(source) for source in sources]
    values, origins = merge_inherited(surroundings.inherited, header.values)
    subject = Subject(header, values, origins, (article.path,), new=context.base is None)
    judged = [one for schema in schemas for one in judge(schema, subject, context.now)]
    known = {key for schema in schemas for key in schema.properties}
    misspelt = tuple(header_rules.misspellings(header, known | set(origins)))
    yield from one_damage_one_finding(header, judged, misspelt, thumb)


def is_localized(article: Article, header: Header) -> bool:
    """Whether an article came out of the localization pipeline."""
    return bool(localization_block.block_of(header)) or bool(article.segments)


def _localization(
    article: Article,
    header: Header,
    context: Context,
    base: Mapping[str, Any],
    misspelt: Mapping[str, str],
) -> Iterator[Found]:
    """The rules of the localization block, where an article is localized."""
    if not is_localized(article, header):
        return
    prepared = context.prepared or Prepared()
    locale = context.settings.localization.locale or prepared.locale
    edited = tuple(localization_block.edited(header, base)) if base else ()
    keys = {found.data.get("key") for found in edited}
    yield from edited
    yield from localization_block.missing(header, base, misspelt)
    yield from localization_block.order(header, misspelt)
    for found in (
        *localization_block.invalid(header),
        *localization_block.mismatch(header, locale),
    ):
        if found.data["key"] not in keys:
            yield found
