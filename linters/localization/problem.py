"""What a localization rule says, before it is a finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from linters.article.article import Article
from linters.article.segments.segment import Segment
from linters.localization.rules import RULE, STRUCTURE
from linters.model.finding import Edit, Extent, Finding, Fix, Related

_SHORT = 60
_LONG = 2000  # real segments are shorter; hostile ones have thousands of findings


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A broken rule at an extent of the article's text.

    ``edits`` are extents and their new text; ``related`` are extents and what they are.
    """

    rule: str
    extent: Extent
    message: str
    segment: Segment | None = None
    id: str = ""
    help: str | None = None
    edits: tuple[tuple[Extent, str], ...] = ()
    safe: bool = True
    related: tuple[tuple[Extent, str], ...] = ()

    @property
    def places(self) -> tuple[int, ...]:
        """Where the problem and what is related to it begin."""
        return (self.extent.start, *(extent.start for extent, _ in self.related))


def findings(article: Article, problems: Iterable[Problem]) -> Iterator[Finding]:
    """The findings of an article's problems."""
    for problem in problems:
        yield Finding(
            rule=RULE[problem.rule],
            path=article.path,
            range=article.range(problem.extent),
            message=_message(article.text, problem),
            help=problem.help,
            data=_data(article.text, problem),
            related=tuple(
                Related(article.path, *article.lines.position(extent.start), message)
                for extent, message in problem.related
            ),
            fix=_fix(article, problem),
        )


def _message(text: str, problem: Problem) -> str:
    """What is wrong; for translations with the segment and the beginnings of both texts."""
    if problem.segment is None or RULE[problem.rule] in STRUCTURE:
        return problem.message
    target = _short(text[slice(*problem.segment.target)])
    source = _short(text[slice(*problem.segment.source)])
    return f"{problem.message} (segment {problem.segment.id}: “{target}” for “{source}”)"


def _short(text: str) -> str:
    words = " ".join(text[: 2 * _SHORT].split())
    return words if len(words) <= _SHORT else f"{words[: _SHORT - 1]}…"


def _data(text: str, problem: Problem) -> dict[str, Any]:
    segment = problem.segment
    if segment is None:
        return {"segment": problem.id or None, "target": None, "source": None}
    return {
        "segment": segment.id,
        "target": text[slice(*segment.target)],
        "source": text[slice(*segment.source)],
    }


def _fix(article: Article, problem: Problem) -> Fix | None:
    if not problem.edits:
        return None
    edits = tuple(Edit(*article.range(extent), text) for extent, text in sorted(problem.edits))
    return Fix(problem.safe, edits)
