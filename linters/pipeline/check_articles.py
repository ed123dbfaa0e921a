"""The first stage of the pipeline: each article read, checked and collected from, once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from linters.article.article import Article, UnreadableError
from linters.article.yaml_syntax import find_damage
from linters.checker import Checker, Context
from linters.findings.build_report import sort_key
from linters.findings.core_rules import UNREADABLE_FILE
from linters.findings.fingerprints import Background, background, mark
from linters.model.finding import Finding, Position, Range
from linters.pipeline import run_checker
from linters.repository.repository import Repository

if TYPE_CHECKING:
    from concurrent.futures import Executor


@dataclass(frozen=True, slots=True)
class Examined:
    """What one article gave: findings, facts by the checker's name, and failures."""

    path: str
    findings: tuple[Finding, ...]
    facts: tuple[tuple[str, Any], ...]
    errors: tuple[str, ...] = ()
    background: Background = field(default_factory=Background)


@dataclass(frozen=True, slots=True)
class Work:
    """One article to examine; ``overlay`` are bytes that stand for those on the disk."""

    path: str
    context: Context
    overlay: bytes | None = None


def examine_all(
    repository: Repository,
    paths: Sequence[str],
    checkers: Sequence[Checker],
    context_of: Callable[[str], Context],
    executor: Executor | None,
) -> Iterator[Examined]:
    """Examine articles in their order, here or in an executor's processes."""
    work = (Work(path, context_of(path), repository.overlay.get(path)) for path in paths)
    task = partial(examine, repository.root, tuple(checkers))
    if executor is None:
        return map(task, work)
    return executor.map(task, work, chunksize=16)


def examine(root: Path, checkers: Sequence[Checker], work: Work) -> Examined:
    """Read one article, check it and collect its facts; runs in any process."""
    path = work.path
    overlay = {} if work.overlay is None else {path: work.overlay}
    repository = Repository(root, frozenset(), overlay=overlay)
    try:
        article = repository.read(path)
    except UnreadableError as error:
        place = Range(Position(1, 1), Position(1, 1))
        finding = Finding(rule=UNREADABLE_FILE, path=path, range=place, message=str(error))
        return Examined(path, (finding,), ())
    findings: list[Finding] = [*_damage(article)]
    facts: list[tuple[str, Any]] = []
    errors: list[str] = []
    for checker in checkers:
        checked = run_checker.check(checker, article, work.context)
        findings += checked.findings
        facts.append((checker.name, checked.facts))
        if checked.error is not None:
            errors.append(checked.error)
    given = tuple(mark(article, finding) for finding in findings)
    if work.context.base is not None:
        given = _told_apart(given, checkers, work)
    return Examined(path, given, tuple(facts), tuple(errors), background(article))


def _damage(article: Article) -> Iterator[Finding]:
    """What makes a table of contents or landing page unreadable from some place on."""
    damage = find_damage(article.text) if article.is_yaml else None
    if damage is not None:
        place = article.range((damage.offset, damage.offset))
        message = f"not YAML: {damage.message}"
        yield Finding(rule=UNREADABLE_FILE, path=article.path, range=place, message=message)


def _told_apart(
    findings: tuple[Finding, ...], checkers: Sequence[Checker], work: Work
) -> tuple[Finding, ...]:
    """The findings, with ``by_change`` where the text before has none like it.

    So is found what a change brings about on lines that it does not touch.
    """
    context = replace(work.context, base=None)
    article = Article(work.path, work.context.base or "")
    before = {
        (finding.rule, mark(article, finding).fingerprint)
        for checker in checkers
        for finding in run_checker.check(checker, article, context).findings
    }
    return tuple(
        finding
        if (finding.rule, finding.fingerprint) in before
        else replace(finding, by_change=True)
        for finding in findings
    )


def marked(
    findings: Iterable[Finding], repository: Repository, backgrounds: dict[str, Background]
) -> Iterator[Finding]:
    """Findings of ``resolve``, marked; brings the background of articles not examined."""
    for path, group in groupby(sorted(findings, key=sort_key), key=lambda one: one.path):
        try:
            article = repository.read(path)
        except UnreadableError:
            yield from group
            continue
        if path not in backgrounds and path in repository.articles:
            backgrounds[path] = background(article)
        yield from (mark(article, finding) for finding in group)
