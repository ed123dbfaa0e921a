"""Links in the markup that Microsoft Learn's build adds to Markdown.

``[!INCLUDE [title](path)]``, ``[!code-lang[title](path#lines)]``, ``[!VIDEO url]`` and
``:::image source="path" lightbox="path":::`` and the like.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from linters.article.includes import DIRECTIVE, is_escaped, is_include, path_of
from linters.article.text.extents import Extents
from linters.links.facts import Use
from linters.links.scanned_link import ScannedLink
from linters.model.finding import Extent
from linters.model.link import Syntax

_START = re.compile(
    r"\[!(?P<name>[A-Za-z][\w+#-]*)(?P<rest>[ \t]*\[|[ \t]+)|:::[ \t]*(?P<colon>[a-z]+)"
)
_VIDEO = re.compile(r"(?P<url>[^\s\[\]<>]+)[ \t]*\]")
_VIDEO_ID = re.compile(r"[\w-]+")
"""An id of Learn's video service instead of a URL."""
_ATTRIBUTES = re.compile(r"(?:\s+(?!:::)[A-Za-z][\w-]*(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'))?)*+\s*:::")
_ATTRIBUTE = re.compile(r"([A-Za-z][\w-]*)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_SOURCES = {
    "image": ("source", "lightbox", "link"),
    "code": ("source",),
    "video": ("source", "thumbnail"),
    "form": (),
}


class DocfxDirective(NamedTuple):
    """One construct of docfx's Markdown and the links in it."""

    extent: Extent
    links: tuple[ScannedLink, ...]


def directives(text: str, start: int, dead: Extents) -> Iterator[DocfxDirective]:
    """The constructs after an offset that do not begin in code or HTML (``dead``)."""
    if "[!" not in text and ":::" not in text:
        return
    position = start
    while match := _START.search(text, position):
        position = match.end()
        if dead.cover(match.start()) or is_escaped(text, match.start()):
            continue
        found = _triple_colon(text, match) if match["colon"] else _bracketed(text, match)
        if found is not None:
            yield found
            position = max(position, found.extent.end)


def _bracketed(text: str, match: re.Match[str]) -> DocfxDirective | None:
    name = match["name"].lower()
    if not match["rest"].endswith("["):
        video = _VIDEO.match(text, match.end()) if name == "video" else None
        if video is None:
            return None
        if _VIDEO_ID.fullmatch(video["url"]):
            return DocfxDirective(Extent(match.start(), video.end()), ())
        found = ScannedLink(video["url"], *video.span("url"), Syntax.DIRECTIVE, Use.RESOURCE)
        return DocfxDirective(Extent(match.start(), video.end()), (found,))
    directive = DIRECTIVE.match(text, match.start())
    if directive is None:
        return None
    path, place = path_of(directive)
    include = is_include(directive)
    syntax = Syntax.INCLUDE if include else Syntax.DIRECTIVE
    use = Use.INCLUDE if include else Use.RESOURCE
    link = ScannedLink(path, *place, syntax, use)
    return DocfxDirective(Extent(*directive.span()), (link,))


def _triple_colon(text: str, match: re.Match[str]) -> DocfxDirective | None:
    name = match["colon"]
    if name not in _SOURCES:
        return None
    attributes = _ATTRIBUTES.match(text, match.end())
    if attributes is None:
        return None
    links: list[ScannedLink] = []
    for attribute in _ATTRIBUTE.finditer(text, match.end(), attributes.end()):
        if attribute[1].lower() not in _SOURCES[name]:
            continue
        group = 2 if attribute[2] is not None else 3
        value = html.unescape(attribute[group])
        first, last = attribute.span(group)
        while first < last and text[first].isspace():
            first += 1
        while last > first and text[last - 1].isspace():
            last -= 1
        use = Use.LINK if attribute[1].lower() == "link" else Use.RESOURCE
        links.append(ScannedLink(value.strip(), first, last, Syntax.DIRECTIVE, use))
    return DocfxDirective(Extent(match.start(), attributes.end()), tuple(links))
