"""Who includes a file: found among what is at hand, and by name among what is not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from linters.facts.repository_facts import Facts
from linters.links.facts import LinkFacts
from linters.links.pages import Inclusion, Pages


class Includers:
    """The include directives that name a file, of the whole repository."""

    def __init__(self, facts: Mapping[str, LinkFacts], pages: Pages) -> None:
        self._facts = facts
        self._pages = pages
        self._known: dict[str, list[Inclusion]] | None = None
        self._searched: dict[str, tuple[Inclusion, ...]] = {}

    def of(self, path: str) -> tuple[Inclusion, ...]:
        """Every include of a file, by path and place.

        Reads, of the articles that are not at hand, those in which its name occurs.
        """
        if path not in self._searched:
            found = list(self._at_hand().get(path, ()))
            for other in mentioning(self._facts, [path]):
                found += (one for one in self._pages.inclusions(other) if one.target == path)
            found.sort(key=lambda one: (one.path, one.link.range))
            self._searched[path] = tuple(found)
        return self._searched[path]

    def pages(self, path: str) -> list[str]:
        """The files that include a file, directly or not, and are included by nobody."""
        found: set[str] = set()
        seen = {path}
        waiting = [path]
        while waiting:
            current = waiting.pop()
            inclusions = self.of(current)
            if not inclusions and current != path:
                found.add(current)
            for one in inclusions:
                if one.path not in seen:
                    seen.add(one.path)
                    waiting.append(one.path)
        return sorted(found)

    def at_hand(self, path: str) -> bool:
        """Whether an article at hand includes a file."""
        return path in self._at_hand()

    def _at_hand(self) -> Mapping[str, list[Inclusion]]:
        if self._known is None:
            self._known = defaultdict(list)
            for path in known(self._facts):
                for inclusion in self._pages.inclusions(path):
                    self._known[inclusion.target].append(inclusion)
        return self._known


def known(facts: Mapping[str, LinkFacts]) -> Iterable[str]:
    """The paths whose facts are at hand."""
    return facts.known() if isinstance(facts, Facts) else facts


def mentioning(facts: Mapping[str, LinkFacts], paths: Iterable[str]) -> Iterator[str]:
    """The articles not at hand that may name one of these files."""
    if isinstance(facts, Facts):
        yield from facts.mentioning(paths)
