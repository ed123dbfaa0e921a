"""One damage, one finding: of several rules that could speak of a key, the plainest does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from linters.article.header import Header
from linters.metadata.found import Found
from linters.metadata.invisible import remove_invisible
from linters.metadata.known_keys import LOCALIZATION
from linters.model.finding import Severity

if TYPE_CHECKING:
    from linters.metadata.schema_findings import Judged

_ORDER = tuple(Severity)
SPAN_MARKERS = ("data-ttu-id", "data-stu-id", "sxs-lookup")


@dataclass(frozen=True, slots=True)
class Thumb:
    """What the rules beside the schemas found.

    ``invisible``: the top-level key, whether it is the key that is damaged, the finding;
    ``placeholders``: the key and the finding.
    """

    invisible: tuple[tuple[str, bool, Found], ...] = ()
    placeholders: tuple[tuple[str, Found], ...] = ()


def one_damage_one_finding(
    header: Header,
    judged: Sequence[Judged],
    misspelt: Sequence[tuple[str, Found]],
    thumb: Thumb,
) -> Iterator[Found]:
    """The findings that are left.

    A placeholder, an invisible character or a span explains what else is wrong with a value;
    a misspelt key explains that the right one is missing; the pipeline's keys have rules of
    their own; and what several schemas say in the same words is said once.
    """
    unknown = {str(one.path[-1]) for one in judged if one.found.rule.name == "unknown-field"}
    misspelt = [(meant, found) for meant, found in misspelt if found.data["key"] not in unknown]
    explained = {key for key, in_key, _ in thumb.invisible if not in_key}
    explained |= {key for key, _ in thumb.placeholders} | set(LOCALIZATION) | _with_spans(header)
    damaged_keys = {key for key, in_key, _ in thumb.invisible if in_key}
    meant_keys = {meant for meant, _ in misspelt}
    meant_keys |= {remove_invisible(key) for key in damaged_keys}
    meant_keys |= {one.suggestion for one in judged if one.suggestion and not one.missing}
    precluded = {
        str(one.path[-1]) for one in judged if one.found.rule.name == "precluded-attributes"
    }
    given: set[str] = set()
    yield from (_written_once(found, given) for _, found in misspelt)
    yield from (found for _, _, found in thumb.invisible)
    yield from (found for _, found in thumb.placeholders)
    said: set[str] = set()
    for one in sorted(judged, key=_gravity):
        found, key = one.found, str(one.path[0]) if one.path else ""
        if key in explained or key in damaged_keys or one.missing in meant_keys:
            continue
        if found.rule.name == "attribute-deprecated" and key in precluded:
            continue
        identity = repr((found.rule.code, found.extent, found.inherited, found.message))
        if identity not in said:
            said.add(identity)
            yield _written_once(found, given)


def _gravity(one: Judged) -> int:
    """The worst first, as of two equal findings the first one is kept."""
    return _ORDER.index(one.found.severity or one.found.rule.severity)


def _written_once(found: Found, given: set[str]) -> Found:
    """The finding; without its repair where another one gives the same key a value already."""
    key = found.repair.key if found.repair else None
    if key in given:
        return replace(found, repair=None)
    if key is not None:
        given.add(key)
    return found


def _with_spans(header: Header) -> set[str]:
    """Keys whose values hold segment spans, which the localization checker reports."""
    start = header.content.start
    if not any(marker in header.text for marker in SPAN_MARKERS):
        return set()
    return {
        entry.key
        for entry in header.entries
        if any(
            marker in header.text[entry.extent.start - start : entry.node.extent.end - start]
            for marker in SPAN_MARKERS
        )
    }
