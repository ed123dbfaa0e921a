"""What the checkers that compare whole articles have in common."""

from __future__ import annotations

from typing import Any

from linters.article.article import Article
from linters.checker import Context
from linters.model.finding import Finding


class ComparisonChecker:
    """A checker that finds nothing in a single article: ``resolve`` compares it with others."""

    facts_type: type[Any] | None = None

    def check(self, article: Article, context: Context) -> tuple[Finding, ...]:
        """No findings."""
        return ()

    def collect(self, article: Article, context: Context) -> None:
        """No facts."""
