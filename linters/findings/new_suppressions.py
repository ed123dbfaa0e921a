"""The directives that a change adds or widens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from linters.article.article import Article
from linters.findings.directives import (
    DISABLE,
    ENABLE,
    LINE,
    NEXT_LINE,
    Directive,
    find_directives,
)
from linters.model.diff import Diff

_SUPPRESSING = (DISABLE, LINE, NEXT_LINE)


def new_suppressions(
    path: str, directives: Sequence[Directive], change: Diff
) -> tuple[Directive, ...]:
    """The suppressing directives of an article on lines that are new or changed.

    In a front matter a directive shares its line with a value: one that was there before is
    not new, whatever the value is now. A change that takes an ``enable`` away widens the
    ``disable`` directives before it.
    """
    suppressing = [
        directive
        for directive in directives
        if directive.verb in _SUPPRESSING and not directive.spelling
    ]
    if not suppressing or path not in change.lines:
        return ()
    base = change.bases.get(path)
    before = find_directives(Article(path, base)) if base is not None else ()
    in_header = Counter(_written(directive) for directive in before if directive.in_yaml)
    widened = _enabling(before) > _enabling(directives)
    touched = change.lines[path]
    found = []
    for directive in suppressing:
        if directive.in_yaml and in_header[_written(directive)]:
            in_header[_written(directive)] -= 1
        elif directive.range.start.line in touched or (widened and directive.verb == DISABLE):
            found.append(directive)
    return tuple(found)


def _written(directive: Directive) -> tuple[str, tuple[str, ...]]:
    return directive.verb, directive.words


def _enabling(directives: Sequence[Directive]) -> int:
    return sum(directive.verb == ENABLE for directive in directives)
