"""The anchors of a page: its own, and those of the files that it includes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from linters.links.bookmarks import AnchorSet
from linters.links.facts import Anchor, AnchorKind
from linters.links.include_graph import IncludeGraph

_NUMBERED = re.compile(r"(.+)-[0-9]{1,9}", re.DOTALL)
_MAX_PAGE_STEPS = 20_000
_MAX_STEPS = 2_000_000


@dataclass(frozen=True, slots=True)
class PageAnchors:
    """``names`` are the ids and unnumbered slugs. ``complete`` is False where an include is
    missing, or part of another repository, so that other anchors may exist. ``open`` are the
    two ends of slugs that contain included text."""

    names: frozenset[str]
    complete: bool
    open: frozenset[tuple[str, str]] = frozenset()

    def may_have(self, names: Iterable[str]) -> bool:
        """Whether an anchor that is not fully known may have one of these names."""
        return not self.complete or any(
            len(name) > len(before) + len(after)
            and name.startswith(before)
            and name.endswith(after)
            for before, after in self.open
            for name in names
        )


class AnchorIndex:
    """Looks up anchors of pages, includes expanded.

    The anchors of each file are collected once. Only numbered slugs (``again-2``) depend on
    the order of a page's headings; for those the page is put together, within a budget.
    """

    def __init__(self, graph: IncludeGraph) -> None:
        self._graph = graph
        self._own: dict[str, frozenset[str] | None] = {}
        self._reached: dict[str, frozenset[str]] = {}
        self._pages: dict[str, PageAnchors] = {}
        self._numbered: dict[str, frozenset[str] | None] = {}
        self._steps = 0

    def page(self, path: str) -> PageAnchors:
        """The anchors of a page before numbering."""
        if path not in self._pages:
            self._pages[path] = self._collect(path)
        return self._pages[path]

    def has(self, path: str, bookmark: str) -> bool | None:
        """Whether a page has an anchor, as written or percent-decoded; None for unknown."""
        page = self.page(path)
        wanted = spellings(bookmark)
        if not page.names.isdisjoint(wanted):
            return True
        for name in wanted:
            match = _NUMBERED.fullmatch(name)
            if match is not None and match[1] in page.names:
                numbered = self._with_numbers(path)
                if numbered is None:
                    return None
                if not numbered.isdisjoint(wanted):
                    return True
        return None if page.may_have(wanted) else False

    def _collect(self, path: str) -> PageAnchors:
        own = self._own_names(path)
        if own is not None and not self._graph.includes(path):
            return PageAnchors(own, True)  # an open heading includes something
        complete = True
        names: set[str] = set()
        ends: set[tuple[str, str]] = set()
        for file in self.reached(path):
            of_file = self._own_names(file)
            names |= of_file or frozenset()
            ends.update(_open_ends(self._anchors(file) or ()))
            includes = self._graph.includes(file)
            if of_file is None or any(include.path is None for include in includes):
                complete = False
        return PageAnchors(frozenset(names), complete, frozenset(ends))

    def reached(self, path: str) -> frozenset[str]:
        """The file and everything that it includes, directly or not."""
        if path not in self._reached:
            reached = {path}
            waiting = [path]
            while waiting:
                for _, target in self._graph.included(waiting.pop()):
                    if target in self._reached:
                        reached |= self._reached[target]
                    elif target not in reached:
                        reached.add(target)
                        waiting.append(target)
            self._reached[path] = frozenset(reached)
        return self._reached[path]

    def _own_names(self, path: str) -> frozenset[str] | None:
        """The ids and unnumbered slugs of one file; None where they cannot be known."""
        if path not in self._own:
            anchors = self._anchors(path)
            self._own[path] = None if anchors is None else names_of(anchors)
        return self._own[path]

    def _anchors(self, path: str) -> Sequence[Anchor] | None:
        facts = self._graph.facts(path)
        return None if facts is None else facts.anchors

    def _with_numbers(self, path: str) -> frozenset[str] | None:
        """All anchors of a page in the order of its text; None beyond the budget."""
        if path not in self._numbered:
            found = AnchorSet()
            self._numbered[path] = None
            steps = 0
            for anchor in self._expanded(path):
                steps += 1
                if steps > _MAX_PAGE_STEPS or self._steps + steps > _MAX_STEPS:
                    break
                _add(found, anchor)
            else:
                self._numbered[path] = frozenset(found.names)
            self._steps += steps
        return self._numbered[path]

    def _expanded(self, path: str) -> Iterator[Anchor]:
        """The anchors of a page in reading order; an include that closes a circle is empty."""
        open_files = [path]
        targets = [self._targets(path)]
        stack = [iter(self._anchors(path) or ())]
        while stack:
            anchor = next(stack[-1], None)
            if anchor is None:
                stack.pop()
                open_files.pop()
                targets.pop()
                continue
            yield anchor
            target = None
            if anchor.kind is AnchorKind.INCLUDE:
                target = targets[-1].get(anchor.names[0])
            if target is not None and target not in open_files:
                open_files.append(target)
                targets.append(self._targets(target))
                stack.append(iter(self._anchors(target) or ()))

    def _targets(self, path: str) -> dict[str, str]:
        return {include.link.url: target for include, target in self._graph.included(path)}


def names_of(anchors: Sequence[Anchor]) -> frozenset[str]:
    """The ids and unnumbered slugs among anchors."""
    known = (AnchorKind.HEADING, AnchorKind.ID)
    return frozenset(name for anchor in anchors if anchor.kind in known for name in anchor.names)


def _open_ends(anchors: Sequence[Anchor]) -> Iterator[tuple[str, str]]:
    for anchor in anchors:
        if anchor.kind is AnchorKind.OPEN_HEADING:
            before, after = anchor.names
            yield before, after


def _add(found: AnchorSet, anchor: Anchor) -> None:
    if anchor.kind is AnchorKind.HEADING:
        found.add_heading(anchor.names)
    elif anchor.kind is AnchorKind.ID:
        found.add_id(anchor.names[0])


def spellings(bookmark: str) -> frozenset[str]:
    """The anchor names that a bookmark may mean: as written, percent-decoded, and without
    the prefix that GitHub adds."""
    names = {bookmark, unquote(bookmark)}
    return frozenset(names | {name.removeprefix("user-content-") for name in names})
