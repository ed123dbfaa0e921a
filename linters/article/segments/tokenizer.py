"""The side-by-side segments of a localized article.

A raw-text tokenizer for ``<span data-ttu-id="ID">TARGET</span><span class="sxs-lookup">
<span data-stu-id="ID">SOURCE</span></span>``: HTML and Markdown parsers lose pairs and
offsets. Plain string search reads articles with valid segments; everything else goes through
``linters.article.segments.recovery``.
"""

from __future__ import annotations

import re

from linters.article.segments.segment import Segment, Tokens
from linters.model.finding import Extent

_TARGET = '<span data-ttu-id="'
_LOOKUP = '</span><span class="sxs-lookup"><span data-stu-id="'
_CLOSER = "</span></span>"
_SPAN_TAG = re.compile(r"<(/?)span\b[^<>]*>")
_ODD = ("<SPAN", "<Span", "</SPAN", "</Span", "-TTU-", "-Ttu-")
_LITERAL = ("`", "~~~", "<!--")


def tokenize(text: str) -> Tokens:
    """The segments of an article's text, the damages to them, and what is not published."""
    segments = _valid_segments(text) if _is_plain(text) else None
    if segments is None:
        from linters.article.segments.recovery import recover

        return recover(text)
    return Tokens(segments, (), dropped_extents(segments))


def _is_plain(text: str) -> bool:
    return not any(word in text for word in _ODD)


def dropped_extents(segments: tuple[Segment, ...]) -> tuple[Extent, ...]:
    """The markers and source sides of complete segments."""
    dropped = []
    for segment in segments:
        dropped.append(segment.opener)
        dropped.append(Extent(segment.target_end, segment.end))
    return tuple(dropped)


def _valid_segments(text: str) -> tuple[Segment, ...] | None:
    """The segments of a text; None if any marker is not part of a complete segment.

    Damage needs no detection on the way: a search that runs past a damaged segment leaves
    markers that belong to no segment.
    """
    segments: list[Segment] = []
    find = text.find
    opener = find(_TARGET)
    first = opener
    while opener >= 0:
        start = opener + len(_TARGET)
        target = find('">', start) + 2
        lookup = find(_LOOKUP, target)
        source_id = lookup + len(_LOOKUP)
        source = find('">', source_id) + 2
        end = find(_CLOSER, source)
        if target < 2 or lookup < 0 or source < 2 or end < 0:
            return None
        if find("<span", source, end) >= 0:
            limit = find(_TARGET, source)
            end = source_end(text, source, limit if limit >= 0 else len(text))
        target_id, original_id = text[start : target - 2], text[source_id : source - 2]
        if end < 0 or '"' in target_id or '"' in original_id:
            return None
        closer = end + len(_CLOSER)
        segments.append(
            Segment(target_id, original_id, opener, target, lookup, source, end, closer)
        )
        opener = find(_TARGET, closer)
    if _has_other_markers(text, len(segments)) or (
        segments and _maybe_literal(text, first, segments)
    ):
        return None
    return tuple(segments)


def _has_other_markers(text: str, count: int) -> bool:
    """Whether a text contains more markers than ``count`` complete segments have."""
    return (
        text.count("tu-id") != 2 * count
        or text.count("sxs-lookup") != count
        or text.count("<span") != text.count("</span>")
        or text.rfind("<") > text.rfind(">")
    )


def _maybe_literal(text: str, first: int, segments: list[Segment]) -> bool:
    """Whether segments may be inside code or comments, as examples of the format."""
    if not any(word in text for word in _LITERAL):
        return False
    prefix = segments[0].id.partition("-")[0] + "-"
    return any(not segment.id.startswith(prefix) for segment in segments) or any(
        text.find(word, 0, first) >= 0 for word in _LITERAL
    )


def source_end(text: str, start: int, limit: int) -> int:
    """The offset of the ``</span></span>`` that closes a source; -1 if none before ``limit``.

    It is the pair at depth 0, otherwise the first pair.
    """
    depth = 0
    for tag in _SPAN_TAG.finditer(text, start, limit):
        if not tag[1]:
            depth += 1
        elif depth:
            depth -= 1
        elif text.startswith("</span>", tag.end(), limit):
            return tag.start()
        else:
            break
    return text.find(_CLOSER, start, limit)
