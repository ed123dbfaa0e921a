"""What the check stage gave, article by article; findings and facts stay encoded."""

from __future__ import annotations

from linters.facts.encoded_facts import EncodedFacts
from linters.findings.fingerprints import ArticleSummary
from linters.model.finding import Finding
from linters.pipeline.article_result import ArticleResult
from linters.pipeline.check_stage import CheckStage
from linters.pipeline.run_checker import CheckerFailure
from linters.util.spool_file import SpoolFile


class Collected:
    """The results of all checked articles."""

    def __init__(self) -> None:
        self.summaries: dict[str, ArticleSummary] = {}
        self._failures: dict[str, tuple[CheckerFailure, ...]] = {}
        self._stage: CheckStage | None = None
        self._facts: dict[str, EncodedFacts] = {}
        self._file = SpoolFile()
        self._places: dict[str, tuple[int, int]] = {}

    def begin(self, stage: CheckStage) -> None:
        """The stage that the results come from."""
        self._stage = stage

    def add(self, result: ArticleResult) -> None:
        """Keep the result of one article."""
        path = result.path
        self.summaries[path] = result.summary
        self._places[path] = (self._file.append(result.findings), len(result.findings))
        if result.failures:
            self._failures[path] = result.failures
        for name, value in result.facts:
            facts = self.facts(name)
            if isinstance(value, bytes) and facts.encodes:
                facts.add_encoded(path, value)
            else:
                facts.add(path, value)

    def paths(self) -> list[str]:
        """The checked articles, sorted."""
        return sorted(self._places)

    def findings(self, path: str) -> list[Finding]:
        """The findings of ``check`` in one article."""
        if self._stage is None or path not in self._places:
            return []
        return self._stage.decode(self._file.read(*self._places[path]))

    def facts(self, name: str) -> EncodedFacts:
        if name not in self._facts:
            kind = self._stage.facts_type(name) if self._stage is not None else None
            self._facts[name] = EncodedFacts(kind)
        return self._facts[name]

    @property
    def failures(self) -> list[CheckerFailure]:
        """How checkers failed, in the order of the articles."""
        return [failure for path in sorted(self._failures) for failure in self._failures[path]]
