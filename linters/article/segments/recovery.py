"""Reads articles whose segments are damaged or written in an unusual way.

Works on markers, one segment at a time, and takes up again at the next clean opener, so
that one damage is told once. Spans inside code are nobody's markers, and whole segments
there are examples of the format unless they share the article's prefix.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import itemgetter

from linters.article.segments.code_ranges import code_extents, is_localized
from linters.article.segments.corruption import with_corruption
from linters.article.segments.markers import Kind, Marker, find_markers
from linters.article.segments.parsing import Parsing
from linters.article.segments.published import PublishedText
from linters.article.segments.segment import Damage, Tokens
from linters.model.finding import Extent

_LITERAL = ("`", "~~~", "<!--")
_OWN = (Kind.TARGET, Kind.LOOKUP, Kind.SOURCE)
_START = itemgetter(0)


def recover(text: str) -> Tokens:
    """The segments of a text, and every damage to them."""
    markers: Sequence[Marker] = tuple(find_markers(text))
    if not any(marker.kind in _OWN for marker in markers):
        return _torn(text, markers)
    if any(word in text for word in _LITERAL):
        first = Parsing(text, markers).run(drop_strays=False)
        markers = _without_literal(text, markers, first)
        if not any(marker.kind in _OWN for marker in markers):
            return Tokens()
    tokens = Parsing(text, markers).run()
    return with_corruption(tokens, markers)


def _torn(text: str, markers: Sequence[Marker]) -> Tokens:
    """A localized article that breaks off inside the opener of its first segment."""
    last = markers[-1] if markers else None
    if last is None or last.kind is not Kind.CUT or last.end - last.start < len("<span"):
        return Tokens()
    if not is_localized(text):
        return Tokens()
    return Tokens((), (Damage("span-unbalanced", last.extent),), (last.extent,))


def _without_literal(text: str, markers: Sequence[Marker], tokens: Tokens) -> Sequence[Marker]:
    """The markers that count: not those that code or comments only show."""
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
            if marker.kind in _OWN or _covered(marker.start, tokens.dropped)
        ]
    kept: list[Marker] = []
    own = False
    for index, (marker, hidden) in enumerate(zip(markers, inside, strict=True)):
        if marker.id:
            own = _prefix(marker) in families
        elif marker.kind is Kind.LOOKUP and index + 1 < len(markers) and markers[index + 1].id:
            own = _prefix(markers[index + 1]) in families
        if not hidden or (own and (marker.kind in _OWN or _covered(marker.start, tokens.dropped))):
            kept.append(marker)
    return kept


def _prefix(marker: Marker) -> str:
    return marker.id.partition("-")[0]


def _within(offset: int, extents: Sequence[Extent]) -> bool:
    """Whether an offset lies inside one of the extents, its first code point excepted."""
    index = bisect_left(extents, offset, key=_START) - 1
    return index >= 0 and offset < extents[index].end


def _covered(offset: int, extents: Sequence[Extent]) -> bool:
    index = bisect_right(extents, offset, key=_START) - 1
    return index >= 0 and offset < extents[index].end
