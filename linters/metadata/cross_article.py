"""The metadata findings that need more than one article."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from linters.article.yaml_nodes import Node, read_yaml
from linters.checker import Dependencies, ResolveContext
from linters.metadata import rules
from linters.metadata.facts import MetadataFacts
from linters.metadata.header_dates import is_date_key
from linters.metadata.known_keys import LOCALIZATION
from linters.model.finding import Extent, Finding, Position, Range, Related
from linters.repository.locale import TAG, same_locale
from linters.util.edit_distance import edit_distance
from linters.util.stable_digest import stable_digest

COMMON, RARE, TIMES = 100, 5, 50
"""A value is rare if at most ``RARE`` articles have it, and a near value is in at least
``COMMON`` articles and ``TIMES`` as many."""

_MAX_RELATED = 5

_LOCALE = re.compile(
    r"^ms\.contentlocale:[ \t]*(?P<value>(?P<quote>[\"']?)(?P<locale>[\w-]+)(?P=quote))"
    r"[ \t]*(?:#.*)?\r?$",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class ValuePlace:
    """The position of a value in an article."""

    path: str
    range: Range


def resolve(facts: Mapping[str, MetadataFacts | None], run: ResolveContext) -> Iterator[Finding]:
    """All findings that need more than one article."""
    yield from _missing_headers(facts, run)
    yield from _locales(facts, run)
    yield from _duplicates(facts, run)
    if _finds_rare_values(run):
        yield from _rare_values(facts, run)


def dependencies(facts: Mapping[str, MetadataFacts | None], run: ResolveContext) -> Dependencies:
    """Where values of several articles are compared, on the headers of all; else on none."""
    from linters.metadata.docset_unique import unique_keys_of

    if not _finds_rare_values(run) and not any(
        unique_keys_of(path, run.context_of(path)) for path in run.reported
    ):
        return Dependencies()
    headers = ((path, found.header or "") for path, found in _reported(facts, run))
    return Dependencies(common={path: stable_digest(header) for path, header in headers})


def _finds_rare_values(run: ResolveContext) -> bool:
    return any(run.is_enabled(path, rules.RARE_VALUE) for path in run.reported)


def _reported(
    facts: Mapping[str, MetadataFacts | None], run: ResolveContext
) -> Iterator[tuple[str, MetadataFacts]]:
    for path in sorted(run.reported):
        found = facts.get(path)
        if found is not None:
            yield path, found


def _missing_headers(
    facts: Mapping[str, MetadataFacts | None], run: ResolveContext
) -> Iterator[Finding]:
    """Pages without front matter, where front matter is expected."""
    place = Range(Position(1, 1), Position(1, 1))
    for path, found in _reported(facts, run):
        if found.bare and run.decisions.is_page(path) and _expects_header(path, run):
            yield Finding(
                rule=rules.HEADER_MISSING,
                path=path,
                range=place,
                message="the article has no front matter",
                help="begin the file with a line ---, the keys, and another line ---",
            )


def _expects_header(path: str, run: ResolveContext) -> bool:
    """Whether docfx builds the page, a schema is configured, or most pages have a header."""
    settings = run.repository.settings_of(path)
    return (
        run.repository.build.docsets.decides_content
        or bool(settings.metadata.schemas)
        or run.decisions.most_pages_have_header(path)
    )


def _locales(facts: Mapping[str, MetadataFacts | None], run: ResolveContext) -> Iterator[Finding]:
    """Articles in another locale than most, where nothing states the locale."""
    stated = run.prepared.locales
    for path, found in _reported(facts, run):
        own = _locale(path, found)
        if own is None or stated.of(path, run.repository.settings_of(path)) is not None:
            continue
        common = run.decisions.locale(path)
        value, place = own
        if common is not None and not same_locale(value, common):
            yield Finding(
                rule=rules.LOCALE_MISMATCH,
                path=place.path,
                range=place.range,
                message=f"the article's locale is {value}, most others have {common}",
                data={"key": "ms.contentlocale", "locale": value, "expected": common},
            )


def _locale(path: str, found: MetadataFacts) -> tuple[str, ValuePlace] | None:
    match = _LOCALE.search(found.header or "")
    if match is None or not TAG.fullmatch(match["locale"]):
        return None
    return match["locale"], ValuePlace(path, place_of(found, Extent(*match.span("value"))))


def _values(path: str, found: MetadataFacts) -> Iterator[tuple[str, Node, ValuePlace]]:
    """The top-level values of an article; none where the YAML cannot be parsed."""
    root = _root(found)
    for entry in root.entries if root is not None else ():
        yield entry.key, entry.node, ValuePlace(path, place_of(found, entry.node.extent))


def _root(found: MetadataFacts) -> Node | None:
    return read_yaml(found.header).root if found.header is not None else None


def place_of(found: MetadataFacts, extent: Extent) -> Range:
    """The range in the article of an extent of the header's text.

    The header begins in line 2, after the opening delimiter.
    """
    from linters.article.text.lines import LineIndex

    (line, column), (end_line, end_column) = LineIndex(found.header or "").range(*extent)
    return Range(Position(line + 1, column), Position(end_line + 1, end_column))


def _duplicates(
    facts: Mapping[str, MetadataFacts | None], run: ResolveContext
) -> Iterator[Finding]:
    """Values of ``docsetUnique`` keys that several articles have."""
    from linters.metadata.docset_unique import unique_keys_of

    keys = {path: unique_keys_of(path, run.context_of(path)) for path, _ in _reported(facts, run)}
    if not any(keys.values()):
        return
    groups: dict[tuple[Any, ...], list[tuple[ValuePlace, Any]]] = defaultdict(list)
    for path, found in facts.items():
        wanted = keys[path] if path in keys else unique_keys_of(path, run.context_of(path))
        if found is None or not wanted:
            continue
        root = _root(found)
        for unique in wanted if root is not None else ():
            node = unique.find(root)
            if node is not None and unique.applies(path, root):
                place = ValuePlace(path, place_of(found, node.extent))
                groups[unique.identity, unique.frozen(node)].append((place, unique))
    for (_, _), members in sorted(groups.items(), key=lambda item: item[1][0][0].path):
        places = [place for place, _ in members]
        if len({place.path for place in places}) < 2:
            continue
        for place, unique in members:
            if place.path in run.reported:
                yield unique.finding(place.path, place.range, _related(place, places))


def _related(own: ValuePlace, places: Iterable[ValuePlace]) -> tuple[Related, ...]:
    others = [place for place in places if place.path != own.path][:_MAX_RELATED]
    return tuple(
        Related(place.path, place.range.start.line, place.range.start.column, "same value")
        for place in others
    )


def _rare_values(
    facts: Mapping[str, MetadataFacts | None], run: ResolveContext
) -> Iterator[Finding]:
    """Values of a few articles that are almost the same as a very common value."""
    places: dict[str, dict[str, list[ValuePlace]]] = defaultdict(lambda: defaultdict(list))
    for path, found in facts.items():
        if found is None:
            continue
        for key, node, place in _values(path, found):
            for item in node.items or (node,):
                if isinstance(item.value, str) and 3 < len(item.value) <= 100:
                    where = (
                        place if item is node else ValuePlace(path, place_of(found, item.extent))
                    )
                    places[key][item.value].append(where)
    for key, values in sorted(places.items()):
        if key in LOCALIZATION or is_date_key(key):
            continue
        common = [value for value, where in values.items() if len(where) >= COMMON]
        rare = [value for value, where in values.items() if len(where) <= RARE]
        for value in rare if common else ():
            near = min((edit_distance(value, other, 2), other) for other in common)
            if near[0] <= 2 and len(values[near[1]]) >= TIMES * len(values[value]):
                yield from _rare(key, value, near[1], len(values[near[1]]), values[value], run)


def _rare(
    key: str, value: str, common: str, count: int, places: Iterable[ValuePlace], run: ResolveContext
) -> Iterator[Finding]:
    for place in places:
        if place.path in run.reported:
            yield Finding(
                rule=rules.RARE_VALUE,
                path=place.path,
                range=place.range,
                message=f"{key}: {value!r} is rare, {count:,} articles have {common!r}",
                help=f"did you mean {common!r}?",
                data={"attribute": key, "suggestion": common},
            )
