"""Links in other files that a change breaks by removing targets or bookmarks (``--since``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from linters.checker import Diff, ResolveContext
from linters.facts.repository_facts import Facts
from linters.links.bookmark_check import bookmark
from linters.links.bookmarks import AnchorSet
from linters.links.facts import AnchorKind, Link, LinkFacts, Use
from linters.links.local_check import LocalCheck
from linters.links.page_anchors import spellings
from linters.links.resolved_link import ResolvedLink
from linters.links.rules import BOOKMARK_NOT_FOUND
from linters.model.finding import Finding
from linters.util.name_prefilter import Mentions


class Removed(NamedTuple):
    """What a change removes: files, and anchors of files by the page that had them."""

    files: frozenset[str]
    anchors: Mapping[str, frozenset[str]]


def broken_by_diff(
    local: LocalCheck, facts: Mapping[str, LinkFacts], run: ResolveContext
) -> Iterator[Finding]:
    """The findings that the change causes in any file of the repository, marked as such."""
    if run.change is None or not isinstance(facts, Facts):
        return
    removed = _removed(local, facts, run.change, run.repository.files)
    names = removed.files | removed.anchors.keys()
    if not names:
        return
    mentions = Mentions(names)
    whole = {part for page in removed.anchors for part in _parts(local, page)}
    for path in sorted({*facts.known(), *facts.mentioning(names), *whole}):
        found = local.graph.facts(path)
        for link in found.links if found else ():
            if not (path in whole or _may_name(link, mentions)):
                continue
            target = local.resolver.resolve(path, link)
            if target.finding or path in whole or target.path in removed.anchors:
                resolved = local.resolve(path, link)
                if _is_broken_by(resolved, removed):
                    yield from local.findings(resolved, by_change=True)


def _parts(local: LocalCheck, page: str) -> set[str]:
    """A page and the files that it includes: their bookmarks may be meant for it."""
    parts = {page}
    waiting = [page]
    while waiting:
        for _, target in local.graph.included(waiting.pop()):
            if target not in parts:
                parts.add(target)
                waiting.append(target)
    return parts


def _may_name(link: Link, mentions: Mentions) -> bool:
    path = link.url.partition("#")[0].partition("?")[0]
    return path.endswith(("/", ".")) or path.lower().encode("utf-8", "replace") in mentions


def _removed(local: LocalCheck, facts: Facts, change: Diff, files: frozenset[str]) -> Removed:
    files_removed = (change.removed | change.renamed.keys()) - files
    anchors: dict[str, frozenset[str]] = {}
    for path, text in change.bases.items():
        if path in files_removed:
            continue
        old = facts.collect(path, text)
        before = _anchors(old) | _lost_includes(local, path, old)
        lost = frozenset(name for name in before if local.anchors.has(path, name) is False)
        if lost:
            for page in (path, *local.includers.pages(path)):
                anchors[page] = anchors.get(page, frozenset()) | lost
    return Removed(files_removed, anchors)


def _lost_includes(local: LocalCheck, path: str, before: LinkFacts) -> frozenset[str]:
    """The anchors of the files that a text included before the change, and not after it."""
    kept = {target for _, target in local.graph.included(path)}
    found: set[str] = set()
    for link in before.links:
        target = local.resolver.resolve(path, link).path if link.use is Use.INCLUDE else None
        if target is not None and target not in kept:
            found |= local.anchors.page(target).names
    return frozenset(found)


def _anchors(facts: LinkFacts) -> frozenset[str]:
    """The anchors of one text, numbered."""
    found = AnchorSet()
    for anchor in facts.anchors or ():
        if anchor.kind is AnchorKind.HEADING:
            found.add_heading(anchor.names)
        elif anchor.kind is AnchorKind.ID:
            found.add_id(anchor.names[0])
    return frozenset(found.names)


def _is_broken_by(resolved: ResolvedLink, removed: Removed) -> bool:
    finding = resolved.finding
    if finding is None:
        return False
    if finding.rule is not BOOKMARK_NOT_FOUND:
        return resolved.target.partition("#")[0] in removed.files
    pages = {resolved.path or "", *(place.path for place in finding.related)}
    wanted = spellings(bookmark(resolved) or "")
    return any(not wanted.isdisjoint(removed.anchors.get(page, ())) for page in pages)
