"""What is collected per article: its links as written, and the anchors that others may name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from linters.model.finding import Range
from linters.model.link import Syntax


class Use(StrEnum):
    """What the build does with a link's target.

    ``link``: a reader follows it, so its bookmark must exist. ``resource``: the target is
    displayed (images, code, video), so a fragment is not a bookmark. ``include``: the
    target's text becomes part of the page. ``tab``: the heading of a tab (``#tab/id``), not
    a link target. ``toc``: an entry of a table of contents, which may name a folder with a
    table of contents. ``uid``: an xref uid without its scheme. ``spaced``: not a link in
    CommonMark, because its destination contains a space.
    """

    LINK = "link"
    RESOURCE = "resource"
    INCLUDE = "include"
    TAB = "tab"
    TOC = "toc"
    UID = "uid"
    SPACED = "spaced"


@dataclass(frozen=True, slots=True)
class Link:
    """One link at one place.

    ``url`` has its escapes and entities decoded, ``written`` is the text of ``range``.
    """

    url: str
    written: str
    syntax: Syntax
    use: Use
    range: Range


class AnchorKind(StrEnum):
    """``heading``: slugs, numbered when they repeat; ``id``: as written; ``include``.

    ``open_heading``: the slug before and after the text that a heading includes.
    """

    HEADING = "heading"
    OPEN_HEADING = "open_heading"
    ID = "id"
    INCLUDE = "include"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A heading, id or include in reading order.

    ``names`` are the slugs of a heading before numbering (several where renderers differ),
    the two ends of an open heading's, one id, or the destination of an include.
    """

    kind: AnchorKind
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """The links and anchors of one article, both in reading order.

    ``anchors`` is None where they cannot be known (pages made from YAML).
    """

    links: tuple[Link, ...] = ()
    anchors: tuple[Anchor, ...] | None = ()
