"""Whether the segments of an article are sound."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby

from linters.article.article import Article
from linters.article.segments.code_ranges import Shown, code_of_events
from linters.article.segments.segment import Segment
from linters.localization.ids import id_problems
from linters.localization.problem import Problem
from linters.model.finding import Extent

_MESSAGES = {
    "span-source-missing": "the target {id} has no source",
    "span-target-missing": "the source {id} has no target",
    "span-lookup-missing": 'the source {id} has no <span class="sxs-lookup"> around it',
    "span-unbalanced": "<span> and </span> do not match in segment {id}",
    "span-corrupted": "the quotes of the tags of segment {id} became entities",
}
_HELP = {
    "span-source-missing": "restore the segment from the last sound revision",
    "span-target-missing": "restore the segment from the last sound revision",
}
_SPAN_TAG = re.compile(r"<(/?)span\b[^<>]*>", re.IGNORECASE)
_INLINE_CODE = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
_ANCHOR = re.compile(
    r"""<(?:a\s+name|(?:a|span)\s+id)=
    (?P<value>&quot;[^<>&"]*(?:&quot;|")|"[^<>&"]*&quot;)\s*/?>""",
    re.VERBOSE,
)


def structure_problems(article: Article) -> Iterator[Problem]:
    """Everything that is wrong with markers and ids of an article's segments."""
    tokens = article.tokens
    if not tokens.segments and not tokens.damages:
        return
    yield from _in_header(article)
    for damage in tokens.damages:
        if damage.extent.start >= article.body:
            yield Problem(
                rule=damage.rule,
                extent=damage.extent,
                id=damage.id,
                message=_message(damage.rule, damage.id),
                help=_HELP.get(damage.rule),
                edits=damage.edits,
            )
    for group in _in_code(article):
        yield Problem(
            rule="span-in-code",
            extent=group[0].opener,
            segment=group[0],
            message=f"segment {group[0].id} stands inside code",
        )
    sound = sound_segments(article)
    yield from id_problems(article.text, _with_readable_ids(article, sound))
    for segment in sound:
        yield from _inner(article.text, segment)
    if "span-corrupted" not in {damage.rule for damage in tokens.damages}:
        yield from _corrupted_anchor(article)


def sound_segments(article: Article) -> tuple[Segment, ...]:
    """The whole segments of an article's body that are neither nested nor inside code."""
    tokens = article.tokens
    apart = {one.extent.start for one in tokens.damages if one.rule == "span-unbalanced"}
    apart |= {segment.bounds[0] for group in _in_code(article) for segment in group}
    return tuple(
        one
        for one in tokens.segments
        if one.bounds[0] >= article.body and one.bounds[0] not in apart
    )


def _with_readable_ids(article: Article, segments: Sequence[Segment]) -> list[Segment]:
    """The segments without those whose torn quotes have been told of: ids end with them."""
    torn = [one.extent.start for one in article.tokens.damages if one.rule == "span-corrupted"]
    if not torn:
        return list(segments)
    return [
        one
        for one in segments
        if bisect_left(torn, one.bounds[0]) == bisect_left(torn, one.bounds[5])
    ]


def _message(rule: str, identifier: str) -> str:
    if not identifier and rule == "span-unbalanced":
        return "</span> closes nothing"
    return _MESSAGES[rule].format(id=identifier).replace("  ", " ").rstrip()


def _in_header(article: Article) -> Iterator[Problem]:
    """One problem for all segments of a front matter: their markers are what is wrong."""
    tokens, limit = article.tokens, article.body
    segments = [one for one in tokens.segments if one.bounds[0] < limit]
    damages = [one for one in tokens.damages if one.extent.start < limit]
    if not segments and not damages:
        return
    extents = sorted([one.opener for one in segments] + [one.extent for one in damages])
    first = next((one for one in segments if one.opener == extents[0]), None)
    edits = [] if damages else [(one, "") for one in tokens.dropped if one.end <= limit]
    yield Problem(
        rule="span-in-header",
        extent=extents[0],
        segment=first,
        id=damages[0].id if damages else "",
        message="front matter holds side-by-side segments; it takes plain text",
        edits=tuple(edits),
        safe=False,
        related=tuple((extent, "another segment") for extent in extents[1:5]),
    )


def _in_code(article: Article) -> list[list[Segment]]:
    """The segments of the body inside fenced or inline code, by block.

    Code that begins or ends inside a target is that target's own.
    """
    if "`" not in article.text and "~~~" not in article.text:
        return []
    segments = [one for one in article.segments if one.bounds[0] >= article.body]
    published = article.published
    blocks = [block.extent for block in code_of_events(article.markdown)]
    if not blocks:
        return []
    found: list[tuple[int, Segment]] = []
    position = 0
    for segment in segments:
        offset = published.published(segment.bounds[1])
        while position < len(blocks) and blocks[position].end <= offset:
            position += 1
        if position < len(blocks) and blocks[position].start < offset:
            original = published.original_extent(*blocks[position])
            if not _in_target(original.start, segments) and not _in_target(
                original.end - 1, segments
            ):
                found.append((position, segment))
    return [[one for _, one in group] for _, group in groupby(found, lambda item: item[0])]


def _in_target(offset: int, segments: Sequence[Segment]) -> bool:
    index = bisect_right(segments, offset, key=lambda one: one.bounds[1]) - 1
    return index >= 0 and offset < segments[index].bounds[2]


def _inner(text: str, segment: Segment) -> Iterator[Problem]:
    """Targets that are empty, and spans that only one of the two sides leaves open."""
    target, source = text[slice(*segment.target)], text[slice(*segment.source)]
    if not target.strip() and source.strip():
        yield Problem(
            rule="span-target-missing",
            extent=segment.opener,
            segment=segment,
            message=f"the target {segment.id} is empty",
        )
    elif "span" in target or "span" in source:
        in_target, in_source = _odd_tag(target), _odd_tag(source)
        if in_target is not None and in_source is None:
            yield _unbalanced(segment, "target", segment.target.start, in_target)
        elif in_source is not None and in_target is None:
            yield _unbalanced(segment, "source", segment.source.start, in_source)


def _unbalanced(segment: Segment, side: str, start: int, odd: Extent) -> Problem:
    return Problem(
        rule="span-unbalanced",
        extent=Extent(start + odd.start, start + odd.end),
        segment=segment,
        message=f"<span> and </span> do not match in the {side} {segment.id}",
    )


def _odd_tag(text: str) -> Extent | None:
    """A span tag without its counterpart; None where all match."""
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


def _corrupted_anchor(article: Article) -> Iterator[Problem]:
    """Anchors before headings whose quotes became entities, as one."""
    if "=&quot;" not in article.text and "&quot;>" not in article.text:
        return
    shown = Shown(article.published)
    found = [one for one in _ANCHOR.finditer(article.text) if one.start() not in shown]
    if found:
        edits = [
            (Extent(*match.span("value")), match["value"].replace("&quot;", '"')) for match in found
        ]
        yield Problem(
            rule="span-corrupted",
            extent=Extent(*found[0].span()),
            message="the quotes of an anchor became entities",
            edits=tuple(edits),
        )
