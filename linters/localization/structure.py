"""Checks the markers of an article's segments."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from linters.article.article import Article
from linters.article.segments.code_ranges import CodeOffsets, code_of_events
from linters.article.segments.segment import Damage, Segment
from linters.localization.segment_finding import segment_finding
from linters.localization.segment_ids import id_findings
from linters.model.finding import Extent, Finding

_MESSAGES = {
    "span-source-missing": "target {id} has no source",
    "span-target-missing": "source {id} has no target",
    "span-lookup-missing": 'source {id} is not inside <span class="sxs-lookup">',
    "span-unbalanced": "<span> and </span> do not match in segment {id}",
}
_HELP = {
    "span-source-missing": "restore the segment from the last valid revision",
    "span-target-missing": "restore the segment from the last valid revision",
}
_SPAN_TAG = re.compile(r"<(/?)span\b[^<>]*>", re.IGNORECASE)
_INLINE_CODE = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
_ANCHOR = re.compile(
    r"""<(?:a\s+name|(?:a|span)\s+id)=
    (?P<value>&quot;[^<>&"]*(?:&quot;|")|"[^<>&"]*&quot;)\s*/?>""",
    re.VERBOSE,
)


def structure_findings(article: Article) -> Iterator[Finding]:
    """Everything that is wrong with the markers and ids of an article's segments."""
    tokens = article.tokens
    if not tokens.segments and not tokens.damages:
        return
    yield from _in_header(article)
    for damage in _with_anchors(article):
        if damage.extent.start >= article.body:
            yield segment_finding(
                article,
                damage.rule,
                damage.extent,
                _message(article, damage),
                segment_id=damage.id,
                help=_HELP.get(damage.rule),
                edits=damage.edits,
            )
    for group in _in_code(article):
        yield segment_finding(
            article,
            "span-in-code",
            group[0].opener,
            f"segment {group[0].id} is inside code",
            segment=group[0],
        )
    segments = valid_segments(article)
    yield from id_findings(article, _with_readable_ids(article, segments))
    for segment in segments:
        yield from _inner(article, segment)


def valid_segments(article: Article) -> tuple[Segment, ...]:
    """The complete segments of an article's body that are neither nested nor inside code."""
    tokens = article.tokens
    excluded = {
        damage.extent.start for damage in tokens.damages if damage.rule == "span-unbalanced"
    }
    excluded |= {segment.start for group in _in_code(article) for segment in group}
    return tuple(
        segment
        for segment in tokens.segments
        if segment.start >= article.body and segment.start not in excluded
    )


def _with_readable_ids(article: Article, segments: Sequence[Segment]) -> list[Segment]:
    """The segments without corrupted markers: a missing quote makes ids unreadable."""
    corrupted = [
        damage.extent.start for damage in article.tokens.damages if damage.rule == "span-corrupted"
    ]
    if not corrupted:
        return list(segments)
    return [
        segment
        for segment in segments
        if bisect_left(corrupted, segment.start) == bisect_left(corrupted, segment.end)
    ]


def _message(article: Article, damage: Damage) -> str:
    if damage.rule == "span-corrupted":
        where = f" of segment {damage.id}" if damage.id else ""
        if damage.tags == 1:
            return f"corrupted quotes in a tag{where}"
        line = article.lines.position(damage.extent.end).line
        return f"corrupted quotes in {damage.tags} tags, from the first one{where} to line {line}"
    if not damage.id and damage.rule == "span-unbalanced":
        return "</span> without an opening tag"
    return _MESSAGES[damage.rule].format(id=damage.id).replace("  ", " ").rstrip()


def _in_header(article: Article) -> Iterator[Finding]:
    """One finding for all segments of a front matter."""
    tokens, limit = article.tokens, article.body
    segments = [segment for segment in tokens.segments if segment.start < limit]
    damages = [damage for damage in tokens.damages if damage.extent.start < limit]
    if not segments and not damages:
        return
    extents = sorted(
        [segment.opener for segment in segments] + [damage.extent for damage in damages]
    )
    first = next((segment for segment in segments if segment.opener == extents[0]), None)
    dropped = [] if damages else [extent for extent in tokens.dropped if extent.end <= limit]
    yield segment_finding(
        article,
        "span-in-header",
        extents[0],
        "side-by-side segment in the front matter, expected plain text",
        segment=first,
        segment_id=damages[0].id if damages else "",
        edits=[(extent, "") for extent in dropped],
        safe=False,
        related=[(extent, "another segment") for extent in extents[1:5]],
    )


def _in_code(article: Article) -> list[list[Segment]]:
    """The segments of the body inside fenced or inline code, grouped by block.

    Code that starts or ends inside a target is part of that target.
    """
    if "`" not in article.text and "~~~" not in article.text:
        return []
    segments = [segment for segment in article.segments if segment.start >= article.body]
    published = article.published
    blocks = [block.extent for block in code_of_events(article.markdown)]
    if not blocks:
        return []
    found: list[tuple[int, Segment]] = []
    position = 0
    for segment in segments:
        offset = published.published(segment.target_start)
        while position < len(blocks) and blocks[position].end <= offset:
            position += 1
        if position < len(blocks) and blocks[position].start < offset:
            original = published.original_extent(*blocks[position])
            if not _in_target(original.start, segments) and not _in_target(
                original.end - 1, segments
            ):
                found.append((position, segment))
    return [[segment for _, segment in group] for _, group in groupby(found, lambda item: item[0])]


def _in_target(offset: int, segments: Sequence[Segment]) -> bool:
    index = bisect_right(segments, offset, key=lambda segment: segment.target_start) - 1
    return index >= 0 and offset < segments[index].target_end


def _inner(article: Article, segment: Segment) -> Iterator[Finding]:
    """An empty target, or a span that is unbalanced in only one of the two texts."""
    target = article.text[segment.target_start : segment.target_end]
    source = article.text[segment.source_start : segment.source_end]
    if not target.strip() and source.strip():
        yield segment_finding(
            article,
            "span-target-missing",
            segment.opener,
            f"target {segment.id} is empty",
            segment=segment,
        )
    elif "span" in target or "span" in source:
        in_target, in_source = unmatched_tag(target), unmatched_tag(source)
        if in_target is not None and in_source is None:
            yield _unbalanced(article, segment, "target", segment.target_start, in_target)
        elif in_source is not None and in_target is None:
            yield _unbalanced(article, segment, "source", segment.source_start, in_source)


def _unbalanced(article: Article, segment: Segment, side: str, start: int, tag: Extent) -> Finding:
    return segment_finding(
        article,
        "span-unbalanced",
        Extent(start + tag.start, start + tag.end),
        f"<span> and </span> do not match in the {side} of segment {segment.id}",
        segment=segment,
    )


def unmatched_tag(text: str) -> Extent | None:
    """The extent of the first ``<span>`` or ``</span>`` without its counterpart, or None."""
    visible = _INLINE_CODE.sub(lambda match: " " * len(match[0]), text)
    opened: list[Extent] = []
    for tag in _SPAN_TAG.finditer(visible):
        if not tag[1]:
            opened.append(Extent(*tag.span()))
        elif opened:
            opened.pop()
        else:
            return Extent(*tag.span())
    return opened[-1] if opened else None


def _with_anchors(article: Article) -> Sequence[Damage]:
    """The damages, with corrupted anchors as part of the run of corrupted tags before them.

    The cause is the same: an unmatched quote turns all later quotes into entities.
    """
    damages = list(article.tokens.damages)
    for run in _anchor_runs(article):
        index = next(
            (
                at
                for at, damage in enumerate(damages)
                if damage.rule == "span-corrupted" and damage.extent.start >= article.body
            ),
            None,
        )
        if index is None:
            damages.append(run)
        else:
            known = damages[index]
            extent = Extent(
                min(known.extent.start, run.extent.start), max(known.extent.end, run.extent.end)
            )
            damages[index] = replace(
                known, extent=extent, edits=known.edits + run.edits, tags=known.tags + run.tags
            )
    return damages


def _anchor_runs(article: Article) -> Iterator[Damage]:
    """One damage for all heading anchors whose quotes are entities."""
    if "=&quot;" not in article.text and "&quot;>" not in article.text:
        return
    code = CodeOffsets(article.published)
    anchors = [match for match in _ANCHOR.finditer(article.text) if match.start() not in code]
    if anchors:
        edits = tuple(
            (Extent(*match.span("value")), match["value"].replace("&quot;", '"'))
            for match in anchors
        )
        extent = Extent(anchors[0].start(), anchors[-1].end())
        yield Damage("span-corrupted", extent, "", edits, len(anchors))
