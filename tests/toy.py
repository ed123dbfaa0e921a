"""A checker for tests of the core: every ``bad`` in an article is a finding."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from linters.article.article import Article
from linters.checker import Context, Resolution, ResolveContext
from linters.model.finding import Edit, Finding, Fix, Rule, Severity

BAD = Rule("TOY001", "bad-word", Severity.ERROR, "A bad word.")
ODD = Rule("TOY002", "odd-word", Severity.WARNING, "An odd word.")
SHY = Rule("TOY003", "shy-word", Severity.OFF, "A shy word.")
LATE = Rule("TOY004", "late-word", Severity.ERROR, "A late word.", network=True)
_WORDS = {"bad": BAD, "odd": ODD, "shy": SHY, "late": LATE}


class ToyChecker:
    """Finds words; the fix of a bad word is ``good``, safely; that of an odd one is unsafe."""

    name = "toy"
    rules = (BAD, ODD, SHY, LATE)
    facts_type: type[Any] | None = None

    def check(self, article: Article, context: Context) -> Iterable[Finding]:
        """Bad, odd and shy words."""
        return [finding for finding in _find(article) if finding.rule is not LATE]

    def collect(self, article: Article, context: Context) -> Any:
        """The findings that ``resolve`` gives."""
        return tuple(finding for finding in _find(article) if finding.rule is LATE)

    async def resolve(self, facts: Mapping[str, Any], run: ResolveContext) -> Resolution:
        """Late words, unless offline."""
        if run.network.offline:
            return Resolution()
        return Resolution(tuple(finding for path in facts for finding in facts[path]))


def _find(article: Article) -> Iterable[Finding]:
    for match in re.finditer(r"(?<![\w-])(bad|odd|shy|late)(?![\w-])", article.text):
        span = article.range(match.span())
        word = match[1]
        fix = None
        if word in ("bad", "odd"):
            fix = Fix(word == "bad", (Edit(span.start, span.end, "good"),))
        rule = _WORDS[word]
        yield Finding(rule=rule, path=article.path, range=span, message=f"{word}!", fix=fix)
