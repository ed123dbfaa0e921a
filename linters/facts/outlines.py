"""The outlines of all articles: collected by the core, and kept in the cache like facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from linters.article.article import Article
from linters.checker import Context, Resolution, ResolveContext
from linters.model.finding import Finding, Rule
from linters.model.settings import Settings
from linters.repository.outline import ArticleOutline, outline_of

_NO_SETTINGS = Context(Settings(), datetime.min.replace(tzinfo=UTC))


class OutlineCollector:
    """Collects outlines as a checker collects facts; it checks nothing."""

    name = "outline"
    rules: tuple[Rule, ...] = ()
    facts_type: type[Any] | None = ArticleOutline

    def check(self, article: Article, context: Context) -> Iterable[Finding]:
        """Nothing."""
        return ()

    def collect(self, article: Article, context: Context) -> ArticleOutline:
        """The outline of an article."""
        return outline_of(article)

    async def resolve(self, facts: Mapping[str, Any], context: ResolveContext) -> Resolution:
        """Nothing."""
        return Resolution()

    @staticmethod
    def context_of(_path: str) -> Context:
        """The same for every article: an outline depends on no settings."""
        return _NO_SETTINGS
