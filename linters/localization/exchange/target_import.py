"""Writes edited targets back into an article, if nothing else of the segment has changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from linters.article.article import Article
from linters.article.segments.segment import Segment
from linters.article.segments.tokenizer import tokenize
from linters.article.text.lines import LINE_END
from linters.localization.exchange.unit_reader import ReadUnit
from linters.localization.exchange.xmltext import ILLEGAL
from linters.localization.structure import unmatched_tag


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """A unit that was not imported, and why."""

    unit: ReadUnit
    reason: str


@dataclass(frozen=True, slots=True)
class ImportedArticle:
    """The new text of an article (the old one if nothing changed)."""

    text: str
    changed: int
    left_alone: tuple[LeftAlone, ...]


def import_targets(article: Article, units: Iterable[ReadUnit]) -> ImportedArticle:
    """Replace the targets of an article by those of its units.

    A unit counts only if its id, place and source are those of a segment. An article that
    would have other segments afterwards is left alone as a whole.
    """
    by_id: dict[str, list[Segment]] = {}
    for known in article.segments:
        by_id.setdefault(known.id, []).append(known)
    targets: dict[int, tuple[ReadUnit, Segment, str]] = {}
    left_alone: list[LeftAlone] = []
    seen: set[int] = set()
    for unit in units:
        segment, reason = _segment_of(article, unit, by_id.get(unit.id, ()))
        if segment is not None and segment.start in seen:
            reason = "the file has the segment more than once"
        if segment is None or reason or unit.target is None:
            left_alone.append(LeftAlone(unit, reason or "no target"))
            continue
        seen.add(segment.start)
        old = article.text[segment.target_start : segment.target_end]
        if _comparable(unit.target) == _comparable(old):
            continue
        new = _with_line_ends(unit.target, article.text)
        reason = _refusal(article, segment, old, new)
        if reason:
            left_alone.append(LeftAlone(unit, reason))
        else:
            targets[segment.start] = unit, segment, new
    text = _replaced(article.text, [(segment, new) for _, segment, new in targets.values()])
    expected = [
        (
            segment.id,
            targets[segment.start][2]
            if segment.start in targets
            else article.text[segment.target_start : segment.target_end],
        )
        for segment in article.segments
    ]
    if targets and not _has(article, text, expected):
        reason = "the new targets would change the article's segments"
        left_alone += [LeftAlone(unit, reason) for unit, _, _ in targets.values()]
        return ImportedArticle(article.text, 0, tuple(left_alone))
    return ImportedArticle(text, len(targets), tuple(left_alone))


def _segment_of(
    article: Article, unit: ReadUnit, candidates: Iterable[Segment]
) -> tuple[Segment | None, str | None]:
    """The segment of a unit, or why there is none."""
    found = None
    for segment in candidates:
        found = segment
        if article.lines.position(segment.start) == unit.place:
            break
    if found is None:
        return None, "the article has no segment with this id"
    position = article.lines.position(found.start)
    if position != unit.place:
        where = f"{unit.place.line}:{unit.place.column}" if unit.place else "no place"
        return None, f"the segment is at {position.line}:{position.column}, not at {where}"
    source = article.text[found.source_start : found.source_end]
    if unit.source is None or _comparable(unit.source) != _comparable(source):
        return None, "the source differs from the article's"
    if unit.problem:
        return None, unit.problem
    return found, None


def _refusal(article: Article, segment: Segment, old: str, new: str) -> str | None:
    """Why a target cannot be written into the segment."""
    if not new.strip():
        return "the target is empty"
    if ILLEGAL.search(old) and "\ufffd" in new and "\ufffd" not in old:
        return "the format cannot represent all characters of the old target"
    if unmatched_tag(new) is not None and unmatched_tag(old) is None:
        return "<span> and </span> do not match in the target"
    before = article.text[segment.start : segment.target_start]
    after = article.text[segment.target_end : segment.end]
    tokens = tokenize(f"{before}{new}{after}")
    if tokens.damages or len(tokens.segments) != 1:
        return "the target contains markup of segments"
    target = tokens.segments[0].target
    if target != (len(before), len(before) + len(new)):
        return "the target contains markup of segments"
    return None


def _replaced(text: str, targets: Iterable[tuple[Segment, str]]) -> str:
    pieces: list[str] = []
    position = 0
    for segment, new in sorted(targets):
        pieces += (text[position : segment.target_start], new)
        position = segment.target_end
    return "".join((*pieces, text[position:]))


def _has(article: Article, text: str, expected: list[tuple[str, str]]) -> bool:
    """Whether the new text has the expected segments, and no other damages than before."""
    tokens = tokenize(text)
    found = [
        (segment.id, text[segment.target_start : segment.target_end]) for segment in tokens.segments
    ]
    rules = [damage.rule for damage in tokens.damages]
    return found == expected and rules == [damage.rule for damage in article.tokens.damages]


def _comparable(text: str) -> str:
    """A text as exchange formats keep it: they may lose line ends and control characters."""
    return ILLEGAL.sub("\ufffd", LINE_END.sub("\n", text))


def _with_line_ends(text: str, article: str) -> str:
    found = LINE_END.search(article)
    return LINE_END.sub(found[0] if found else "\n", text)


def group_by_path(units: Iterable[ReadUnit]) -> Iterator[tuple[str, list[ReadUnit]]]:
    """The units of each file, in the order in which the files come first."""
    groups: dict[str, list[ReadUnit]] = {}
    for unit in units:
        groups.setdefault(unit.path, []).append(unit)
    yield from groups.items()
