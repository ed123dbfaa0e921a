"""The extent of a link's destination in its source (CommonMark 6.3 and 4.7)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from linters.article.text.destination import destination, unescape
from linters.article.text.lines import LINE_END
from linters.links.facts import Use
from linters.links.scanned_link import ScannedLink
from linters.model.finding import Extent
from linters.model.link import Syntax

_SPACE = re.compile(r"[ \t]*(?:(?:\r\n|\n|\r)(?:[ \t]*>)*[ \t]*)?")
_LABEL = re.compile(r"\[((?:[^\[\]\\]|\\.|\\\n){1,999}+)\]:", re.DOTALL)
_PREFIX = re.compile(r"(?:[ \t]|>|[-+*][ \t]|[0-9]{1,9}[.)][ \t]|\[\^[^\]\s]+\]:[ \t])*")
_TITLE = re.compile(r"\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+'|\((?:[^()\\]|\\.)*+\)", re.DOTALL)
_REST = re.compile(r"[ \t]*(?:\r\n|\n|\r|\Z)")


def normalize_label(label: str) -> str:
    """A link label as labels are compared: case folded, white space collapsed."""
    return " ".join(label.casefold().split())


def inline_destination(text: str, start: int, end: int, url: str) -> Extent | None:
    """The destination of an inline link; ``start`` is the end of the last element in its text.

    ``url`` is the destination by the Markdown parser; None where the extent found here
    contains something else.
    """
    opener = text.find("](", start, end)
    if opener < 0:
        return None
    extent = destination(text, _SPACE.match(text, opener + 2, end).end(), end)  # type: ignore[union-attr]
    if extent is not None and unescape(text[extent.start : extent.end]) == url:
        return extent
    return None


def definitions(text: str, gaps: Iterable[Extent]) -> Iterator[tuple[str, ScannedLink]]:
    """The link reference definitions with their normalized labels, in order.

    ``gaps`` are the extents outside of all other blocks: apart from white space and markers
    of lists and quotes they contain only definitions.
    """
    for start, end in gaps:
        if text.find("]:", start, end) < 0:
            continue
        position = start
        while position < end:
            position = _PREFIX.match(text, position, end).end()  # type: ignore[union-attr]
            found = _definition(text, position, end)
            if found is None:
                line = LINE_END.search(text, position, end)
                position = line.end() if line else end
            else:
                label, link, position = found
                yield label, link


def _definition(text: str, start: int, end: int) -> tuple[str, ScannedLink, int] | None:
    label = _LABEL.match(text, start, end)
    if label is None:
        return None
    begin = _SPACE.match(text, label.end(), end).end()  # type: ignore[union-attr]
    extent = destination(text, begin, end)
    pointed = text.startswith("<", begin)
    if extent is None or (extent.start == extent.end and not pointed):
        return None
    after_url = extent.end + pointed
    rest = _REST.match(text, after_url, end)
    title = _TITLE.match(text, _SPACE.match(text, after_url, end).end(), end)  # type: ignore[union-attr]
    after = title and _REST.match(text, title.end(), end)
    last = after or rest
    if last is None:
        return None
    url = unescape(text[extent.start : extent.end])
    link = ScannedLink(url, *extent, Syntax.REFERENCE, Use.LINK)
    return normalize_label(label[1]), link, last.end()
