"""Checks that the links of a segment are still links."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from linters.localization.segment_text import LINK, SegmentPair, blank, normal_url, without_code
from linters.model.finding import Finding

_EMPTY = re.compile(r"(?<![!\\])\[(\s*)\]\(\s*([^\s()]+)[^()]*\)")
_SPACED = re.compile(r"\](\s+)\((?=(<?[^()\s]+>?)[^()\n]*\))")
_WIDE = re.compile(r"\](\s*)(（)\s*([^\s（）]+)\s*(）)")
_SCHEME = re.compile(r"\b(https?)(\s*)([:：])(\s*)(/)(\s*)(/)(\s*)(?=[\w.-])", re.IGNORECASE)
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
    target = without_code(pair.target)
    empty_in_source = Counter(
        normal_url(match[2]) for match in _EMPTY.finditer(without_code(pair.source))
    )
    for match in _EMPTY.finditer(target):
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
        for match in _SCHEME.finditer(target):
            spaced = match[2] or match[4] or match[6] or match[8] or match[3] != ":"
            if spaced and "http" in source.lower() and match[0] not in source:
                message = f"broken URL {match[0]!r}, expected '{match[1]}://'"
                edits = [(*match.span(), f"{match[1]}://")]
                yield pair.finding("link-markup-broken", match.span(), message, edits)


def _bracketed(pair: SegmentPair, target: str, source: str) -> Iterator[Finding]:
    """Destinations of the source that the target has outside of a valid link."""
    expected = _pages(source)
    for match in _SPACED.finditer(target):
        if match[0] in source or _page(match[2]) not in expected:
            continue
        yield pair.finding(
            "link-markup-broken",
            (match.start(), match.end() + len(match[2]) + 1),
            f"broken link '{match[0]}{match[2]})': remove the space after the bracket",
            [(*match.span(1), "")],
        )
    for match in _WIDE.finditer(target):
        if _page(match[3]) in expected:
            message = f"broken link {match[0]!r}: the parentheses are full-width"
            edits = [(match.start(1), match.end(), f"({match[3]})")]
            yield pair.finding("link-markup-broken", match.span(), message, edits)
    lost = expected - _pages(target)
    rest = blank(_WIDE, blank(_SPACED, blank(LINK, target))) if lost else ""
    for match in _TORN.finditer(rest):
        page = _page(match["after"] or match["within"])
        if lost[page] > 0:
            lost[page] -= 1
            message = (
                f"broken link {match[0]!r}: its brackets are incomplete, escaped or full-width"
            )
            yield pair.finding("link-markup-broken", match.span(), message)


def _pages(text: str) -> Counter[str]:
    """The number of inline links of a text to each page."""
    return Counter(_page(match["url"]) for match in LINK.finditer(text))


def _page(written: str) -> str:
    """A destination for comparison, without its bookmark, which may be localized."""
    return normal_url(written).partition("#")[0].rstrip("/")
