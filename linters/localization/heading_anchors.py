"""Checks the anchors of headings, which are named after the source heading.

The generator writes ``<a name="SLUG"></a>``. SLUG is the source heading with links replaced by
their text, in lower case, without characters other than letters, digits, ``-`` and ``_``, and
with spaces as hyphens. Entities are not decoded, HTML is kept, repeated headings have the
same name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from linters.article.article import Article
from linters.article.includes import INCLUDE
from linters.article.segments.segment import Segment
from linters.localization.segment_finding import segment_finding
from linters.localization.segment_text import LINK
from linters.model.finding import Extent, Finding

_ATX = re.compile(r"[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)*#{1,6}[ \t]+")
_CLOSING = re.compile(r"[ \t]+#+[ \t]*$")
_UNDERLINE = re.compile(r"[ \t>]*(?:=+|-+)[ \t]*$")
_ANCHOR = re.compile(
    r"""<a\s+(?:name|id)\s*=\s*(["'])(?P<name>[^"'<>]*)\1\s*(?:/>|>\s*</a>)""", re.IGNORECASE
)
_A_TAG = re.compile(r"</?a\b[^<>]*>", re.IGNORECASE)
_REFERENCE = re.compile(r"(?<!!)\[([^\[\]]*)\]\[[^\[\]]*\]")
_PICTURE = re.compile(r"!\[|<img\b|:::image\b", re.IGNORECASE)
_DROPPED = re.compile(r"[^\w -]+")
_OWN = re.compile(r"[A-Z]|^_|^(?:bkmk|toc|mt)[_-]?\w*$|^[a-z]?[0-9_.]+$")


def heading_findings(
    article: Article,
    segments: Sequence[Segment],
    is_damaged: Callable[[int, int], bool] = lambda start, end: False,
) -> Iterator[Finding]:
    """Headings without an anchor, or with an anchor that does not match the source.

    Headings for whose extent ``is_damaged`` returns true are skipped.
    """
    lines, position = article.lines, 0
    while position < len(segments):
        first = segments[position]
        number = lines.position(first.start).line
        end = lines.line_end(number)
        members = []
        while position < len(segments) and segments[position].start < end:
            members.append(segments[position])
            position += 1
        start = lines.line_start(number)
        last = lines.position(members[-1].end).line
        end = max(end, lines.line_end(last))
        if is_damaged(start, end):
            continue
        atx = _ATX.match(article.text, start, first.start + 1)
        if atx is not None:
            yield from _heading(article, members, atx.end(), end)
        elif article.text.startswith("<a ", start) and _is_underlined(article, last):
            yield from _heading(article, members, start, end)


def _is_underlined(article: Article, line: int) -> bool:
    lines = article.lines
    return line < len(lines) and _UNDERLINE.match(lines.line(line + 1)) is not None


def _heading(
    article: Article, members: Sequence[Segment], start: int, end: int
) -> Iterator[Finding]:
    text = article.text
    source, target, position = "", "", start
    for segment in members:
        between = text[position : segment.start]
        source += between + text[segment.source_start : segment.source_end]
        target += between
        position = segment.end
    source += text[position:end]
    target += text[position:end]
    anchors = list(_ANCHOR.finditer(text, start, members[0].start))
    expected = slug(_CLOSING.sub("", source))
    if not anchors:
        if expected and not _ANCHOR.search(target):
            yield segment_finding(
                article,
                "heading-anchor-missing",
                members[0].target,
                f"the heading has no anchor, expected {expected!r} (from the source heading)",
                segment=members[0],
                edits=[(Extent(start, start), f'<a name="{expected}"></a>')],
                safe=False,
            )
        return
    names = [anchor["name"] for anchor in anchors]
    if expected in names:
        return
    # Some versions of the generator kept the destinations of links.
    whole = _kept(_A_TAG.sub("", _CLOSING.sub("", source)))
    if not expected or any(_is_same(name, right) for name in names for right in (expected, whole)):
        return
    anchor = anchors[-1]
    if _PICTURE.search(source) or _is_own(anchor["name"], expected):
        return
    extent = Extent(*anchor.span("name"))
    yield segment_finding(
        article,
        "heading-anchor-mismatch",
        extent,
        f"heading anchor is {anchor['name']!r}, expected {expected!r} (from the source heading)",
        segment=members[0],
        edits=[(extent, expected)],
        safe=False,
    )


def _is_own(name: str, expected: str) -> bool:
    """Whether an author chose the name: it has its own form, or few words of the heading."""
    if not name or "opno-loc" in name:
        return False
    if _OWN.search(name):
        return True
    words = [word for word in re.split(r"[-_]+", name.casefold()) if word]
    known = set(re.split(r"[-_]+", expected.casefold()))
    return 2 * sum(word in known for word in words) < len(words)


def slug(heading: str) -> str:
    """The anchor name that the generator derives from a source heading."""
    text = INCLUDE.sub(r"\g<title>", heading)
    text = LINK.sub(lambda match: "" if match["image"] else match["text"], text)
    return _kept(_A_TAG.sub("", _REFERENCE.sub(r"\1", text)))


def _kept(text: str) -> str:
    return _DROPPED.sub("", text.strip().lower()).replace(" ", "-")


def _is_same(name: str, expected: str) -> bool:
    """Whether a name is expected, or a harmless variant: ASCII only, without underscores."""
    variants = {expected, _ascii(expected), expected.replace("_", ""), expected.strip("-")}
    variants |= {variant.strip("-") for variant in variants}
    return name in variants or name.lower().strip("-") in variants


def _ascii(text: str) -> str:
    return "".join(character for character in text if character.isascii())
