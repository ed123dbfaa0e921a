"""Checks that the links of a segment are still links."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from linters.localization.segment_text import (
    LINK,
    SegmentPair,
    blank,
    links_in,
    normal_url,
    without_code,
)
from linters.model.finding import Finding

_DESTINATION = r"((?:[^\s()]|\([^\s()]*+\))++)"
_EMPTY = re.compile(rf"(?<![!\\])\[(\s*)\]\(\s*{_DESTINATION}[^()]*\)")
_SPACED = re.compile(rf"\](\s+)\((?={_DESTINATION}[^()\n]*\))")
_WIDE = re.compile(r"\](\s*)(（)\s*([^\s（）]+)\s*(）)")
_SCHEME = re.compile(
    r"""(?<![A-Za-z0-9])(?P<scheme>https?)(?P<inner>[ \xa0]*[:：][ \xa0]*[/／][ \xa0]*[/／])
    (?P<gap>[ \xa0]*)(?P<host>[A-Za-z0-9][\w.-]*)?""",
    re.IGNORECASE | re.VERBOSE | re.ASCII,
)
_TORN = re.compile(
    r"""\\?[\]］】]\\?[(（]\s*+(?P<after><?[^\s()（）<>\\]++)>?(?:\\?[)）])?
    |[\[［【][^\[\]［］【】()（）\n]*+\((?P<within><?[^\s()（）<>\\]++)\)""",
    re.VERBOSE,
)


def link_markup_findings(pair: SegmentPair) -> Iterator[Finding]:
    """Links of the target without text, and links whose Markdown is broken."""
    if "](" in pair.target:
        yield from _empty(pair)
    yield from _broken(pair)


def _empty(pair: SegmentPair) -> Iterator[Finding]:
    empty = list(_EMPTY.finditer(without_code(pair.target)))
    if not empty:
        return
    empty_in_source = Counter(
        normal_url(match[2]) for match in _EMPTY.finditer(without_code(pair.source))
    )
    for match in empty:
        url = normal_url(match[2])
        if empty_in_source[url]:
            empty_in_source[url] -= 1
            continue
        message = f"the link to {match[2]} has no text"
        yield pair.finding("link-text-empty", match.span(), message)


def _broken(pair: SegmentPair) -> Iterator[Finding]:
    target, source = without_code(pair.target), without_code(pair.source)
    if "](" in source:
        yield from _bracketed(pair, target, source)
    if "http" in target.lower():
        yield from _schemes(pair, target, source)


def _schemes(pair: SegmentPair, target: str, source: str) -> Iterator[Finding]:
    """URLs with spaces or full-width characters in ``https://``.

    Prose may have a space after ``https://``: it counts only before a host of the source.
    """
    folded = source.casefold()
    for match in _SCHEME.finditer(target):
        host = (match["host"] or "").casefold()
        is_broken = match["inner"] != "://" or (
            bool(match["gap"] and host) and f"://{host}" in folded
        )
        written = match[0][: match.start("host") - match.start()] if host else match[0]
        if is_broken and "://" in source and written not in source:
            span = match.start(), match.start() + len(written)
            message = f"broken URL {written!r}, expected '{match['scheme']}://'"
            edits = [(*span, f"{match['scheme']}://")]
            yield pair.finding("link-markup-broken", span, message, edits)


def _bracketed(pair: SegmentPair, target: str, source: str) -> Iterator[Finding]:
    """Destinations of the source that the target has outside of a valid link."""
    start = pair.segment.start
    opened = "[" if pair.article.text.endswith("[", max(start - 1, 0), start) else ""
    wanted, present = _destinations(opened + source), _destinations(opened + target)
    spaced, wide = list(_SPACED.finditer(target)), list(_WIDE.finditer(target))
    if wanted == present and not spaced and not wide:
        return
    expected = _pages(wanted)
    for match in spaced:
        if match[0] in source or _page(match[2]) not in expected:
            continue
        yield pair.finding(
            "link-markup-broken",
            (match.start(), match.end() + len(match[2]) + 1),
            f"broken link '{match[0]}{match[2]})': remove the space after the bracket",
            [(*match.span(1), "")],
        )
    for match in wide:
        if _page(match[3]) in expected:
            message = f"broken link {match[0]!r}: the parentheses are full-width"
            edits = [(match.start(1), match.end(), f"({match[3]})")]
            yield pair.finding("link-markup-broken", match.span(), message, edits)
    lost = expected - _pages(present)
    rest = blank(_WIDE, blank(_SPACED, blank(LINK, target))) if lost else ""
    for match in _TORN.finditer(rest):
        page = _page(match["after"] or match["within"])
        if lost[page] > 0:
            lost[page] -= 1
            message = (
                f"broken link {match[0]!r}: its brackets are incomplete, escaped or full-width"
            )
            yield pair.finding("link-markup-broken", match.span(), message)


def _destinations(text: str) -> list[str]:
    return [match["url"] for match in links_in(text)]


def _pages(destinations: Iterable[str]) -> Counter[str]:
    """How often each page is linked to."""
    return Counter(map(_page, destinations))


def _page(written: str) -> str:
    """A destination for comparison, without its bookmark, which may be localized."""
    return normal_url(written).partition("#")[0].rstrip("/")
