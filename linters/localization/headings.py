"""The anchors of headings: named after the source, so that links work in every locale.

``<a name="SLUG"></a>`` where SLUG is the source heading with links as their text, lower
case, letters, digits, ``-`` and ``_`` kept and spaces as hyphens. Entities are not decoded
and HTML is not dropped; a repeated heading repeats its name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from linters.article.article import Article
from linters.article.segments.segment import Segment
from linters.localization.problem import Problem
from linters.localization.segment_text import LINK
from linters.model.finding import Extent

_ATX = re.compile(r"[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)*#{1,6}[ \t]+")
_CLOSING = re.compile(r"[ \t]+#+[ \t]*$")
_UNDERLINE = re.compile(r"[ \t>]*(?:=+|-+)[ \t]*$")
_ANCHOR = re.compile(
    r"""<a\s+(?:name|id)\s*=\s*(["'])(?P<name>[^"'<>]*)\1\s*(?:/>|>\s*</a>)""", re.IGNORECASE
)
_A_TAG = re.compile(r"</?a\b[^<>]*>", re.IGNORECASE)
_REFERENCE = re.compile(r"(?<!!)\[([^\[\]]*)\]\[[^\[\]]*\]")
_OWN = re.compile(r"[A-Z]|^_|^(?:bkmk|toc|mt)[_-]?\w*$|^[a-z]?[0-9_.]+$")


def heading_problems(
    article: Article,
    segments: Sequence[Segment],
    is_damaged: Callable[[int, int], bool] = lambda start, end: False,
) -> Iterator[Problem]:
    """Headings whose anchor is not their source's, or that have none.

    Those for whose extent ``is_damaged`` is true are passed over.
    """
    lines, position = article.lines, 0
    while position < len(segments):
        first = segments[position]
        number = lines.position(first.bounds[0]).line
        end = lines.line_end(number)
        members = []
        while position < len(segments) and segments[position].bounds[0] < end:
            members.append(segments[position])
            position += 1
        start = lines.line_start(number)
        last = lines.position(members[-1].bounds[5]).line
        end = max(end, lines.line_end(last))
        if is_damaged(start, end):
            continue
        atx = _ATX.match(article.text, start, first.bounds[0] + 1)
        if atx is not None:
            yield from _heading(article, members, atx.end(), end)
        elif article.text.startswith("<a ", start) and _is_underlined(article, last):
            yield from _heading(article, members, start, end)


def _is_underlined(article: Article, line: int) -> bool:
    lines = article.lines
    return line < len(lines) and _UNDERLINE.match(lines.line(line + 1)) is not None


def _heading(
    article: Article, members: Sequence[Segment], start: int, end: int
) -> Iterator[Problem]:
    text = article.text
    source, target, position = "", "", start
    for segment in members:
        between = text[position : segment.bounds[0]]
        source += between + text[slice(*segment.source)]
        target += between
        position = segment.bounds[5]
    source += text[position:end]
    target += text[position:end]
    anchors = list(_ANCHOR.finditer(text, start, members[0].bounds[0]))
    expected = slug(_CLOSING.sub("", source))
    if not anchors:
        if expected and not _ANCHOR.search(target):
            yield Problem(
                rule="heading-anchor-missing",
                extent=members[0].target,
                segment=members[0],
                message=f"the heading has no anchor: links to #{expected} do not find it",
                edits=((Extent(start, start), f'<a name="{expected}"></a>'),),
                safe=False,
            )
        return
    names = [anchor["name"] for anchor in anchors]
    # Some years of the generator kept the destinations of links.
    whole = _kept(_A_TAG.sub("", _CLOSING.sub("", source)))
    if not expected or any(_is_same(name, right) for name in names for right in (expected, whole)):
        return
    anchor = anchors[-1]
    if _OWN.search(anchor["name"]) and "opno-loc" not in anchor["name"]:
        return
    extent = Extent(*anchor.span("name"))
    yield Problem(
        rule="heading-anchor-mismatch",
        extent=extent,
        segment=members[0],
        message=f"the anchor {anchor['name']!r} is not {expected!r}, as the source heading is",
        edits=((extent, expected),),
        safe=False,
    )


def slug(heading: str) -> str:
    """The name that the generator gives the anchor of a source heading."""
    text = LINK.sub(lambda match: "" if match["image"] else match["text"], heading)
    return _kept(_A_TAG.sub("", _REFERENCE.sub(r"\1", text)))


def _kept(text: str) -> str:
    kept = (sign for sign in text.strip().lower() if sign.isalnum() or sign in " -_")
    return "".join(kept).replace(" ", "-")


def _is_same(name: str, expected: str) -> bool:
    """Equal, or one of the harmless variants: only ASCII kept, underscores dropped."""
    variants = {expected, _ascii(expected), expected.replace("_", ""), expected.strip("-")}
    variants |= {variant.strip("-") for variant in variants}
    return name in variants or name.lower().strip("-") in variants


def _ascii(text: str) -> str:
    return "".join(sign for sign in text if sign.isascii())
