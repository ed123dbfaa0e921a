"""Prepares the findings of ``resolve`` for the report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from linters.article.article import Article, UnreadableError
from linters.checker import Diff
from linters.findings.fingerprints import ArticleSummary, mark, subject, summarize
from linters.model.finding import Finding
from linters.repository.repository import Repository
from linters.util.multiple_search import found_before

_URL_END = re.compile(r"[\s)>\]\"'<|]|[.,;:!?]{0,9}(?:\s|\Z)")


def marked(
    findings: Iterable[Finding],
    repository: Repository,
    summaries: dict[str, ArticleSummary],
    change: Diff | None = None,
) -> Iterator[Finding]:
    """The findings, marked, by path; adds the summaries of articles that were not checked.

    With a diff, what the network says of a URL that the article already had is left out: an
    old link that breaks is not what the change brings, whatever else it does to the line.
    """
    every = sorted(findings, key=lambda finding: finding.path)
    for path, group in groupby(every, key=lambda finding: finding.path):
        try:
            article = repository.read(path)
        except UnreadableError:
            yield from group
            continue
        if path not in summaries and path in repository.articles:
            summaries[path] = summarize(article)
        base = change.bases.get(path) if change is not None else None
        found = list(group)
        yield from mark(article, found if base is None else _new(found, base, article))


def _new(findings: list[Finding], base: str, article: Article) -> Iterator[Finding]:
    """The findings but those of the network about URLs that the base text has."""
    urls = {subject(article, finding) for finding in findings if finding.rule.network}
    old = found_before(base, urls, _URL_END)
    for finding in findings:
        if not (finding.rule.network and subject(article, finding) in old):
            yield finding
