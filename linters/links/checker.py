"""The links checker: extracts links, resolves them, and reports those that do not work."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING, Any

from linters.article.article import Article
from linters.checker import Context, Note, Resolution, ResolveContext
from linters.findings.kept import finding_sequence, spooled_links
from linters.links.broken_by_diff import broken_by_diff
from linters.links.extraction import extract
from linters.links.facts import Link, LinkFacts
from linters.links.link_records import LinkRecords
from linters.links.local_check import LocalCheck
from linters.links.network.answer import NO_NAMES
from linters.links.network.network_check import NetworkCheck
from linters.links.network_findings import network_findings
from linters.links.resolve_link import LinkResolver
from linters.links.rules import RULES
from linters.model.finding import Finding, Rule
from linters.model.link import Cause, Outcome, Verdict

if TYPE_CHECKING:
    from linters.links.network.exchange import Fetcher, Memory

OFFLINE = Outcome(Verdict.SKIPPED, Cause.OFFLINE)
INTERRUPTED = Outcome(Verdict.UNKNOWN, Cause.INTERRUPTED, "interrupted")


class LinkChecker:
    """Collects the links of each article and resolves them all at once."""

    name = "links"
    rules: tuple[Rule, ...] = RULES
    facts_type: type[Any] | None = LinkFacts

    def __init__(self) -> None:
        self._memory: Memory = {}
        self._resolver: LinkResolver | None = None
        self._network: NetworkCheck | None = None

    def __getstate__(self) -> dict[str, Any]:
        """Answers and connections stay in the process that asks."""
        return {"_memory": {}, "_resolver": None, "_network": None}

    def check(self, article: Article, context: Context) -> Iterable[Finding]:
        """Nothing: whether a link works does not show in one article alone."""
        return ()

    def collect(self, article: Article, context: Context) -> LinkFacts:
        """The links and anchors of an article."""
        return extract(article, context.settings.metadata.url_keys)

    async def offer(self, path: str, facts: LinkFacts, run: ResolveContext) -> bool:
        """Ask for the external URLs of one article while others are still read.

        False once nothing more is to be sent.
        """
        if run.network.offline or run.network.interrupted:
            return False
        if self._resolver is None:
            self._resolver = LinkResolver(run.repository, run.settings, run.change)
        resolver = self._resolver
        resolved = (resolver.resolve(path, link) for link in facts.links if _may_be_web(link))
        urls = {link.target for link in resolved if link.outcome is None}
        if urls:
            await self._network_check(run).offer(urls)
        return self._network is None or not self._network.interrupted

    async def resolve(self, facts: Mapping[str, Any], run: ResolveContext) -> Resolution:
        """Findings and a record for every link of the reported articles.

        With a base revision, also findings for links elsewhere that the change breaks.
        """
        local = LocalCheck(facts, run)
        links = LinkRecords()
        findings = finding_sequence(self.rules)
        for path in sorted(run.reported):
            for resolved in local.links(path):
                links.add(resolved)
                findings.extend(local.findings(resolved))
        circles = list(local.circles())
        findings.extend(circles)
        findings.extend(broken_by_diff(local, facts, run))
        outcome_of, interrupted = await self.ask(links.urls(), run)
        records = spooled_links()
        without_names = 0
        for record in links.records(outcome_of):
            records.append(record)
            findings.extend(network_findings(record, run.settings.links))
            without_names += record.outcome.reason == NO_NAMES
        return Resolution(
            findings.finished(),
            records.finished(),
            interrupted,
            notes=_notes(without_names),
            dependencies=None if circles else local.used.dependencies(),
        )

    async def ask(
        self, urls: Iterator[str], run: ResolveContext
    ) -> tuple[Callable[[str], Outcome], bool]:
        """The outcome of each of the URLs, and whether that was interrupted.

        Nothing is sent, nor imported for it, when offline.
        """
        if run.network.offline:
            return lambda _: OFFLINE, run.network.interrupted
        if run.network.interrupted:
            self._network = None  # its event loop has ended
            return lambda _: INTERRUPTED, True
        first = next(urls, None)
        if first is None and self._network is None:
            return lambda _: OFFLINE, False  # there are no URLs
        check = self._network_check(run)
        self._network = None
        if first is not None:
            await check.offer(chain([first], urls))
        result = await check.finish()
        return result.outcomes.__getitem__, result.interrupted

    def _network_check(self, run: ResolveContext) -> NetworkCheck:
        if self._network is None:
            self._network = NetworkCheck(
                run.settings.links,
                run.network,
                roots=(run.repository.root,),
                progress=run.progress,
                memory=self._memory,
                fetcher=self.fetcher(run),
            )
        return self._network

    def fetcher(self, run: ResolveContext) -> Fetcher | None:
        """What sends the requests of one root; None for this process."""
        return None


def _notes(count: int) -> tuple[Note, ...]:
    """What is said once, not at every link: ``count`` of them could not be looked up."""
    links = "1 link was" if count == 1 else f"{count} links were"
    return (Note(f"{links} not checked: {NO_NAMES}"),) if count else ()


def _may_be_web(link: Link) -> bool:
    """Whether a link is likely an absolute URL; all others are asked for in ``resolve``."""
    return link.url[:4].lower() in ("http", "www.") or link.url[:2] == "//"
