"""Checks the links of one repository without the network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from linters.checker import ResolveContext
from linters.links.bookmark_check import BookmarkCheck
from linters.links.dependencies import UsedPages
from linters.links.facts import Link, LinkFacts, Use
from linters.links.include_graph import IncludeGraph
from linters.links.includers import Includers
from linters.links.link_finding import link_finding
from linters.links.page_anchors import AnchorIndex
from linters.links.resolve_link import LinkResolver
from linters.links.resolved_link import ResolvedLink
from linters.links.rules import CIRCULAR_REFERENCE
from linters.links.style import style_findings
from linters.links.translation import not_localized
from linters.model.finding import Finding, Related

_MAX_SHOWN = 10


class LocalCheck:
    """Resolves links to files and bookmarks, and finds what is wrong with them."""

    def __init__(self, facts: Mapping[str, LinkFacts], run: ResolveContext) -> None:
        self._run = run
        self.resolver = LinkResolver(run.repository, run.settings, run.change)
        self.graph = IncludeGraph(facts, self.resolver)
        self.anchors = AnchorIndex(self.graph)
        self.includers = Includers(self.graph, run.decisions)
        self.used = UsedPages(self.anchors, self.graph)
        self._bookmarks = BookmarkCheck(self.anchors, self.includers, self.used)

    def resolve(self, source: str, link: Link) -> ResolvedLink:
        """One link with its target, its bookmark looked up."""
        resolved = self.resolver.resolve(source, link)
        if self.is_translation(source):
            resolved = not_localized(resolved, self._run.source)
        return self._bookmarks(resolved)

    def is_translation(self, path: str) -> bool:
        """Whether an article is translated, and its source is in another repository."""
        return self._run.decisions.is_translation(path)

    def links(self, path: str) -> Iterator[ResolvedLink]:
        facts = self.graph.facts(path)
        if facts is None:
            return
        self.used.share(path, facts)
        for link in facts.links:
            resolved = self.resolve(path, link)
            if link.use is not Use.SPACED or resolved.finding is not None:
                yield resolved

    def findings(self, resolved: ResolvedLink, *, by_change: bool = False) -> Iterator[Finding]:
        """The findings about a link, apart from those of the network."""
        found: Iterator[Finding] = iter(())
        if resolved.finding is not None:
            found = iter((resolved.finding,))
        elif resolved.link.url[:1] == "/" or resolved.link.url[:4].lower() == "http":
            found = style_findings(resolved.source, resolved.link, self._run.settings.links)
        for finding in found:
            related = finding.related or self.includers.related(resolved.source)
            self.used.add(resolved.source, *(place.path for place in related))
            yield replace(finding, related=related, by_change=by_change)

    def circles(self) -> Iterator[Finding]:
        """Files that include themselves through others, one finding for each circle.

        The finding is at the include that closes the circle for a reader who comes from a
        page (a file outside of ``includes`` folders), else at one in a reported file.
        """
        starts = sorted(
            self._run.reported, key=lambda path: ("include" in path.rpartition("/")[0], path)
        )
        seen: set[frozenset[str]] = set()
        for circle in self.graph.circles(starts):
            members = frozenset(include.source for include in circle)
            if members not in seen:
                seen.add(members)
                yield self._circle(circle)

    def _circle(self, circle: tuple[ResolvedLink, ...]) -> Finding:
        reported = [include for include in circle if include.source in self._run.reported]
        at = (reported or circle)[-1]
        names = [*(include.source for include in circle), circle[-1].path or ""]
        if len(names) > _MAX_SHOWN:
            names = [*names[: _MAX_SHOWN - 2], "…", *names[-2:]]
        return link_finding(
            CIRCULAR_REFERENCE,
            at.source,
            at.link.range,
            f"circular include: {' → '.join(names)}",
            related=tuple(
                Related(include.source, *include.link.range.start, f"includes {include.path or ''}")
                for include in circle[: _MAX_SHOWN + 1]
                if include is not at
            )[:_MAX_SHOWN],
        )
