"""Pages: what an article is together with the files it includes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from linters.links.bookmarks import AnchorSet
from linters.links.facts import Anchor, AnchorKind, Link, LinkFacts, Use
from linters.links.resolve_link import Locator

_MAX_ANCHORS = 200_000


class Inclusion(NamedTuple):
    """One include directive: where it stands, and the file that it names."""

    path: str
    link: Link
    target: str


class Pages:
    """The articles of one repository with their includes expanded, as the build does it."""

    def __init__(self, facts: Mapping[str, LinkFacts], locator: Locator) -> None:
        self._facts = facts
        self._locator = locator
        self._anchors: dict[str, frozenset[str] | None] = {}
        self._inclusions: dict[str, tuple[Inclusion, ...]] = {}

    def facts(self, path: str) -> LinkFacts | None:
        """What was collected of a file; None where it cannot be read as an article."""
        return self._facts[path] if path in self._facts else None  # noqa: SIM401

    def inclusions(self, path: str) -> tuple[Inclusion, ...]:
        """The includes of a file that exist, in order."""
        if path not in self._inclusions:
            facts = self.facts(path)
            self._inclusions[path] = tuple(self._find_inclusions(path, facts)) if facts else ()
        return self._inclusions[path]

    def _find_inclusions(self, path: str, facts: LinkFacts) -> Iterator[Inclusion]:
        for link in facts.links:
            if link.use is Use.INCLUDE:
                located = self._locator.locate(path, link)
                if located.path is not None:
                    yield Inclusion(path, link, located.path)

    def anchors(self, path: str) -> frozenset[str] | None:
        """Every anchor of a page, those of its includes too; None where they are unknowable."""
        if path not in self._anchors:
            self._anchors[path] = self._collect_anchors(path)
        return self._anchors[path]

    def _collect_anchors(self, path: str) -> frozenset[str] | None:
        found = AnchorSet()
        budget = _MAX_ANCHORS
        open_files = [path]
        stack = [iter(self._own_anchors(path) or ())]
        if self._own_anchors(path) is None:
            return None
        while stack:
            anchor = next(stack[-1], None)
            budget -= 1
            if budget < 0:
                return None
            if anchor is None:
                stack.pop()
                open_files.pop()
            elif anchor.kind is AnchorKind.HEADING:
                found.add_heading(anchor.names)
            elif anchor.kind is AnchorKind.ID:
                found.add_id(anchor.names[0])
            else:
                target = self._target(open_files[-1], anchor.names[0])
                if target is not None and target not in open_files:
                    own = self._own_anchors(target)
                    if own is None:
                        return None
                    open_files.append(target)
                    stack.append(iter(own))
        return frozenset(found.names)

    def _own_anchors(self, path: str) -> Sequence[Anchor] | None:
        facts = self.facts(path)
        return None if facts is None else facts.anchors

    def _target(self, path: str, url: str) -> str | None:
        return next((one.target for one in self.inclusions(path) if one.link.url == url), None)

    def cycles(self, paths: Sequence[str]) -> Iterator[tuple[Inclusion, ...]]:
        """The ways back to where one started, through includes, beginning at these files.

        Each is the chain of includes whose last one closes the circle.
        """
        done: set[str] = set()
        for start in paths:
            chain: list[Inclusion] = []
            on_chain = {start: 0}
            stack = [iter(self.inclusions(start))] if start not in done else []
            while stack:
                inclusion = next(stack[-1], None)
                if inclusion is None:
                    stack.pop()
                    left = chain.pop() if chain else None
                    done.add(left.target if left else start)
                    on_chain.pop(left.target if left else start)
                elif inclusion.target in on_chain:
                    yield (*chain[on_chain[inclusion.target] :], inclusion)
                elif inclusion.target not in done:
                    chain.append(inclusion)
                    on_chain[inclusion.target] = len(chain)
                    stack.append(iter(self.inclusions(inclusion.target)))
