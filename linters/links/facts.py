"""What is collected of one article: the links as written, and the anchors others may name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from linters.model.finding import Range
from linters.model.link import Syntax


class Use(StrEnum):
    """What the build does with a link's target.

    ``link``: a reader follows it, so its bookmark counts. ``resource``: the target is
    shown (images, code, video), a fragment is no bookmark. ``include``: the target's text
    becomes part of the page. ``tab``: the heading of a tab, ``#tab/id``, names no place.
    ``toc``: an entry of a table of contents, which may name a folder with a TOC.
    ``uid``: the destination is an xref uid without its scheme. ``spaced``: no link at all,
    because of a space in what was meant as its destination.
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
    """``heading``: slugs, numbered when they repeat; ``id``: as written; ``include``."""

    HEADING = "heading"
    ID = "id"
    INCLUDE = "include"


@dataclass(frozen=True, slots=True)
class Anchor:
    """One thing in reading order that gives anchors.

    ``names`` are the slugs of a heading before numbering (the renderers differ, so there
    may be several), one id, or the destination of an include.
    """

    kind: AnchorKind
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """The links and anchors of one article, both in reading order.

    ``anchors`` is None where they cannot be known (pages made from YAML). ``localized``
    says that the article is a translation, whose source lies in another repository.
    """

    links: tuple[Link, ...] = ()
    anchors: tuple[Anchor, ...] | None = ()
    localized: bool = False
