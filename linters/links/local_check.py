"""Everything about links that needs no network, for one run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from linters.checker import ResolveContext
from linters.links.bookmark_check import BookmarkCheck
from linters.links.facts import Link, LinkFacts, Use
from linters.links.includers import Includers
from linters.links.pages import Inclusion, Pages
from linters.links.resolve_link import Locator
from linters.links.resolved_link import Located, Problem
from linters.links.rules import CIRCULAR_REFERENCE
from linters.links.style import style_problems
from linters.links.translation import in_translation
from linters.model.finding import Edit, Finding, Fix, Range, Related
from linters.util.redact import masked

_MAX_RELATED = 10


class Placed(NamedTuple):
    """A link where it stands, and where it leads."""

    path: str
    link: Link
    located: Located


class LocalCheck:
    """Judges the links of one repository as far as its own files can tell."""

    def __init__(self, facts: Mapping[str, LinkFacts], run: ResolveContext) -> None:
        self._run = run
        self.locator = Locator(run.repository, run.settings, run.change)
        self.pages = Pages(facts, self.locator)
        self.includers = Includers(facts, self.pages)
        self._bookmarks = BookmarkCheck(self.pages, self.includers)

    def judge(self, path: str, link: Link) -> Placed:
        """One link, located and with its bookmark looked up."""
        located = self.locator.locate(path, link)
        facts = self.pages.facts(path)
        if facts is not None and facts.localized:
            located = in_translation(located)
        return Placed(path, link, self._bookmarks(path, link, located))

    def links(self, path: str) -> Iterator[Placed]:
        """The links of one file."""
        facts = self.pages.facts(path)
        for link in facts.links if facts else ():
            placed = self.judge(path, link)
            if link.use is not Use.SPACED or placed.located.problem is not None:
                yield placed

    def findings(self, placed: Placed, *, by_change: bool = False) -> Iterator[Finding]:
        """What is to be said of a link, apart from the network."""
        if placed.located.problem is not None:
            yield self._finding(placed.path, placed.link, placed.located.problem, by_change)
        elif placed.link.url.startswith(("http", "/", "HTTP", "Http")):
            for problem in style_problems(placed.link, self._run.settings.links):
                yield self._finding(placed.path, placed.link, problem, by_change)

    def _finding(self, path: str, link: Link, problem: Problem, by_change: bool) -> Finding:
        fix = None
        if problem.fix is not None and problem.fix != link.written:
            fix = Fix(problem.safe, (Edit(*link.range, problem.fix),))
        return Finding(
            rule=problem.rule,
            path=path,
            range=link.range,
            message=masked(problem.message),
            help=problem.help and masked(problem.help),
            severity=problem.severity,
            related=problem.related or self._including(path),
            fix=fix,
            by_change=by_change,
        )

    def _including(self, path: str) -> tuple[Related, ...]:
        """The places from which the text of an included file is taken, up to the articles."""
        found: dict[Related, None] = {}
        seen = {path}
        waiting = [path] if self._is_included(path) else []
        while waiting and len(found) < _MAX_RELATED:
            current = waiting.pop(0)
            way = "included here" if current == path else f"included here, by way of {current}"
            for one in self.includers.of(current):
                found[Related(one.path, *one.link.range.start, way)] = None
                if one.path not in seen and self._is_included(one.path):
                    seen.add(one.path)
                    waiting.append(one.path)
        return tuple(found)[:_MAX_RELATED]

    def _is_included(self, path: str) -> bool:
        """Whether to look for who includes a file: someone at hand does, or its folder says."""
        return "include" in path.lower() or self.includers.at_hand(path)

    def circles(self) -> Iterator[Finding]:
        """Includes that lead back to where they started, each circle once.

        The finding stands at the include that closes the circle for who comes from a page
        (a file in no ``includes`` folder); failing that, at one that is to be reported.
        """
        starts = sorted(
            self._run.reported, key=lambda path: ("include" in path.rpartition("/")[0], path)
        )
        seen: set[frozenset[str]] = set()
        for circle in self.pages.cycles(starts):
            members = frozenset(one.path for one in circle)
            if members not in seen:
                seen.add(members)
                yield self._circle(circle)

    def _circle(self, circle: tuple[Inclusion, ...]) -> Finding:
        reported = [one for one in circle if one.path in self._run.reported]
        at = (reported or circle)[-1]
        names = [*(one.path for one in circle), circle[-1].target]
        related = tuple(
            Related(one.path, *one.link.range.start, f"includes {one.target}")
            for one in circle
            if one is not at
        )
        return Finding(
            rule=CIRCULAR_REFERENCE,
            path=at.path,
            range=Range(*at.link.range),
            message=f"the includes run in a circle: {' → '.join(names)}",
            related=related[:_MAX_RELATED],
        )
