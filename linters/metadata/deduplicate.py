"""One damage, one finding: of several rules about one key, the plainest reports it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from linters.article.article import Article
from linters.article.header import Header
from linters.metadata import rules
from linters.metadata.candidate import Candidate
from linters.metadata.invisible import remove_invisible
from linters.metadata.known_keys import LOCALIZATION
from linters.metadata.schema.source import bundled_names
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
    forbidden = {c.path[-1] for c in from_schemas if c.finding.rule is rules.UNKNOWN_FIELD}
    with_spans = _keys_with_spans(article, header)
    plain = [c for c in plain if not c.meant or c.key not in (forbidden | with_spans)]
    plain = [c for c in plain if not (c.fallback and _reports(from_schemas, c.key))]
    empty = {c.key for c in plain if c.fallback}
    explained = {c.key for c in plain if not c.meant or len(c.path) > 1}
    explained |= set(LOCALIZATION) | with_spans
    meant = {key for c in (*plain, *from_schemas) for key in c.meant}
    meant |= {remove_invisible(c.key) for c in plain if c.in_key}
    precluded = {
        key
        for c in from_schemas
        if c.finding.rule is rules.PRECLUDED_ATTRIBUTES
        for key in c.finding.data["attributes"]
    }
    given: set[str] = set()
    yield from (_fixed_once(candidate, given) for candidate in plain)
    said: set[str] = set()
    for candidate in sorted(from_schemas, key=_gravity):
        finding = candidate.finding
        absent = finding.data.get("missing", ())
        if candidate.key in explained or not meant.isdisjoint(absent) or (absent and with_spans):
            continue
        if candidate.missing in empty:
            continue
        if finding.rule is rules.ATTRIBUTE_DEPRECATED and candidate.key in precluded:
            continue
        identity = repr((finding.rule.code, finding.path, finding.range, finding.message))
        if identity not in said:
            said.add(identity)
            yield _fixed_once(candidate, given)


def _reports(from_schemas: Sequence[Candidate], key: str) -> bool:
    """Whether a schema reports a key; that a bundled one requires an empty key does not count."""
    return any(
        c.key == key or (c.missing == key and c.finding.data["schema"] not in bundled_names())
        for c in from_schemas
    )


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
