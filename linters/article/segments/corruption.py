"""Markers whose quotes are entities, or that are truncated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from linters.article.segments.markers import Marker, MarkerKind
from linters.article.segments.segment import Damage, Tokens
from linters.model.finding import Extent

_CANONICAL = {
    MarkerKind.TARGET: '<span data-ttu-id="{id}">',
    MarkerKind.SOURCE: '<span data-stu-id="{id}">',
    MarkerKind.LOOKUP: '<span class="sxs-lookup">',
}


def with_corruption(tokens: Tokens, markers: Sequence[Marker]) -> Tokens:
    """The tokens with one damage for each run of segments with corrupted markers.

    Other damages inside such a run have the same cause and are left out.
    """
    if not any(marker.corrupted for marker in markers):
        return tokens
    found: list[Damage] = []
    spans: list[Extent] = []
    for corrupted, group in groupby(_by_segment(markers), _is_corrupted):
        if not corrupted:
            continue
        members = [marker for segment in group for marker in segment]
        wrong = [marker for marker in members if marker.corrupted]
        edits = tuple(
            (marker.extent, _CANONICAL[marker.kind].format(id=marker.id)) for marker in wrong
        )
        identifier = next((marker.id for marker in members if marker.id), "")
        run = Extent(wrong[0].start, wrong[-1].end)
        found.append(Damage("span-corrupted", run, identifier, edits, len(wrong)))
        spans.append(Extent(members[0].start, members[-1].end))
    rest = [
        damage
        for damage in tokens.damages
        if not any(start <= damage.extent.start < end for start, end in spans)
    ]
    damages = sorted([*rest, *found], key=lambda damage: damage.extent)
    return replace(tokens, damages=tuple(damages))


def _by_segment(markers: Sequence[Marker]) -> list[list[Marker]]:
    """The markers of segments, split before each target opener."""
    groups: list[list[Marker]] = []
    for marker in markers:
        if marker.kind not in _CANONICAL:
            continue
        if marker.kind is MarkerKind.TARGET or not groups:
            groups.append([])
        groups[-1].append(marker)
    return groups


def _is_corrupted(segment: Sequence[Marker]) -> bool:
    return any(marker.corrupted for marker in segment)
