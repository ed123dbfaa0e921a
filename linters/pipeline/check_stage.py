"""Checks one article with every checker, and collects its facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from linters.article.article import Article, UnreadableError
from linters.article.yaml_events import find_problem
from linters.checker import Checker, Context
from linters.facts import codec
from linters.facts.encoded_facts import encodable_type
from linters.facts.outlines import OutlineCollector
from linters.findings.build_report import rules_of
from linters.findings.core_rules import UNREADABLE_FILE
from linters.findings.fingerprints import mark, subject, summarize
from linters.findings.records import FindingCodec, FindingRecord
from linters.model.finding import Finding, Position, Range
from linters.pipeline import run_checker
from linters.pipeline.article_result import ArticleResult
from linters.pipeline.run_checker import CheckerFailure
from linters.repository.outline import ArticleOutline, outline_of


@dataclass(frozen=True, slots=True)
class ArticleTask:
    """One article to check; ``data`` are its bytes."""

    path: str
    data: bytes
    context: Context


@dataclass(frozen=True)
class CheckStage:
    """What is the same for every article: the checkers, and what each has prepared."""

    root: Path
    checkers: tuple[Checker, ...]
    prepared: Mapping[str, Any]

    @cached_property
    def _codec(self) -> FindingCodec:
        return FindingCodec(rules_of(self.checkers))

    @cached_property
    def _types(self) -> Mapping[str, type[Any] | None]:
        types = {checker.name: encodable_type(checker) for checker in self.checkers}
        return {OutlineCollector.name: ArticleOutline, **types}

    def facts_type(self, name: str) -> type[Any] | None:
        """The type of a collector's facts; None where they cannot be encoded."""
        return self._types[name]

    def decode(self, findings: bytes) -> list[Finding]:
        """The findings of an ArticleResult."""
        return self._codec.decode(findings)

    def encode_records(self, records: Sequence[FindingRecord]) -> bytes:
        """The bytes of findings that are records already."""
        return self._codec.encode_records(records)

    def check(self, task: ArticleTask) -> ArticleResult:
        """Check one article and collect its facts; runs in any process."""
        try:
            article = Article.from_bytes(task.path, task.data)
        except UnreadableError as error:
            return self.unreadable(task.path, error)
        findings: list[Finding] = [*_damage(article)]
        facts: list[tuple[str, Any]] = [(OutlineCollector.name, outline_of(article))]
        failures: list[CheckerFailure] = []
        for checker, context in self._own_contexts(task.context):
            result = run_checker.check(checker, article, context)
            findings += result.findings
            facts.append((checker.name, result.facts))
            if result.failure is not None:
                failures.append(result.failure)
        marked = list(mark(article, findings))
        if task.context.base is not None:
            marked = self._caused_by_diff(article, marked, task)
        return ArticleResult(
            task.path,
            self._codec.encode(marked),
            tuple((name, self._encoded(name, value)) for name, value in facts),
            tuple(failures),
            summarize(article),
        )

    def unreadable(self, path: str, error: UnreadableError) -> ArticleResult:
        """The result of a file that is not an article."""
        place = Range(Position(1, 1), Position(1, 1))
        finding = Finding(rule=UNREADABLE_FILE, path=path, range=place, message=str(error))
        return ArticleResult(path, self._codec.encode([finding]))

    def _own_contexts(self, context: Context) -> Iterator[tuple[Checker, Context]]:
        for checker in self.checkers:
            prepared = self.prepared.get(checker.name)
            yield checker, run_checker.own_context(checker, context, prepared)

    def _encoded(self, name: str, facts: Any) -> Any:
        """The bytes of some facts; the facts themselves where they cannot be encoded."""
        kind = self.facts_type(name)
        if kind is None or not isinstance(facts, kind):
            return facts
        try:
            return codec.encode(facts)
        except ValueError:  # text that is not Unicode
            return facts

    def _caused_by_diff(
        self, now: Article, findings: Iterable[Finding], task: ArticleTask
    ) -> list[Finding]:
        """The findings, with ``by_change`` where the text at the base revision has none like it.

        This finds what a diff causes on lines that it does not touch.
        """
        article = Article(task.path, task.context.base or "")
        before = {(finding.rule, subject(article, finding)) for finding in _damage(article)}
        for checker, context in self._own_contexts(replace(task.context, base=None)):
            for finding in run_checker.check(checker, article, context).findings:
                before.add((finding.rule, subject(article, finding)))
        return [
            finding
            if (finding.rule, subject(now, finding)) in before
            else replace(finding, by_change=True)
            for finding in findings
        ]


def _damage(article: Article) -> Iterator[Finding]:
    """What makes a table of contents or landing page unreadable from some place on."""
    damage = find_problem(article.text) if article.is_yaml else None
    if damage is not None:
        place = (damage.offset, damage.offset)
        yield article.finding(UNREADABLE_FILE, place, f"not YAML: {damage.message}")
