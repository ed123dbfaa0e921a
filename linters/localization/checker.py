"""The localization checker."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from linters.article.article import Article
from linters.checker import Context, Dependencies, Repository, Resolution, ResolveContext
from linters.localization.article_locale import locale_of
from linters.localization.rules import RULES
from linters.model.finding import Finding, Position, Rule
from linters.repository.locale import StatedLocales, stated_locales


class LocalizationChecker:
    """Checks side-by-side segments: their structure, and the translation inside them."""

    name = "localization"
    rules: tuple[Rule, ...] = RULES
    facts_type: type[Any] | None = None

    def prepare(self, repository: Repository) -> StatedLocales:
        """The locales that configuration or repository name state."""
        return stated_locales(repository.build)

    def check(self, article: Article, context: Context) -> Iterable[Finding]:
        """The findings that this article alone shows; none for articles without segments."""
        if not article.tokens.segments and not article.tokens.damages:
            return
        # Imported only here: articles that are not localized need none of it.
        from linters.localization.structure import structure_findings, valid_segments
        from linters.localization.translation_findings import translation_findings

        damages = tuple(structure_findings(article))
        yield from damages
        segments = valid_segments(article)
        if segments:
            stated = context.prepared or StatedLocales()
            locale = locale_of(article, stated, context.settings)
            damaged = [
                article.lines.offset(position)
                for finding in damages
                for position in (
                    finding.range.start,
                    *(Position(related.line, related.column) for related in finding.related),
                )
            ]
            source_locale = context.settings.localization.source_locale
            yield from translation_findings(article, segments, locale, source_locale, damaged)

    def collect(self, article: Article, context: Context) -> Any:
        """No facts: every segment is checked within its article."""
        return None

    async def resolve(self, facts: Mapping[str, Any], run: ResolveContext) -> Resolution:
        """No findings beyond those of ``check``."""
        return Resolution(dependencies=Dependencies())
