"""The findings of one article's front matter, rule by rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from linters.article.article import Article
from linters.article.header import Header, read_header
from linters.checker import Context
from linters.metadata import header_rules, localization_block, rules
from linters.metadata.article_context import Prepared
from linters.metadata.deduplicate import has_segment_spans, one_damage_one_finding
from linters.metadata.header_dates import invalid_dates
from linters.metadata.header_detection import Reason, find_conflict, find_nested, find_reason
from linters.model.finding import Finding


def article_findings(article: Article, context: Context) -> Iterator[Finding]:
    """All findings of one Markdown article; those of damage exclude the others."""
    header = article.header
    before = read_header(context.base.removeprefix("\ufeff")) if context.base else None
    if header is None:
        reason = find_reason(article.text)
        if reason is not None:
            yield _unreadable(article, reason, by_change=before is not None)
        return
    reason = find_conflict(article.text, header.content)
    if reason is None and header.problem is None:
        reason = find_nested(header)
    if reason is not None:
        yield _unreadable(article, reason, by_change=False)
        return
    damage = header_rules.damage(article, header)
    if damage is not None:
        if not has_segment_spans(header.text):
            yield damage
        return
    yield from header_rules.duplicates(article, header)
    base = before.values if before is not None else {}
    of_values = tuple(_of_values(article, header, context))
    misspelt = {
        str(finding.data["key"]): str(finding.data["suggestion"])
        for finding in of_values
        if finding.rule is rules.MISSPELT_ATTRIBUTE
    }
    for finding in (*of_values, *_of_block(article, header, context, base, misspelt)):
        absent = finding.data.get("missing", ())
        deleted = any(key in base for key in absent)
        yield replace(finding, by_change=True) if deleted else finding


def _unreadable(article: Article, reason: Reason, *, by_change: bool) -> Finding:
    """``by_change``: the base revision had a header that could be read."""
    return article.finding(
        rules.HEADER_UNREADABLE,
        reason.extent,
        reason.message,
        help=reason.help,
        by_change=by_change,
    )


def _of_values(article: Article, header: Header, context: Context) -> Iterator[Finding]:
    """What the schemas and the rules without schema find in keys and values."""
    prepared = context.prepared or Prepared()
    scope = prepared.context(article.path, context.settings)
    from linters.metadata.schema.load_schema import load_schema
    from linters.metadata.schema.source import bundled_source
    from linters.metadata.schema_findings import Subject, find_violations
    from linters.repository.inheritance import merge_inherited

    sources = scope.schemas
    if sources is None:
        localized = localization_block.is_localized(article, header)
        name = "localized-article" if localized else "article"
        sources = (bundled_source(name, scope.date_formats),)
    schemas = [load_schema(source) for source in sources]
    values, origins = merge_inherited(scope.inherited, header.values)
    subject = Subject(article, header, values, origins, new=context.base is None)
    violations = [
        candidate
        for schema in schemas
        for candidate in find_violations(schema, subject, context.now)
    ]
    known = {key for schema in schemas for key in schema.properties} | set(origins)
    plain = (
        *header_rules.misspellings(article, header, known),
        *header_rules.nested_keys(article, header),
        *header_rules.invisible_characters(article, header),
        *header_rules.placeholders(article, header),
        *invalid_dates(article, header),
    )
    yield from one_damage_one_finding(article, header, plain, violations)


def _of_block(
    article: Article,
    header: Header,
    context: Context,
    base: Mapping[str, Any],
    misspelt: Mapping[str, str],
) -> Iterator[Finding]:
    """What is wrong with the localization block of a localized article."""
    if not localization_block.is_localized(article, header):
        return
    prepared = context.prepared or Prepared()
    locale = prepared.locales.of(article.path, context.settings)
    edited = tuple(localization_block.edited(article, header, base)) if base else ()
    keys = {finding.data.get("key") for finding in edited}
    yield from edited
    if not has_segment_spans(header.text):
        yield from localization_block.missing(article, header, base, misspelt)
    yield from localization_block.order(article, header, misspelt)
    for finding in (
        *localization_block.invalid(article, header),
        *localization_block.mismatch(article, header, locale),
    ):
        if finding.data["key"] not in keys:
            yield finding
