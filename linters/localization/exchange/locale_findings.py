"""Compares the segments and links of an article in several locales."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from linters.localization.exchange.localized_article import (
    LocalizedArticle,
    NumberedSegment,
    comparable,
)
from linters.localization.rules import RULE
from linters.model.finding import Finding, Range, Related
from linters.util.shorten import shorten_line

_LONG = 20
_SOURCE_LINK = re.compile(r"\]\(([^()\s]+)")


def compare(articles: Sequence[LocalizedArticle]) -> Iterator[tuple[LocalizedArticle, Finding]]:
    """The findings of articles with the same source commit, each with its article."""
    numbered = [(article, article.by_number()) for article in articles]
    for number in sorted({number for _, known in numbered for number in known}):
        having = [(article, known[number]) for article, known in numbered if number in known]
        for article, known in numbered:
            if number not in known and not article.covers(number):
                finding = _missing(article, number, having)
                if finding is not None:
                    yield article, finding
        yield from _links(having)


def _missing(
    article: LocalizedArticle,
    number: int,
    having: Sequence[tuple[LocalizedArticle, NumberedSegment]],
) -> Finding | None:
    other, segment = having[0]
    if _has_other_number(article, other, segment.source):
        return None
    labels = [owner.label for owner, _ in having]
    return Finding(
        rule=RULE["locale-segment-missing"],
        path=article.path,
        range=_place(article, number),
        message=f'segment {number} "{shorten_line(segment.source, 60)}" is missing in '
        f"{article.label}, present in {_listed(labels)}",
        data={
            "segment": number,
            "locale": article.label,
            "locales": labels,
            "source": segment.source,
        },
        related=tuple(_related(owner, found, owner.label) for owner, found in having),
    )


def _has_other_number(article: LocalizedArticle, other: LocalizedArticle, source: str) -> bool:
    """Whether the article has the source under a number that the other article does not have."""
    wanted = " ".join(source.split())
    theirs = other.by_number()
    for segment in article.segments:
        if segment.number is None or segment.number not in theirs:
            found = " ".join(segment.source.split())
            if found == wanted or (len(wanted) >= _LONG and wanted in found):
                return True
    return False


def _links(
    having: Sequence[tuple[LocalizedArticle, NumberedSegment]],
) -> Iterator[tuple[LocalizedArticle, Finding]]:
    """The articles in which the links of a segment differ from those of most articles."""
    links = [Counter(url for url, _ in segment.links) for _, segment in having]
    if all(urls == links[0] for urls in links):
        return
    expected = _expected(links, having[0][1].source)
    usual = [place for place, urls in zip(having, links, strict=True) if urls == expected]
    labels = [article.label for article, _ in usual]
    written = dict(usual[0][1].links)
    for (article, segment), urls in zip(having, links, strict=True):
        if urls == expected:
            continue
        lost = [written[url] for url in sorted((expected - urls).elements())]
        own = dict(segment.links)
        added = [own[url] for url in sorted((urls - expected).elements())]
        what = [f"lacks the link to {url}" for url in lost]
        what += [f"has a link to {url}" for url in added]
        finding = Finding(
            rule=RULE["locale-link-mismatch"],
            path=article.path,
            range=segment.range,
            message=f"segment {segment.id} of {article.label} {' and '.join(what)}, "
            f"unlike {_listed(labels)}",
            data={
                "segment": segment.id,
                "target": segment.target,
                "source": segment.source,
                "locale": article.label,
                "locales": labels,
                "lost": lost,
                "added": added,
            },
            related=tuple(_related(other, found, other.label) for other, found in usual),
        )
        yield article, finding


def _expected(links: Sequence[Counter[str]], source: str) -> Counter[str]:
    """The links of most articles; on a tie, those that the source has."""
    original = {comparable(url) for url in _SOURCE_LINK.findall(source)}
    return max(
        links,
        key=lambda urls: (links.count(urls), len(original & set(urls)), urls.total(), sorted(urls)),
    )


def _place(article: LocalizedArticle, number: int) -> Range:
    """The place of a missing segment: before the next segment, otherwise at the end."""
    for segment in article.segments:
        if segment.number is not None and segment.number > number:
            return Range(segment.range.start, segment.range.start)
    return Range(article.end, article.end)


def _related(article: LocalizedArticle, segment: NumberedSegment, message: str) -> Related:
    line, column = segment.range.start
    return Related(article.shown, line, column, message)


def _listed(labels: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(labels[:-1]), labels[-1]])) if labels else ""
