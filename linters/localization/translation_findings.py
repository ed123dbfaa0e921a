"""Checks the content of segments: what the target must keep of its source."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from linters.article.article import Article
from linters.article.segments.code_ranges import CodeOffsets
from linters.article.segments.segment import Segment
from linters.localization.code_spans import code_findings
from linters.localization.docfx_syntax import alert_findings, directive_findings, translated_alert
from linters.localization.emphasis import emphasis_findings
from linters.localization.entities import entity_findings
from linters.localization.heading_anchors import heading_findings
from linters.localization.language import language_findings
from linters.localization.link_markup import link_markup_findings
from linters.localization.link_parity import parity_findings, xref_findings
from linters.localization.placeholder_parity import placeholder_findings
from linters.localization.segment_finding import segment_finding
from linters.localization.segment_ids import parse_id
from linters.localization.segment_text import SegmentPair
from linters.model.finding import Extent, Finding

MAX_LENGTH = 20_000
"""Code points of a segment, both sides, that are compared; real segments have up to 2,000."""
MAX_BLOCK = 100_000
"""Code points of neighbouring segments that are compared together."""

_BLANK_LINE = re.compile(r"(?:\r\n|\n|\r)[ \t>]*(?:\r\n|\n|\r)")


def translation_findings(
    article: Article,
    segments: Sequence[Segment],
    locale: str | None,
    source_locale: str = "en-US",
    damaged: Iterable[int] = (),
) -> Iterator[Finding]:
    """The findings inside an article's complete segments.

    Segments that contain one of the ``damaged`` offsets are skipped: their structure is
    reported, and further findings in them follow from it.
    """
    damaged = sorted(damaged)
    pairs = [
        SegmentPair.of(article, segment)
        for segment in segments
        if segment.end - segment.start <= MAX_LENGTH
        and not _contains(damaged, segment.start, segment.end)
    ]
    for block in _blocks(article.text, pairs):
        nearby = "\n".join(pair.target for pair in block)
        reported: set[int] = set()
        for pair in block:
            for finding in _markup(pair, nearby):
                reported.add(pair.segment.start)
                yield finding
            yield from emphasis_findings(pair)
            yield from language_findings(pair, locale, source_locale)
        yield from parity_findings(block, reported)
        yield from code_findings(block)
    yield from heading_findings(
        article, segments, lambda start, end: _contains(damaged, start, end)
    )
    yield from _alerts_outside(article)
    yield from _gaps(article, segments)


def _contains(offsets: Sequence[int], start: int, end: int) -> bool:
    """Whether one of the sorted offsets is in the half-open range."""
    index = bisect_left(offsets, start)
    return index < len(offsets) and offsets[index] < end


def _markup(pair: SegmentPair, nearby: str) -> Iterator[Finding]:
    yield from link_markup_findings(pair)
    yield from xref_findings(pair, nearby)
    yield from placeholder_findings(pair, nearby)
    yield from entity_findings(pair)
    yield from directive_findings(pair)
    yield from alert_findings(pair)


def _blocks(text: str, pairs: Sequence[SegmentPair]) -> Iterator[list[SegmentPair]]:
    """The segments between two blank lines, together."""
    block: list[SegmentPair] = []
    for pair in pairs:
        if block:
            gap = text[block[-1].segment.end : pair.segment.start]
            size = pair.segment.end - block[0].segment.start
            if size > MAX_BLOCK or _BLANK_LINE.search(gap):
                yield block
                block = []
        block.append(pair)
    if block:
        yield block


def _alerts_outside(article: Article) -> Iterator[Finding]:
    """Translated alert markers outside of segments."""
    if "[!" not in article.text:
        return
    code = CodeOffsets(article.published)
    for number in range(article.lines.position(article.body).line, len(article.lines) + 1):
        line = article.lines.line(number)
        match = translated_alert(line) if "[!" in line else None
        start = article.lines.line_start(number)
        if match is not None and start + match.start("marker") not in code:
            yield segment_finding(
                article,
                "alert-marker-translated",
                Extent(start + match.start("marker"), start + match.end("marker")),
                f"unknown alert marker {match['marker']!r}; alert markers are not translated",
                help="use [!NOTE], [!TIP], [!IMPORTANT], [!CAUTION] or [!WARNING]",
            )


def _gaps(article: Article, segments: Sequence[Segment]) -> Iterator[Finding]:
    """Neighbouring segments whose numbers are not consecutive."""
    previous: int | None = None
    for segment in segments:
        try:
            _, merged, number = parse_id(segment.id)
        except ValueError:
            continue
        if merged:
            previous = None
            continue
        if previous is not None and number > previous + 1:
            yield segment_finding(
                article,
                "span-id-gap",
                segment.opener,
                f"{number - previous - 1} ids are missing before {segment.id}",
                segment=segment,
            )
        previous = number
