"""The files that include a file, directly or through others."""

from __future__ import annotations

from linters.links.include_graph import IncludeGraph
from linters.links.resolved_link import ResolvedLink
from linters.model.finding import Related
from linters.repository.decisions import Decisions

_MAX_RELATED = 10


class Includers:
    """The include directives that name a file, of the whole repository."""

    def __init__(self, graph: IncludeGraph, decisions: Decisions) -> None:
        self._graph = graph
        self._decisions = decisions
        self._searched: dict[str, tuple[ResolvedLink, ...]] = {}
        self._pages: dict[str, tuple[str, ...]] = {}

    def of(self, path: str) -> tuple[ResolvedLink, ...]:
        """Every include of a file, by path and place."""
        if path not in self._searched:
            found = [
                include
                for source in self._decisions.includers(path)
                for include, target in self._graph.included(source)
                if target == path
            ]
            found.sort(key=lambda include: (include.source, include.link.range))
            self._searched[path] = tuple(found)
        return self._searched[path]

    def pages(self, path: str) -> tuple[str, ...]:
        """The files that include a file, directly or not, and are not included themselves."""
        if path not in self._pages:
            found: set[str] = set()
            seen = {path}
            waiting = [path]
            while waiting:
                current = waiting.pop()
                includes = self.of(current)
                if not includes and current != path:
                    found.add(current)
                for include in includes:
                    if include.source not in seen:
                        seen.add(include.source)
                        waiting.append(include.source)
            self._pages[path] = tuple(sorted(found))
        return self._pages[path]

    def related(self, path: str) -> tuple[Related, ...]:
        """The places that include a file, up to the articles; at most 10."""
        found: dict[Related, None] = {}
        seen = {path}
        waiting = [path] if self._may_be_included(path) else []
        while waiting and len(found) < _MAX_RELATED:
            current = waiting.pop(0)
            message = "included here" if current == path else f"included here through {current}"
            for include in self.of(current):
                found[Related(include.source, *include.link.range.start, message)] = None
                if include.source not in seen and self._may_be_included(include.source):
                    seen.add(include.source)
                    waiting.append(include.source)
        return tuple(found)[:_MAX_RELATED]

    def _may_be_included(self, path: str) -> bool:
        """Whether a search for includers is worth reading other articles."""
        return "include" in path.lower() or self._graph.is_included(path)
