"""Whether the page that a link leads to has the bookmark it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import unquote

from linters.links.facts import Link, Use
from linters.links.includers import Includers
from linters.links.pages import Pages
from linters.links.resolved_link import Located, Problem, broken
from linters.links.rewriting import encode
from linters.links.rules import BOOKMARK_NOT_FOUND
from linters.model.finding import Related
from linters.model.link import Cause, Kind
from linters.util.suggestions import Likeness, by_case

_LINES = re.compile(r"L\d+(?:C\d+)?(?:-L?\d+(?:C\d+)?)?\Z")


class BookmarkCheck:
    """Looks bookmarks up in pages."""

    def __init__(self, pages: Pages, includers: Includers) -> None:
        self._pages = pages
        self._includers = includers
        self._likeness = Likeness()

    def __call__(self, path: str, link: Link, located: Located) -> Located:
        """The link as located, and broken if its page surely lacks the bookmark."""
        target = located.path
        wanted = bookmark(link, located)
        if target is None or wanted is None:
            return located
        anchors = self._pages.anchors(target)
        if anchors is None or has(anchors, wanted):
            return located
        lacking: Sequence[str] = [target]
        if target == path:
            lacking = [one for one in self._readers(path) if self._lacks(one, wanted)]
            if not lacking:
                return located
        if located.url is not None:
            return replace(located, kind=Kind.SITE, target=located.url, outcome=None)
        problem = _problem(link, target, wanted, anchors, lacking, self._likeness)
        outcome = broken(problem, Cause.FRAGMENT_ABSENT)
        return replace(located, outcome=outcome, problem=problem)

    def _readers(self, path: str) -> Sequence[str]:
        """The pages on which a reader meets the text of a file: those that include it."""
        pages = self._includers.pages(path)
        if pages:
            return pages
        return () if "include" in path.rpartition("/")[0].lower() else (path,)

    def _lacks(self, path: str, wanted: str) -> bool:
        anchors = self._pages.anchors(path)
        return anchors is not None and not has(anchors, wanted)


def bookmark(link: Link, located: Located) -> str | None:
    """The bookmark that has to exist in an article; None where none has to."""
    problem = located.problem
    if problem is not None and problem.rule is not BOOKMARK_NOT_FOUND:
        return None
    if link.use not in (Use.LINK, Use.TOC) or located.path is None or located.bookmark is None:
        return None
    if not located.path.lower().endswith((".md", ".markdown")):
        return None
    name = located.bookmark.partition(":~:")[0]
    if not name or name.lower() == "top" or name.lower().startswith("tab/"):
        return None
    if _LINES.match(name) and link.url.lower().startswith("http"):
        return None
    return name


def has(anchors: frozenset[str], wanted: str) -> bool:
    """Whether a bookmark names one of the anchors, as it is or percent-decoded."""
    names = {wanted, unquote(wanted)}
    names |= {name.removeprefix("user-content-") for name in names}
    return not anchors.isdisjoint(names)


def _problem(
    link: Link,
    target: str,
    wanted: str,
    anchors: frozenset[str],
    lacking: Sequence[str],
    likeness: Likeness,
) -> Problem:
    decoded = unquote(wanted)
    if lacking == [target]:
        message = f"{target} has no heading or anchor {decoded}"
        related: tuple[Related, ...] = ()
    else:
        message = f"{lacking[0]}, which includes this text, has no heading or anchor {decoded}"
        related = tuple(Related(one, 1, 1, f"lacks {decoded}") for one in lacking[:10])
    same = by_case(anchors).get(decoded.casefold())
    if same is not None and link.written.endswith("#" + wanted):
        fix = link.written[: -len(wanted)] + encode(same)
        return Problem(BOOKMARK_NOT_FOUND, message, f"write #{same}", fix, related=related)
    close = likeness.closest(decoded, anchors)
    help_text = f"did you mean #{close}?" if close else None
    return Problem(BOOKMARK_NOT_FOUND, message, help_text, related=related)
