"""The same article in several locales: which segments and which links are not everywhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from linters.localization.exchange.drift import shortened
from linters.localization.exchange.localized_article import Edition, Sentence, comparable
from linters.localization.exchange.rules import LOCALE_LINK_MISMATCH, LOCALE_SEGMENT_MISSING
from linters.model.finding import Finding, Range, Related

_LONG = 20
_SOURCE_LINK = re.compile(r"\]\(([^()\s]+)")


def compare(editions: Sequence[Edition]) -> Iterator[tuple[Edition, Finding]]:
    """The findings of editions that are made from the same source, each with its edition."""
    numbered = [(edition, edition.by_number()) for edition in editions]
    for number in sorted({number for _, known in numbered for number in known}):
        having = [(edition, known[number]) for edition, known in numbered if number in known]
        for edition, known in numbered:
            if number not in known and not edition.covers(number):
                finding = _missing(edition, number, having)
                if finding is not None:
                    yield edition, finding
        yield from _links(having)


def _missing(
    edition: Edition, number: int, having: Sequence[tuple[Edition, Sentence]]
) -> Finding | None:
    other, sentence = having[0]
    if _stands_elsewhere(edition, other, sentence.source):
        return None
    labels = [one.label for one, _ in having]
    return Finding(
        rule=LOCALE_SEGMENT_MISSING,
        path=edition.path,
        range=_place(edition, number),
        message=f'{edition.label} lacks segment {number} "{shortened(sentence.source, 60)}", '
        f"which {_listed(labels)} {'have' if len(labels) > 1 else 'has'}",
        data={
            "segment": number,
            "locale": edition.label,
            "locales": labels,
            "source": sentence.source,
        },
        related=tuple(_related(one, found, one.label) for one, found in having),
    )


def _stands_elsewhere(edition: Edition, other: Edition, source: str) -> bool:
    """Whether a sentence stands under a number that the other edition does not have."""
    wanted = " ".join(source.split())
    theirs = other.by_number()
    for sentence in edition.sentences:
        if sentence.number is None or sentence.number not in theirs:
            found = " ".join(sentence.source.split())
            if found == wanted or (len(wanted) >= _LONG and wanted in found):
                return True
    return False


def _links(having: Sequence[tuple[Edition, Sentence]]) -> Iterator[tuple[Edition, Finding]]:
    """The editions of one segment whose links are not those of most."""
    links = [Counter(url for url, _ in sentence.links) for _, sentence in having]
    if all(one == links[0] for one in links):
        return
    expected = _expected(links, having[0][1].source)
    usual = [place for place, one in zip(having, links, strict=True) if one == expected]
    labels = [edition.label for edition, _ in usual]
    written = dict(usual[0][1].links)
    for (edition, sentence), one in zip(having, links, strict=True):
        if one == expected:
            continue
        lost = [written[url] for url in sorted((expected - one).elements())]
        own = dict(sentence.links)
        added = [own[url] for url in sorted((one - expected).elements())]
        what = [f"does not link to {url}" for url in lost] + [f"links to {url}" for url in added]
        finding = Finding(
            rule=LOCALE_LINK_MISMATCH,
            path=edition.path,
            range=sentence.range,
            message=f"segment {sentence.id} of {edition.label} {' and '.join(what)}, "
            f"other than {_listed(labels)}",
            data={
                "segment": sentence.id,
                "target": sentence.target,
                "source": sentence.source,
                "locale": edition.label,
                "locales": labels,
                "lost": lost,
                "added": added,
            },
            related=tuple(_related(other, found, other.label) for other, found in usual),
        )
        yield edition, finding


def _expected(links: Sequence[Counter[str]], source: str) -> Counter[str]:
    """The links of most editions; of two camps the one that has the source's links."""
    original = {comparable(url) for url in _SOURCE_LINK.findall(source)}
    return max(
        links,
        key=lambda one: (links.count(one), len(original & set(one)), one.total(), sorted(one)),
    )


def _place(edition: Edition, number: int) -> Range:
    """Where a segment would stand: before the next one, else at the end."""
    for sentence in edition.sentences:
        if sentence.number is not None and sentence.number > number:
            return Range(sentence.range.start, sentence.range.start)
    return Range(edition.end, edition.end)


def _related(edition: Edition, sentence: Sentence, message: str) -> Related:
    line, column = sentence.range.start
    return Related(edition.shown, line, column, message)


def _listed(labels: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(labels[:-1]), labels[-1]])) if labels else ""
