"""The localization checker."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from linters.article import Article
from linters.checker import Context, Resolution, Run
from linters.finding import Finding, Rule
from linters.localization.exchange.rules import EXCHANGE_RULES
from linters.localization.problem import findings
from linters.localization.rules import RULES
from linters.localization.structure import structure_problems


class LocalizationChecker:
    """Side-by-side segments: sound, and nothing broken inside them."""

    name = "localization"
    rules: tuple[Rule, ...] = (*RULES, *EXCHANGE_RULES)
    facts_type: type[Any] | None = None

    def check(self, article: Article, context: Context) -> Iterable[Finding]:
        """The findings that this article alone shows; none for articles without segments."""
        yield from findings(article, structure_problems(article))

    def collect(self, article: Article, context: Context) -> Any:
        """Nothing: every segment is judged in its own article."""
        return None

    async def resolve(self, facts: Mapping[str, Any], run: Run) -> Resolution:
        """Nothing, for the same reason."""
        return Resolution()
