"""Creates the findings of the localization rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from linters.article.article import Article
from linters.article.segments.segment import Segment
from linters.localization.rules import RULE, TRANSLATION
from linters.model.finding import Extent, Finding


def segment_finding(
    article: Article,
    rule: str,
    span: Extent,
    message: str,
    *,
    segment: Segment | None = None,
    segment_id: str = "",
    help: str | None = None,  # noqa: A002 - the report's own word
    edits: Iterable[tuple[Extent, str]] = (),
    safe: bool = True,
    related: Iterable[tuple[Extent, str]] = (),
) -> Finding:
    """A finding of the rule with this name; its data contains the segment and both its texts.

    ``segment_id`` names a damaged segment, whose texts are unknown.
    """
    if segment is not None and RULE[rule] in TRANSLATION:
        message = f"{message} (segment {segment.id})"
    return article.finding(
        RULE[rule],
        span,
        message,
        help=help,
        data=_data(article.text, segment, segment_id),
        edits=list(edits) or None,
        safe=safe,
        related=related,
    )


def _data(text: str, segment: Segment | None, segment_id: str) -> Mapping[str, Any]:
    if segment is None:
        return {"segment": segment_id or None, "target": None, "source": None}
    return {
        "segment": segment.id,
        "target": text[segment.target_start : segment.target_end],
        "source": text[segment.source_start : segment.source_end],
    }
