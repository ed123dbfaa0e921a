"""The last stage before the report: every checker resolves once, over all facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from linters.checker import Checker, Resolution, ResolveContext
from linters.facts.repository_facts import Facts
from linters.model.finding import Finding
from linters.model.link import LinkRecord
from linters.model.note import Note
from linters.pipeline import run_checker
from linters.pipeline.check_stage import CheckStage
from linters.pipeline.collected import Collected
from linters.pipeline.plugins import network_client
from linters.pipeline.run_checker import CheckerFailure
from linters.repository.contextual_severity import ContextualSeverity


@dataclass(slots=True)
class Resolved:
    """What the checkers resolved so far, and how they failed.

    ``contextual`` grades findings by what their files are. Facts and outlines are saved at the
    end, because revising a finding may still look into articles.
    """

    resolutions: list[Resolution] = field(default_factory=list)
    failures: list[CheckerFailure] = field(default_factory=list)
    facts: list[Facts] = field(default_factory=list)
    outlines: Facts | None = None
    contextual: ContextualSeverity | None = None

    def begin_again(self, failures: Sequence[CheckerFailure]) -> None:
        """Forget what was resolved; ``failures`` are those of the stages before."""
        self.resolutions.clear()
        self.failures[:] = failures

    @property
    def interrupted(self) -> bool:
        """Whether a checker was interrupted."""
        return any(resolution.interrupted for resolution in self.resolutions)

    def findings(self) -> Iterator[Finding]:
        """The findings of ``resolve``, by path: each article is read once to grade them."""
        for resolution in self.resolutions:
            by_path = sorted(resolution.findings, key=lambda finding: finding.path)
            yield from map(self._in_context, by_path)

    def links(self) -> list[Iterable[LinkRecord]]:
        """The links of each checker."""
        return [resolution.links for resolution in self.resolutions]

    def notes(self) -> Iterator[Note]:
        """What the checkers ignored or skipped."""
        for resolution in self.resolutions:
            yield from resolution.notes

    def revised(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Findings of ``check`` as the checkers see them once the repository is known."""
        revisions = [found.revise for found in self.resolutions if found.revise is not None]
        for original in findings:
            finding: Finding | None = original
            for revise in revisions:
                finding = finding and revise(finding)
            if finding is not None:
                yield self._in_context(finding)

    def save(self) -> None:
        """Keep what was collected since the check stage for the next run."""
        for facts in (*self.facts, self.outlines):
            if facts is not None:
                facts.save()

    def _in_context(self, finding: Finding) -> Finding:
        return self.contextual.revise(finding) if self.contextual else finding


class Offers:
    """Offers the facts of each article to the checkers while others are still read.

    A checker whose ``offer`` returns False is offered no more.
    """

    def __init__(self, stage: CheckStage, collected: Collected, context: ResolveContext) -> None:
        self._collected = collected
        self._takers = [
            (checker, run_checker.own_resolve_context(checker, context, prepared))
            for checker in stage.checkers
            if hasattr(checker, "offer")
            for prepared in (stage.prepared[checker.name],)
        ]

    async def offer(self, path: str) -> None:
        for taker in tuple(self._takers):
            checker, context = taker
            facts = self._collected.facts(checker.name).get(path)
            if facts is not None and not await run_checker.offer(checker, path, facts, context):
                self._takers.remove(taker)


async def resolve_all(
    checkers: Sequence[Checker],
    prepared: Mapping[str, Any],
    collected: Collected,
    context: ResolveContext,
    resolved: Resolved,
) -> None:
    """Resolve every checker, one after the other."""
    for checker in checkers:
        own = run_checker.own_resolve_context(checker, context, prepared[checker.name])
        known = collected.facts(checker.name)
        facts = Facts(checker, known, own.repository, own.context_of, own.network.cache_dir)
        resolved.facts.append(facts)
        resolution, failure = await _resolve(checker, facts, own)
        resolved.resolutions.append(resolution)
        facts.release()
        if failure is not None:
            resolved.failures.append(failure)


async def _resolve(
    checker: Checker, facts: Facts, context: ResolveContext
) -> tuple[Resolution, CheckerFailure | None]:
    """Resolve one checker; a plug-in gets a client for its requests."""
    network = context.network
    if network.offline or network.interrupted or run_checker.is_built_in(checker):
        return await run_checker.resolve(checker, facts, context)
    root = context.repository.root
    async with network_client(context.settings.links, network, root) as client:
        return await run_checker.resolve(checker, facts, replace(context, client=client))
