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
        new = (
            finding
            for finding in group
            if base is None or not (finding.rule.network and _has(base, article, finding))
        )
        yield from mark(article, new)


def _has(text: str, article: Article, finding: Finding) -> bool:
    """Whether a text contains what a finding covers as a whole URL."""
    written = re.escape(subject(article, finding))
    return re.search(rf"{written}(?=[\s)>\]\"'<|]|[.,;:!?]*(?:\s|\Z))", text) is not None
