"""The links checker: extracts links, resolves them, and reports those that do not work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from linters.article.article import Article
from linters.checker import Context, Resolution, ResolveContext
from linters.links.broken_by_diff import broken_by_diff
from linters.links.extraction import extract
from linters.links.facts import LinkFacts
from linters.links.local_check import LocalCheck
from linters.links.network_findings import network_findings
from linters.links.resolved_link import ResolvedLink
from linters.links.rules import RULES
from linters.model.finding import Finding, Rule
from linters.model.link import Cause, LinkRecord, Outcome, Place, Verdict
from linters.util.redact import masked

if TYPE_CHECKING:
    from linters.links.network.answer import Answer

OFFLINE = Outcome(Verdict.SKIPPED, Cause.OFFLINE)
INTERRUPTED = Outcome(Verdict.UNKNOWN, Cause.INTERRUPTED, "interrupted")


class LinkChecker:
    """Collects the links of each article and resolves them all at once."""

    name = "links"
    rules: tuple[Rule, ...] = RULES
    facts_type: type[Any] | None = LinkFacts

    def __init__(self) -> None:
        self._answers: dict[tuple[str, str], Answer] = {}

    def __getstate__(self) -> dict[str, Any]:
        """Answers stay in the process that asks."""
        return {"_answers": {}}

    def check(self, article: Article, context: Context) -> Iterable[Finding]:
        """Nothing: whether a link works does not show in one article alone."""
        return ()

    def collect(self, article: Article, context: Context) -> LinkFacts:
        """The links and anchors of an article."""
        return extract(article, context.settings.metadata.url_keys)

    async def resolve(self, facts: Mapping[str, Any], run: ResolveContext) -> Resolution:
        """Findings and a record for every link of the reported articles.

        With a base revision, also findings for links elsewhere that the change breaks.
        """
        local = LocalCheck(facts, run)
        links = [link for path in sorted(run.reported) for link in local.links(path)]
        findings = [finding for link in links for finding in local.findings(link)]
        findings += local.circles()
        findings += broken_by_diff(local, facts, run)
        outcomes, interrupted = await self.ask(
            {link.target for link in links if link.outcome is None}, run
        )
        records = tuple(_records(links, outcomes))
        inherited = {_place(one) for one in links if local.is_inherited(one.source, one.link)}
        for record in records:
            findings += network_findings(record, run.settings.links, inherited)
        return Resolution(tuple(findings), records, interrupted)

    async def ask(
        self, urls: Iterable[str], run: ResolveContext
    ) -> tuple[Mapping[str, Outcome], bool]:
        """The outcome of every URL, and whether that was interrupted.

        Nothing is sent, nor imported for it, when offline.
        """
        ordered = sorted(urls)
        if run.network.offline or not ordered:
            return dict.fromkeys(ordered, OFFLINE), run.network.interrupted
        if run.network.interrupted:
            return dict.fromkeys(ordered, INTERRUPTED), True
        from linters.links.network.network_check import NetworkCheck

        check = NetworkCheck(
            run.settings.links, run.network, progress=run.progress, answers=self._answers
        )
        await check.offer(ordered)
        result = await check.finish()
        return result.outcomes, result.interrupted


def _records(
    links: Iterable[ResolvedLink], outcomes: Mapping[str, Outcome]
) -> Iterator[LinkRecord]:
    """One record per pair of URL and target, with its places in order; passwords masked."""
    records: dict[tuple[str, str], LinkRecord] = {}
    places: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for resolved in links:
        key = (masked(resolved.link.url), masked(resolved.target))
        outcome = resolved.outcome or outcomes[resolved.target]
        records.setdefault(key, LinkRecord(*key, resolved.kind, outcome, ()))
        places[key].append(_place(resolved))
    for key in sorted(records):
        yield replace(records[key], places=tuple(sorted(places[key])))


def _place(resolved: ResolvedLink) -> Place:
    return Place(resolved.source, resolved.link.range, resolved.link.syntax)
