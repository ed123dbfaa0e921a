"""Prepares the findings of ``resolve`` for the report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from linters.article.article import Article, UnreadableError
from linters.checker import Diff
from linters.findings.fingerprints import ArticleSummary, mark, subject, summarize
from linters.model.finding import Finding
from linters.repository.repository import Repository
from linters.util.multiple_search import found_before

_URL_END = re.compile(r"[\s)>\]\"'<|]|[.,;:!?]{0,9}(?:\s|\Z)")


@dataclass(frozen=True, slots=True)
class LaterFindings:
    """Marks the findings that are not yet; adds the summaries of articles that were not checked.

    With a diff, what the network says of a URL that the article already had is left out: an
    old link that breaks is not what the change brings, whatever else it does to the line.
    """

    repository: Repository
    summaries: dict[str, ArticleSummary]
    articles: frozenset[str]
    change: Diff | None = None

    def marked(self, path: str, findings: Iterable[Finding]) -> list[Finding]:
        """The findings of one path, those of ``check`` before those of ``resolve``."""
        every = list(findings)
        later = [finding for finding in every if not finding.text_digest]
        if not later:
            return every
        try:
            article = self.repository.read(path)
        except UnreadableError:
            return every
        if path not in self.summaries and path in self.articles:
            self.summaries[path] = summarize(article)
        base = self.change.bases.get(path) if self.change is not None else None
        found = later if base is None else _new(later, base, article)
        return [*(known for known in every if known.text_digest), *mark(article, found)]


def _new(findings: list[Finding], base: str, article: Article) -> Iterator[Finding]:
    """The findings but those of the network about URLs that the base text has."""
    urls = {subject(article, finding) for finding in findings if finding.rule.network}
    old = found_before(base, urls, _URL_END)
    for finding in findings:
        if not (finding.rule.network and subject(article, finding) in old):
            yield finding
