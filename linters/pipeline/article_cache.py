"""Results of unchanged articles, out of the cache and into it.

The key of an article's findings is all that they depend on: its path and content, the settings
in force, what the checkers prepared, the code, and the day where an enabled rule uses the date.
Facts have keys of their own, which ``linters.facts.stored_facts`` shares.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from linters.checker import Context
from linters.facts.code_version import code_version
from linters.facts.outlines import OutlineCollector
from linters.facts.stored_facts import StoredFacts
from linters.findings.fingerprints import ArticleSummary
from linters.findings.records import FindingRecord
from linters.model.finding import Rule
from linters.pipeline.article_result import ArticleResult
from linters.pipeline.run_checker import own_context
from linters.store.cache import Cache, content_key
from linters.util.stable_digest import stable_digest

if TYPE_CHECKING:
    from linters.pipeline.check_stage import CheckStage

_KIND = "findings"


class _Entry(msgspec.Struct, array_like=True):
    """What is kept of an article; ``collected`` names the collectors that gave facts."""

    findings: list[FindingRecord]
    summary: ArticleSummary
    collected: tuple[str, ...]


class ArticleCache:
    """The results of one run's articles; saves what is new."""

    def __init__(
        self,
        stage: CheckStage,
        folder: Path,
        is_enabled: Callable[[str, Rule], bool],
    ) -> None:
        self._stage = stage
        self._cache = Cache(folder, (stage.root,))
        self._seeds: dict[int, tuple[Context, bytes | None]] = {}
        self._codes = tuple(
            (checker.name, code_version(type(checker).__module__)) for checker in stage.checkers
        )
        self._facts: Mapping[str, StoredFacts] = {
            collector.name: StoredFacts(collector, self._cache)
            for collector in (OutlineCollector(), *stage.checkers)
            if collector.facts_type is not None
        }
        self._dated = [
            rule for checker in stage.checkers for rule in checker.rules if rule.uses_date
        ]
        self._is_enabled = is_enabled
        self._entry = msgspec.json.Decoder(_Entry)

    def find(self, path: str, data: bytes, context: Context) -> ArticleResult | None:
        """The result of an article with this content; None where it is not known."""
        key = self._key(path, data, context)
        stored = None if key is None else self._cache.get(_KIND, key)
        if stored is None:
            return None
        try:
            entry = self._entry.decode(stored.value)
        except msgspec.DecodeError:
            return None
        facts = []
        for name in entry.collected:
            encoded = self._find_facts(name, path, data, context)
            if encoded is None:
                return None
            facts.append((name, encoded))
        return ArticleResult(
            path, self._stage.encode_records(entry.findings), tuple(facts), (), entry.summary
        )

    def keep(self, result: ArticleResult, data: bytes, context: Context) -> None:
        """Keep the result of an article, unless a checker failed or it cannot be encoded."""
        key = self._key(result.path, data, context)
        encoded = [(name, facts) for name, facts in result.facts if facts is not None]
        if key is None or result.failures:
            return
        for name, facts in encoded:
            if not isinstance(facts, bytes) or not self._keep_facts(
                name, result.path, data, context, facts
            ):
                return
        findings = [FindingRecord.of(found) for found in self._stage.decode(result.findings)]
        entry = _Entry(findings, result.summary, tuple(name for name, _ in encoded))
        try:
            encoded_entry = msgspec.json.encode(entry)
        except (TypeError, ValueError, OverflowError):
            return
        self._cache.put(_KIND, key, encoded_entry)

    def save(self) -> None:
        """Write what is new, and close the cache."""
        self._cache.close()

    def _key(self, path: str, data: bytes, context: Context) -> bytes | None:
        seed = self._seed(context)
        if seed is None:
            return None
        dated = any(self._is_enabled(path, rule) for rule in self._dated)
        day = context.now.date().isoformat().encode() if dated else b""
        return content_key(seed + day, path, data)

    def _seed(self, context: Context) -> bytes | None:
        """The digest of all but the article; None where something has none."""
        key = id(context.settings)
        if key not in self._seeds:
            try:
                prepared = sorted(self._stage.prepared.items())
                seed = stable_digest("findings", self._codes, prepared, context.settings)
            except TypeError:  # prepared by a plug-in, with state that cannot be seen
                seed = None
            self._seeds[key] = (context, seed)
        return self._seeds[key][1]

    def _find_facts(self, name: str, path: str, data: bytes, context: Context) -> bytes | None:
        stored = self._facts.get(name)
        key = stored and stored.key(path, data, self._own_context(name, context))
        return stored.find(key) if stored is not None and key else None

    def _keep_facts(
        self, name: str, path: str, data: bytes, context: Context, facts: bytes
    ) -> bool:
        stored = self._facts.get(name)
        key = stored and stored.key(path, data, self._own_context(name, context))
        if stored is None or not key:
            return False
        stored.keep(key, facts)
        return True

    def _own_context(self, name: str, context: Context) -> Context:
        if name == OutlineCollector.name:
            return OutlineCollector.context_of("")
        checker = next(checker for checker in self._stage.checkers if checker.name == name)
        return own_context(checker, context, self._stage.prepared[name])
