"""The first stage of the pipeline: each article read, checked and collected from, once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from linters.article.article import Article, UnreadableError
from linters.article.yaml_syntax import find_damage
from linters.checker import Checker, Context, Diff
from linters.facts.outlines import OutlineCollector
from linters.findings.build_report import sort_key
from linters.findings.core_rules import UNREADABLE_FILE
from linters.findings.fingerprints import ArticleSummary, mark, subject, summarize
from linters.model.finding import Finding, Position, Range
from linters.pipeline import run_checker
from linters.pipeline.run_checker import Failure
from linters.repository.outline import outline_of
from linters.repository.repository import Repository

if TYPE_CHECKING:
    from concurrent.futures import Executor


@dataclass(frozen=True, slots=True)
class ArticleResult:
    """What one article gave: findings, facts by the checker's name, and failures."""

    path: str
    findings: tuple[Finding, ...]
    facts: tuple[tuple[str, Any], ...]
    failures: tuple[Failure, ...] = ()
    summary: ArticleSummary = field(default_factory=ArticleSummary)


@dataclass(frozen=True, slots=True)
class ArticleTask:
    """One article to check; ``overlay`` replaces the bytes on the disk."""

    path: str
    context: Context
    overlay: bytes | None = None


@dataclass(frozen=True, slots=True)
class CheckStage:
    """What is the same for every article: the root, the checkers, what each has prepared."""

    root: Path
    checkers: tuple[Checker, ...]
    prepared: Mapping[str, Any]


def check_articles(
    stage: CheckStage,
    repository: Repository,
    paths: Sequence[str],
    context_of: Callable[[str], Context],
    executor: Executor | None,
) -> Iterator[ArticleResult]:
    """Check articles in their order, here or in an executor's processes."""
    tasks = (ArticleTask(path, context_of(path), repository.overlay.get(path)) for path in paths)
    task = partial(check_article, stage)
    if executor is None:
        return map(task, tasks)
    return executor.map(task, tasks, chunksize=16)


def check_article(stage: CheckStage, task: ArticleTask) -> ArticleResult:
    """Read one article, check it and collect its facts; runs in any process."""
    path = task.path
    overlay = {} if task.overlay is None else {path: task.overlay}
    repository = Repository(stage.root, frozenset(), overlay=overlay)
    try:
        article = repository.read(path)
    except UnreadableError as error:
        place = Range(Position(1, 1), Position(1, 1))
        finding = Finding(rule=UNREADABLE_FILE, path=path, range=place, message=str(error))
        return ArticleResult(path, (finding,), ())
    findings: list[Finding] = [*_damage(article)]
    facts: list[tuple[str, Any]] = [(OutlineCollector.name, outline_of(article))]
    failures: list[Failure] = []
    for checker in stage.checkers:
        prepared = stage.prepared.get(checker.name)
        context = run_checker.own_context(checker, task.context, prepared)
        result = run_checker.check(checker, article, context)
        findings += result.findings
        facts.append((checker.name, result.facts))
        if result.failure is not None:
            failures.append(result.failure)
    given = tuple(mark(article, finding) for finding in findings)
    if task.context.base is not None:
        given = _caused_by_diff(article, given, stage, task)
    return ArticleResult(path, given, tuple(facts), tuple(failures), summarize(article))


def _damage(article: Article) -> Iterator[Finding]:
    """What makes a table of contents or landing page unreadable from some place on."""
    damage = find_damage(article.text) if article.is_yaml else None
    if damage is not None:
        place = article.range((damage.offset, damage.offset))
        message = f"not YAML: {damage.message}"
        yield Finding(rule=UNREADABLE_FILE, path=article.path, range=place, message=message)


def _caused_by_diff(
    now: Article, findings: tuple[Finding, ...], stage: CheckStage, task: ArticleTask
) -> tuple[Finding, ...]:
    """The findings, with ``by_change`` where the text at the base revision has none like it.

    This finds what a diff causes on lines that it does not touch.
    """
    article = Article(task.path, task.context.base or "")
    before = set()
    for checker in stage.checkers:
        prepared = stage.prepared.get(checker.name)
        context = run_checker.own_context(checker, replace(task.context, base=None), prepared)
        for finding in run_checker.check(checker, article, context).findings:
            before.add((finding.rule, subject(article, finding)))
    return tuple(
        finding
        if (finding.rule, subject(now, finding)) in before
        else replace(finding, by_change=True)
        for finding in findings
    )


def marked(
    findings: Iterable[Finding],
    repository: Repository,
    summaries: dict[str, ArticleSummary],
    change: Diff | None = None,
) -> Iterator[Finding]:
    """Findings of ``resolve``, marked; adds the summaries of articles that were not checked.

    With a diff, what the network says of a URL that the article already had is left out: an
    old link that breaks is not what the change brings, whatever else it does to the line.
    """
    for path, group in groupby(sorted(findings, key=sort_key), key=lambda finding: finding.path):
        try:
            article = repository.read(path)
        except UnreadableError:
            yield from group
            continue
        if path not in summaries and path in repository.articles:
            summaries[path] = summarize(article)
        base = change.bases.get(path) if change is not None else None
        for finding in group:
            if base is None or not (finding.rule.network and _has(base, article, finding)):
                yield mark(article, finding)


def _has(text: str, article: Article, finding: Finding) -> bool:
    """Whether a text contains what a finding covers as a whole URL."""
    written = re.escape(subject(article, finding))
    return re.search(rf"{written}(?=[\s)>\]\"'<|]|[.,;:!?]*(?:\s|\Z))", text) is not None
