"""Which files include which, and the circles among them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from linters.facts.repository_facts import Facts
from linters.links.facts import LinkFacts, Use
from linters.links.resolve_link import LinkResolver
from linters.links.resolved_link import ResolvedLink

_MAX_CIRCLES = 100


class IncludeGraph:
    """The include directives of one repository's articles, each resolved once."""

    def __init__(self, facts: Mapping[str, LinkFacts], resolver: LinkResolver) -> None:
        self._facts = facts
        self._resolver = resolver
        self._includes: dict[str, tuple[ResolvedLink, ...]] = {}
        self._targets: set[str] | None = None

    def facts(self, path: str) -> LinkFacts | None:
        """What was collected of a file; None where it cannot be read as an article."""
        try:
            return self._facts[path]
        except KeyError:
            return None

    def includes(self, path: str) -> tuple[ResolvedLink, ...]:
        """The include directives of a file, in order; ``path`` is None where the file is missing
        or belongs to another repository."""
        if path not in self._includes:
            facts = self.facts(path)
            links = facts.links if facts is not None else ()
            self._includes[path] = tuple(
                self._resolver.resolve(path, link) for link in links if link.use is Use.INCLUDE
            )
        return self._includes[path]

    def included(self, path: str) -> Iterator[tuple[ResolvedLink, str]]:
        """The include directives of a file whose target exists, with the target."""
        for include in self.includes(path):
            if include.path is not None:
                yield include, include.path

    def is_included(self, path: str) -> bool:
        """Whether one of the files whose facts are collected includes a file."""
        if self._targets is None:
            known = self._facts.known() if isinstance(self._facts, Facts) else self._facts
            self._targets = {target for source in known for _, target in self.included(source)}
        return path in self._targets

    def circles(self, paths: Sequence[str]) -> Iterator[tuple[ResolvedLink, ...]]:
        """The circles of includes that can be reached from these files.

        Each is the chain of includes whose last one closes the circle; at most 100 are
        given for each file that the search starts at, which bounds the work on files that
        all include each other.
        """
        done: set[str] = set()
        for start in paths:
            if start not in done:
                yield from self._circles_from(start, done)

    def _circles_from(self, start: str, done: set[str]) -> Iterator[tuple[ResolvedLink, ...]]:
        count = 0
        chain: list[ResolvedLink] = []
        depth = {start: 0}
        stack = [(start, self.included(start))]
        while stack:
            path, following = stack[-1]
            include, target = next(following, (None, ""))
            if include is None:
                stack.pop()
                done.add(path)
                del depth[path]
                if chain:
                    chain.pop()
            elif target in depth:
                count += 1
                if count <= _MAX_CIRCLES:
                    yield (*chain[depth[target] :], include)
            elif target not in done:
                chain.append(include)
                depth[target] = len(chain)
                stack.append((target, self.included(target)))
