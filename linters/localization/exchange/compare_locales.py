"""Compares all articles of several trees across their locales."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from linters.article.article import UnreadableError
from linters.checker import Resolution, ResolveContext
from linters.localization.article_locale import locale_of
from linters.localization.exchange.comparison_checker import ComparisonChecker
from linters.localization.exchange.locale_findings import compare
from linters.localization.exchange.localized_article import LocalizedArticle, read_localized
from linters.localization.header_fields import localization_values
from linters.localization.rules import RULE
from linters.model.finding import Finding, Rule
from linters.repository.locale import stated_locales
from linters.repository.repository import Repository


@dataclass(frozen=True)
class LocaleTree:
    """One tree of articles; ``name`` is unique among the trees.

    ``articles`` maps the path below the tree to the path below the repository's root. In the
    report, ``prefix`` precedes the latter.
    """

    name: str
    repository: Repository
    articles: Mapping[str, str]
    prefix: str = ""


@dataclass
class Comparison:
    """The findings by tree and article, and the counts of articles compared and not compared."""

    findings: dict[tuple[int, str], list[Finding]] = field(default_factory=dict)
    compared: int = 0
    alone: int = 0
    without_commit: int = 0
    other_commit: list[str] = field(default_factory=list)


def compare_trees(trees: Sequence[LocaleTree]) -> Comparison:
    """Compare the articles with the same path in several trees.

    Only articles with the same ``ms.sourcegitcommit`` are compared.
    """
    result = Comparison()
    counts = Counter(path for tree in trees for path in tree.articles)
    for path in sorted(counts):
        articles = list(_editions(trees, path)) if counts[path] > 1 else []
        if len(articles) < 2:
            result.alone += 1
            continue
        groups: dict[str, list[LocalizedArticle]] = {}
        for edition in articles:
            groups.setdefault(edition.commit, []).append(edition)
        result.without_commit += bool(groups.pop("", None))
        if len(groups) > 1:
            result.other_commit.append(path)
        alike = [group for group in groups.values() if len(group) > 1]
        result.compared += bool(alike)
        for group in alike:
            for edition, finding in compare(group):
                result.findings.setdefault((edition.tree, edition.path), []).append(finding)
    return result


def _editions(trees: Sequence[LocaleTree], path: str) -> Iterator[LocalizedArticle]:
    """The readable side-by-side articles at a path."""
    for number, tree in enumerate(trees):
        try:
            article = tree.repository.read(tree.articles[path]) if path in tree.articles else None
        except UnreadableError:
            continue  # the pipeline reports it
        if article is not None and article.segments:
            settings = tree.repository.settings_of(article.path)
            locale = locale_of(article, stated_locales(tree.repository.build), settings)
            label = locale or tree.name
            commit = localization_values(article).get("ms.sourcegitcommit", "")
            yield read_localized(article, number, label, commit, tree.prefix + article.path)


class ComparedChecker(ComparisonChecker):
    """Passes the findings of a comparison to the pipeline, for the articles of one root."""

    name = "compare"
    rules: tuple[Rule, ...] = (RULE["locale-segment-missing"], RULE["locale-link-mismatch"])

    def __init__(self, findings: Sequence[Finding]) -> None:
        self._findings = tuple(findings)

    async def resolve(self, facts: Mapping[str, Any], run: ResolveContext) -> Resolution:
        return Resolution(self._findings)
