"""What translation did to the segments of an article."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from linters.article.article import Article
from linters.article.segments.code_ranges import Shown
from linters.article.segments.segment import Segment
from linters.localization.emphasis import code_problems, emphasis_problems
from linters.localization.headings import heading_problems
from linters.localization.ids import parse_id
from linters.localization.language import language_problems
from linters.localization.link_parity import link_problems, parity_problems, xref_problems
from linters.localization.placeholders import (
    alert_problems,
    directive_problems,
    entity_problems,
    outer_alert,
    placeholder_problems,
)
from linters.localization.problem import Problem
from linters.localization.segment_text import Translated, translated
from linters.model.finding import Extent

MAX_LENGTH = 20_000
"""Code points of a segment, both sides, that are compared; real ones have a tenth of it."""
MAX_BLOCK = 100_000
"""Code points of neighbouring segments that are looked at together."""

_BLANK_LINE = re.compile(r"(?:\r\n|\n|\r)[ \t>]*(?:\r\n|\n|\r)")


def translation_problems(
    article: Article,
    segments: Sequence[Segment],
    locale: str | None,
    blamed: Iterable[int] = (),
) -> Iterator[Problem]:
    """Everything that is wrong inside an article's sound segments.

    Segments that hold a ``blamed`` offset are passed over: their structure has been told of,
    and what is wrong inside them follows from it.
    """
    blamed = sorted(blamed)
    judged = [
        one
        for one in segments
        if one.bounds[5] - one.bounds[0] <= MAX_LENGTH
        and not _holds(blamed, one.bounds[0], one.bounds[5])
    ]
    for block in _blocks(article.text, list(translated(article, judged))):
        nearby = "\n".join(one.target for one in block)
        told: set[int] = set()
        for one in block:
            for problem in _markup(one, nearby):
                told.add(one.segment.bounds[0])
                yield problem
            yield from emphasis_problems(one)
            yield from language_problems(one, locale)
        yield from parity_problems(block, told)
        yield from code_problems(block)
    yield from heading_problems(article, segments, lambda start, end: _holds(blamed, start, end))
    yield from _outer_alerts(article)
    yield from _gaps(segments)


def _holds(offsets: Sequence[int], start: int, end: int) -> bool:
    """Whether one of the sorted offsets is from ``start`` to before ``end``."""
    index = bisect_left(offsets, start)
    return index < len(offsets) and offsets[index] < end


def _markup(one: Translated, nearby: str) -> Iterator[Problem]:
    yield from link_problems(one)
    yield from xref_problems(one, nearby)
    yield from placeholder_problems(one, nearby)
    yield from entity_problems(one)
    yield from directive_problems(one)
    yield from alert_problems(one)


def _blocks(text: str, texts: Sequence[Translated]) -> Iterator[list[Translated]]:
    """The segments that no blank line parts."""
    block: list[Translated] = []
    for one in texts:
        if block:
            gap = text[block[-1].segment.bounds[5] : one.segment.bounds[0]]
            size = one.segment.bounds[5] - block[0].segment.bounds[0]
            if size > MAX_BLOCK or _BLANK_LINE.search(gap):
                yield block
                block = []
        block.append(one)
    if block:
        yield block


def _outer_alerts(article: Article) -> Iterator[Problem]:
    """Alert markers outside the segments that are in the language of the locale."""
    if "[!" not in article.text:
        return
    shown = Shown(article.published)
    for number in range(article.lines.position(article.body).line, len(article.lines) + 1):
        line = article.lines.line(number)
        match = outer_alert(line) if "[!" in line else None
        start = article.lines.line_start(number)
        if match is not None and start + match.start("marker") not in shown:
            yield Problem(
                rule="alert-marker-translated",
                extent=Extent(start + match.start("marker"), start + match.end("marker")),
                message=f"{match['marker']!r} is no alert: its word is not to be translated",
                help="use [!NOTE], [!TIP], [!IMPORTANT], [!CAUTION] or [!WARNING]",
            )


def _gaps(segments: Sequence[Segment]) -> Iterator[Problem]:
    """Neighbours whose numbers leave some out."""
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
            yield Problem(
                rule="span-id-gap",
                extent=segment.opener,
                segment=segment,
                message=f"{number - previous - 1} ids are left out before {segment.id}",
            )
        previous = number
