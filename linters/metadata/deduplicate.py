"""One damage, one finding: of several rules about one key, the plainest reports it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from linters.article.article import Article
from linters.article.header import Header
from linters.metadata.candidate import Candidate
from linters.metadata.invisible import remove_invisible
from linters.metadata.known_keys import LOCALIZATION
from linters.model.finding import Finding, Severity

_ORDER = tuple(Severity)
_SPAN_MARKERS = ("data-ttu-id", "data-stu-id", "sxs-lookup")


def has_segment_spans(text: str) -> bool:
    """Whether a text contains segment spans; the localization checker reports those."""
    return any(marker in text for marker in _SPAN_MARKERS)


def one_damage_one_finding(
    article: Article,
    header: Header,
    plain: Sequence[Candidate],
    from_schemas: Sequence[Candidate],
) -> Iterator[Finding]:
    """The findings that no other finding explains.

    ``plain`` are those of the rules without schema. A placeholder, an invisible character or
    a span explains what else is wrong with a value; a misspelt key explains that the right
    one is missing; spans in the header, which the localization checker reports, explain all
    missing keys; the pipeline's keys have rules of their own; and what several schemas report
    in the same words is reported once.
    """
    forbidden = {c.path[-1] for c in from_schemas if c.finding.rule.name == "unknown-field"}
    with_spans = _keys_with_spans(article, header)
    plain = [c for c in plain if c.meant is None or c.key not in (forbidden | with_spans)]
    reported = {c.missing or c.key for c in from_schemas}
    plain = [c for c in plain if not (c.fallback and c.key in reported)]
    explained = {c.key for c in plain if c.meant is None or len(c.path) > 1}
    explained |= set(LOCALIZATION) | with_spans
    meant = {c.meant for c in (*plain, *from_schemas) if c.meant}
    meant |= {remove_invisible(c.key) for c in plain if c.in_key}
    precluded = {c.path[-1] for c in from_schemas if c.finding.rule.name == "precluded-attributes"}
    given: set[str] = set()
    yield from (_fixed_once(candidate, given) for candidate in plain)
    said: set[str] = set()
    for candidate in sorted(from_schemas, key=_gravity):
        finding = candidate.finding
        if candidate.key in explained or candidate.missing in meant:
            continue
        if with_spans and "missing" in finding.data:
            continue
        if finding.rule.name == "attribute-deprecated" and candidate.key in precluded:
            continue
        identity = repr((finding.rule.code, finding.path, finding.range, finding.message))
        if identity not in said:
            said.add(identity)
            yield _fixed_once(candidate, given)


def _gravity(candidate: Candidate) -> int:
    """The worst severity first: of two equal findings the first one is reported."""
    return _ORDER.index(candidate.finding.severity or candidate.finding.rule.severity)


def _fixed_once(candidate: Candidate, given: set[str]) -> Finding:
    """The finding, without its fix where another fix gives the same key a value already."""
    if candidate.sets in given:
        return replace(candidate.finding, fix=None)
    if candidate.sets is not None:
        given.add(candidate.sets)
    return candidate.finding


def _keys_with_spans(article: Article, header: Header) -> set[str]:
    if not has_segment_spans(header.text):
        return set()
    return {
        entry.key
        for entry in header.entries
        if has_segment_spans(article.text[entry.extent.start : entry.node.extent.end])
    }
