"""The localization checker."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from linters.article.article import Article
from linters.checker import Context, Resolution, ResolveContext
from linters.localization.exchange.rules import EXCHANGE_RULES
from linters.localization.locale import locale_of
from linters.localization.problem import findings
from linters.localization.rules import RULES
from linters.localization.structure import sound_segments, structure_problems
from linters.localization.translation import translation_problems
from linters.model.finding import Finding, Rule


class LocalizationChecker:
    """Side-by-side segments: sound, and nothing broken inside them."""

    name = "localization"
    rules: tuple[Rule, ...] = (*RULES, *EXCHANGE_RULES)
    facts_type: type[Any] | None = None

    def check(self, article: Article, context: Context) -> Iterable[Finding]:
        """The findings that this article alone shows; none for articles without segments."""
        if not article.tokens.segments and not article.tokens.damages:
            return
        broken = tuple(structure_problems(article))
        yield from findings(article, broken)
        sound = sound_segments(article)
        if sound:
            locale = locale_of(article, context.settings)
            blamed = [start for problem in broken for start in problem.places]
            yield from findings(article, translation_problems(article, sound, locale, blamed))

    def collect(self, article: Article, context: Context) -> Any:
        """Nothing: every segment is judged in its own article."""
        return None

    async def resolve(self, facts: Mapping[str, Any], run: ResolveContext) -> Resolution:
        """Nothing, for the same reason."""
        return Resolution()
