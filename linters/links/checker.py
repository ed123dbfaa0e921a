"""The links checker: every link, what it leads to, and what a reader gets there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from linters.article import Article
from linters.checker import Context, Resolution, Run
from linters.finding import Finding, Rule
from linters.links.extraction import extract
from linters.links.link import Link, LinkFacts
from linters.links.located import Located
from linters.links.locator import Locator
from linters.links.record import Cause, LinkRecord, Outcome, Place, Verdict

_OFFLINE = Outcome(Verdict.SKIPPED, Cause.OFFLINE)


class LinkChecker:
    """Collects the links of each article and resolves them all at once."""

    name = "links"
    rules: tuple[Rule, ...] = ()
    facts_type: type[Any] | None = LinkFacts

    def check(self, article: Article, context: Context) -> Iterable[Finding]:
        """Nothing: whether a link works is never seen in one article alone."""
        return ()

    def collect(self, article: Article, context: Context) -> LinkFacts:
        """The links and anchors of an article."""
        return extract(article, context.settings.metadata.url_keys)

    async def resolve(self, facts: Mapping[str, Any], run: Run) -> Resolution:
        """A record for every link of the reported articles."""
        locator = Locator(run.repository, run.settings.links)
        placed = [
            (path, link, locator.locate(path, link))
            for path in sorted(run.reported)
            if path in facts
            for link in facts[path].links
        ]
        outcomes, interrupted = await _ask(
            {located.target for _, _, located in placed if located.outcome is None}, run
        )
        return Resolution(links=tuple(_records(placed, outcomes)), interrupted=interrupted)


async def _ask(urls: Iterable[str], run: Run) -> tuple[Mapping[str, Outcome], bool]:
    """The outcome of every URL; nothing is sent, nor imported for it, when offline."""
    ordered = sorted(urls)
    if run.network.offline or not ordered:
        return dict.fromkeys(ordered, _OFFLINE), False
    from linters.links.probe import probe

    result = await probe(ordered, run.settings.links, run.network, progress=run.progress)
    return result.outcomes, result.interrupted


def _records(
    placed: Iterable[tuple[str, Link, Located]], outcomes: Mapping[str, Outcome]
) -> Iterable[LinkRecord]:
    """One record per pair of URL and target, with its places in order."""
    records: dict[tuple[str, str], LinkRecord] = {}
    places: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for path, link, located in placed:
        key = (link.url, located.target)
        outcome = located.outcome or outcomes[located.target]
        records.setdefault(key, LinkRecord(*key, located.kind, outcome, ()))
        places[key].append(Place(path, link.range, link.syntax))
    for key in sorted(records):
        yield replace(records[key], places=tuple(sorted(places[key])))
