"""The metadata checker."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from linters.article.article import Article
from linters.checker import Context, Resolution, ResolveContext
from linters.metadata import rules
from linters.metadata.article_context import Prepared, prepare
from linters.metadata.article_findings import article_findings
from linters.metadata.facts import MetadataFacts, collect_facts
from linters.model.finding import Finding, Rule, Severity
from linters.repository.repository import Repository


class MetadataChecker:
    """Front matter: whether the build recognizes and can parse it, and whether it is right."""

    name = "metadata"
    rules: tuple[Rule, ...] = rules.RULES
    facts_type: type[Any] | None = MetadataFacts

    def prepare(self, repository: Repository) -> Prepared:
        """The schemas, docfx's configuration and the locale of the repository."""
        return prepare(repository)

    def check(self, article: Article, context: Context) -> Iterable[Finding]:
        """The findings that need nothing but this article."""
        if article.is_yaml:
            return ()
        found = article_findings(article, context)
        return [finding for finding in found if finding.severity is not Severity.OFF]

    def collect(self, article: Article, context: Context) -> MetadataFacts | None:
        """The header's text, and what the article includes."""
        return collect_facts(article)

    async def resolve(self, facts: Mapping[str, Any], run: ResolveContext) -> Resolution:
        """Missing headers, values that must be unique, rare values, the common locale."""
        from linters.metadata.cross_article import dependencies, resolve
        from linters.metadata.revise import Revision

        return Resolution(
            findings=tuple(resolve(facts, run)),
            revise=Revision(run),
            notes=run.prepared.notes,
            dependencies=dependencies(facts, run),
        )
