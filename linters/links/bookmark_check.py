"""Whether the page that a link points to has the bookmark that it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import unquote

from linters.links.dependencies import UsedPages
from linters.links.facts import Link, Use
from linters.links.includers import Includers
from linters.links.page_anchors import AnchorIndex
from linters.links.resolved_link import ResolvedLink
from linters.links.rewriting import encode
from linters.links.rules import BOOKMARK_NOT_FOUND
from linters.model.finding import Related
from linters.model.link import Cause, Kind, Outcome, Verdict
from linters.util.suggestions import Suggestions, by_case

_LINES = re.compile(r"L\d+(?:C\d+)?(?:-L?\d+(?:C\d+)?)?\Z")
_UNKNOWABLE = Outcome(
    Verdict.UNKNOWN,
    Cause.FRAGMENT_UNKNOWABLE,
    "the page includes text, and its anchors are not fully known",
)


class BookmarkCheck:
    """Looks up the bookmarks of links."""

    def __init__(self, anchors: AnchorIndex, includers: Includers, used: UsedPages) -> None:
        self._anchors = anchors
        self._includers = includers
        self._used = used
        self._suggestions = Suggestions()

    def __call__(self, resolved: ResolvedLink) -> ResolvedLink:
        """The link, broken if its page certainly lacks the bookmark."""
        target = resolved.path
        wanted = bookmark(resolved)
        if target is None or wanted is None:
            return resolved
        self._used.add(resolved.source, target)
        present = self._anchors.has(target, wanted)
        if present:
            return resolved
        lacking: Sequence[str] = [target]
        if target == resolved.source:
            readers = self._readers(target)
            self._used.add(resolved.source, *readers)
            states = {page: self._anchors.has(page, wanted) for page in readers}
            lacking = [page for page, state in states.items() if state is False]
            present = False if lacking else True if states and all(states.values()) else None
        if present:
            return resolved
        if present is None:
            return replace(resolved, outcome=_UNKNOWABLE)
        if resolved.url is not None:
            return replace(resolved, kind=Kind.SITE, target=resolved.url, outcome=None)
        return self._broken(resolved, target, wanted, lacking)

    def _readers(self, path: str) -> Sequence[str]:
        """The pages on which a reader meets the text of a file: those that include it."""
        pages = self._includers.pages(path)
        if pages:
            return pages
        return () if "include" in path.rpartition("/")[0].lower() else (path,)

    def _broken(
        self, resolved: ResolvedLink, target: str, wanted: str, lacking: Sequence[str]
    ) -> ResolvedLink:
        name = unquote(wanted)
        anchors = self._anchors.page(target).names
        related: list[Related] = []
        message = f"{target} has no heading or anchor {name}"
        if lacking != [target]:
            message = f"{lacking[0]}, which includes this text, has no heading or anchor {name}"
            related = [Related(page, 1, 1, f"lacks {name}") for page in lacking[:10]]
        same = by_case(anchors).get(name.casefold())
        if same is not None and resolved.link.written.endswith("#" + wanted):
            return resolved.broken(
                BOOKMARK_NOT_FOUND,
                Cause.FRAGMENT_ABSENT,
                message,
                help=f"write #{same}",
                replacement=_with_bookmark(resolved.link, wanted, same),
                related=related,
            )
        close = self._suggestions.closest(name, anchors)
        certain = len(close) == 1 and resolved.link.written.endswith("#" + wanted)
        return resolved.broken(
            BOOKMARK_NOT_FOUND,
            Cause.FRAGMENT_ABSENT,
            message,
            help=f"did you mean #{close[0]}?" if close else None,
            replacement=_with_bookmark(resolved.link, wanted, close[0]) if certain else None,
            safe=False,
            related=related,
        )


def bookmark(resolved: ResolvedLink) -> str | None:
    """The bookmark that has to exist in an article; None where none has to."""
    link, path, name = resolved.link, resolved.path, resolved.bookmark
    if link.use not in (Use.LINK, Use.TOC) or path is None or name is None:
        return None
    if not path.lower().endswith((".md", ".markdown")):
        return None
    name = name.partition(":~:")[0]
    if not name or name.lower() == "top" or name.lower().startswith("tab/"):
        return None
    if _LINES.match(name) and link.url.lower().startswith("http"):
        return None
    return name


def _with_bookmark(link: Link, wanted: str, existing: str) -> str:
    return link.written[: -len(wanted)] + encode(existing)
