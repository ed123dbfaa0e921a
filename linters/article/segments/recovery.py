"""Tokenizes articles whose segments are damaged or written in an unusual way.

Reads markers one segment at a time and resynchronizes at the next opener, so that one
damage is reported once. Spans inside code are not markers, and complete segments there are
examples of the format unless they have the article's prefix.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import itemgetter

from linters.article.segments.code_ranges import code_extents, is_localized
from linters.article.segments.corruption import with_corruption
from linters.article.segments.markers import Marker, MarkerKind, find_markers
from linters.article.segments.parsing import Parsing
from linters.article.segments.published import PublishedText
from linters.article.segments.segment import Damage, Tokens
from linters.model.finding import Extent

_LITERAL = ("`", "~~~", "<!--")
_SEGMENT_TAGS = (MarkerKind.TARGET, MarkerKind.LOOKUP, MarkerKind.SOURCE)
_START = itemgetter(0)


def recover(text: str) -> Tokens:
    """The segments of a text and every damage to them."""
    markers: Sequence[Marker] = tuple(find_markers(text))
    if not any(marker.kind in _SEGMENT_TAGS for marker in markers):
        return _cut_off(text, markers)
    if any(word in text for word in _LITERAL):
        first = Parsing(text, markers).run(drop_strays=False)
        markers = _without_literal(text, markers, first)
        if not any(marker.kind in _SEGMENT_TAGS for marker in markers):
            return Tokens()
    tokens = Parsing(text, markers).run()
    return with_corruption(tokens, markers)


def _cut_off(text: str, markers: Sequence[Marker]) -> Tokens:
    """The tokens of a localized article that ends inside the opener of its first segment."""
    last = markers[-1] if markers else None
    if last is None or last.kind is not MarkerKind.CUT or last.end - last.start < len("<span"):
        return Tokens()
    if not is_localized(text):
        return Tokens()
    return Tokens((), (Damage("span-unbalanced", last.extent),), (last.extent,))


def _without_literal(text: str, markers: Sequence[Marker], tokens: Tokens) -> Sequence[Marker]:
    """The markers without those that code or comments show as examples."""
    published = PublishedText(text, tokens.dropped)
    code = [block.extent for block in code_extents(published.text)]
    if not code:
        return markers
    inside = [_within(published.published(marker.start), code) for marker in markers]
    families = {
        _prefix(marker)
        for marker, hidden in zip(markers, inside, strict=True)
        if marker.id and not hidden
    }
    if not families and is_localized(text):
        return [
            marker
            for marker in markers
            if marker.kind in _SEGMENT_TAGS or _covered(marker.start, tokens.dropped)
        ]
    kept: list[Marker] = []
    is_own = False
    for index, (marker, hidden) in enumerate(zip(markers, inside, strict=True)):
        if marker.id:
            is_own = _prefix(marker) in families
        elif (
            marker.kind is MarkerKind.LOOKUP and index + 1 < len(markers) and markers[index + 1].id
        ):
            is_own = _prefix(markers[index + 1]) in families
        if not hidden or (
            is_own and (marker.kind in _SEGMENT_TAGS or _covered(marker.start, tokens.dropped))
        ):
            kept.append(marker)
    return kept


def _prefix(marker: Marker) -> str:
    return marker.id.partition("-")[0]


def _within(offset: int, extents: Sequence[Extent]) -> bool:
    """Whether an offset is inside one of the extents, but not at its start."""
    index = bisect_left(extents, offset, key=_START) - 1
    return index >= 0 and offset < extents[index].end


def _covered(offset: int, extents: Sequence[Extent]) -> bool:
    index = bisect_right(extents, offset, key=_START) - 1
    return index >= 0 and offset < extents[index].end
