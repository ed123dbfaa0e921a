"""Checks the character references (HTML entities) of a segment."""

from __future__ import annotations

import html.entities
import re
from collections.abc import Iterator

from linters.localization.segment_text import SegmentPair
from linters.model.finding import Finding

_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_BROKEN_ENTITY = re.compile(
    r"&(?:\s+(#\s?[0-9]{1,7}|[A-Za-z]{2,8})\s*"
    r"|(#\s?[0-9]{1,7}|[A-Za-z]{2,8})(?:\s+\\?|\\))[;；]"
)
_FULLWIDTH_ENTITY = re.compile(r"[&＆](#?[0-9A-Za-z]{2,8})；|＆(#?[0-9A-Za-z]{2,8})[;；]")


def entity_findings(pair: SegmentPair) -> Iterator[Finding]:
    """Character references with spaces, full-width characters or a backslash: ``& amp;``."""
    if "&" not in pair.target and "＆" not in pair.target:
        return
    for pattern in (_BROKEN_ENTITY, _FULLWIDTH_ENTITY):
        for match in pattern.finditer(pair.target):
            name = (match[1] or match[2]).replace(" ", "")
            if match[0] in pair.source or not _is_entity(name):
                continue
            message = f"broken character reference {match[0]!r}, expected '&{name};'"
            yield pair.finding(
                "entity-broken", match.span(), message, [(*match.span(), f"&{name};")]
            )
    wanted = {match[0] for match in _ENTITY.finditer(pair.source) if _is_entity(match[0][1:-1])}
    by_fold = {entity.casefold(): entity for entity in wanted}
    for match in _ENTITY.finditer(pair.target):
        right = by_fold.get(match[0].casefold())
        if right and match[0] != right and not _is_entity(match[0][1:-1]):
            message = f"broken character reference {match[0]!r}, expected {right!r}"
            yield pair.finding("entity-broken", match.span(), message, [(*match.span(), right)])


def _is_entity(name: str) -> bool:
    return name.startswith("#") or f"{name};" in html.entities.html5
