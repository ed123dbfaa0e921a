"""Links that a change breaks from afar: their targets or bookmarks are gone (``--since``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from linters.checker import Diff, ResolveContext
from linters.facts.repository_facts import Facts
from linters.links.bookmark_check import bookmark, has
from linters.links.bookmarks import AnchorSet
from linters.links.facts import AnchorKind, Link, LinkFacts, Use
from linters.links.includers import known, mentioning
from linters.links.local_check import LocalCheck, Placed
from linters.links.rules import BOOKMARK_NOT_FOUND
from linters.model.finding import Finding
from linters.util.name_prefilter import Mentions


class Loss(NamedTuple):
    """What a change takes away: files, and anchors of files (by the page that had them)."""

    files: frozenset[str]
    anchors: Mapping[str, frozenset[str]]


def inbound(
    local: LocalCheck, facts: Mapping[str, LinkFacts], run: ResolveContext
) -> Iterator[Finding]:
    """The findings that the change brings about wherever they stand, marked as such."""
    if run.change is None or not isinstance(facts, Facts):
        return
    loss = _loss(local, facts, run.change, run.repository.files)
    lost = loss.files | loss.anchors.keys()
    if not lost:
        return
    mentions = Mentions(lost)
    whole = {inner for page in loss.anchors for inner in _parts(local, page)}
    for path in sorted({*known(facts), *mentioning(facts, lost), *whole}):
        found = local.pages.facts(path)
        for link in found.links if found else ():
            if not (path in whole or _may_name(link, mentions)):
                continue
            located = local.locator.locate(path, link)
            if located.problem or path in whole or located.path in loss.anchors:
                placed = local.judge(path, link)
                if _is_broken_by(placed, loss):
                    yield from local.findings(placed, by_change=True)


def _parts(local: LocalCheck, page: str) -> set[str]:
    """A page and the files that it includes: their bookmarks may be meant for it."""
    parts = {page}
    waiting = [page]
    while waiting:
        for one in local.pages.inclusions(waiting.pop()):
            if one.target not in parts:
                parts.add(one.target)
                waiting.append(one.target)
    return parts


def _may_name(link: Link, mentions: Mentions) -> bool:
    path = link.url.partition("#")[0].partition("?")[0]
    return path.endswith(("/", ".")) or path.lower().encode("utf-8", "replace") in mentions


def _loss(local: LocalCheck, facts: Facts, change: Diff, files: frozenset[str]) -> Loss:
    gone = (change.removed | change.renamed.keys()) - files
    anchors: dict[str, frozenset[str]] = {}
    for path, text in change.bases.items():
        now = local.pages.anchors(path)
        if path in gone or now is None:
            continue
        old = facts.collect(path, text)
        before = _anchors(old) | _lost_includes(local, path, old)
        vanished = frozenset(name for name in before if not has(now, name))
        if vanished:
            for page in (path, *local.includers.pages(path)):
                anchors[page] = anchors.get(page, frozenset()) | vanished
    return Loss(gone, anchors)


def _lost_includes(local: LocalCheck, path: str, before: LinkFacts) -> frozenset[str]:
    """The anchors of the files that a text included, and no longer does."""
    kept = {one.target for one in local.pages.inclusions(path)}
    found: set[str] = set()
    for link in before.links:
        target = local.locator.locate(path, link).path if link.use is Use.INCLUDE else None
        if target is not None and target not in kept:
            found |= local.pages.anchors(target) or frozenset()
    return frozenset(found)


def _anchors(facts: LinkFacts) -> frozenset[str]:
    """The anchors that a text has of its own."""
    found = AnchorSet()
    for anchor in facts.anchors or ():
        if anchor.kind is AnchorKind.HEADING:
            found.add_heading(anchor.names)
        elif anchor.kind is AnchorKind.ID:
            found.add_id(anchor.names[0])
    return frozenset(found.names)


def _is_broken_by(placed: Placed, loss: Loss) -> bool:
    located = placed.located
    if located.problem is None:
        return False
    if located.problem.rule is not BOOKMARK_NOT_FOUND:
        return located.target.partition("#")[0] in loss.files
    pages = {located.path or "", *(one.path for one in located.problem.related)}
    wanted = bookmark(placed.link, located)
    return any(has(loss.anchors.get(page, frozenset()), wanted or "") for page in pages)
