"""The localization checker."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from linters.article import Article
from linters.checker import Context, Resolution, Run
from linters.finding import Finding, Rule


class LocalizationChecker:
    """See the rules."""

    name = "localization"
    rules: tuple[Rule, ...] = ()
    facts_type: type[Any] | None = None

    def check(self, article: Article, context: Context) -> Iterable[Finding]:
        """The findings that this article alone shows."""
        return ()

    def collect(self, article: Article, context: Context) -> Any:
        """Nothing yet."""
        return None

    async def resolve(self, facts: Mapping[str, Any], run: Run) -> Resolution:
        """Nothing yet."""
        return Resolution()
