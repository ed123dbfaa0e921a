"""Whether a page has what a fragment points at: present, absent or unknowable."""

from __future__ import annotations

import re
from enum import StrEnum
from urllib.parse import unquote, urlsplit

import msgspec

_DIRECTIVE = ":~:"
_ROUTE = re.compile(r"[!/]|.*=", re.DOTALL)
_GITHUB = ("github.com", "gist.github.com")
# What GitHub's scripts make of a fragment; the page served does not contain it.
_GITHUB_MADE = re.compile(
    r"L\d+(C\d+)?(-L\d+(C\d+)?)?|"
    r"(issue|issuecomment|pullrequestreview|discussion|discussioncomment|discussion_r|"
    r"commitcomment|event|ref-commit|ref-issue|ref-pullrequest|diff|r|file)-?[\w-]*\d[\w-]*|"
    r"(start|end)-of-content|readme(-ov-file)?"
)


class PageKind(StrEnum):
    """What the content can say about fragments."""

    HTML = "html"
    SCRIPTED = "scripted"
    OPAQUE = "opaque"
    BOT_WALL = "bot-wall"


class PageEnd(StrEnum):
    """How far the content was read: to its end, as far as needed, or until it went wrong."""

    COMPLETE = "complete"
    ENOUGH = "enough"
    TOO_LARGE = "too-large"
    BROKEN_OFF = "broken-off"
    GARBLED = "garbled"
    TIMEOUT = "timeout"


class Page(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What the final content says about fragments; ``ids`` are those seen, sorted.

    ``scripts`` says whether the page runs any.
    """

    kind: PageKind
    end: PageEnd
    ids: tuple[str, ...] = ()
    scripts: bool = False


class Presence(StrEnum):
    """What is known about a fragment."""

    PRESENT = "present"
    ABSENT = "absent"
    UNKNOWABLE = "unknowable"


def wanted(fragment: str) -> tuple[str, ...]:
    """The ids of which any one satisfies a fragment; empty where every page does.

    HTML §7.4.6.4: the fragment as written, then percent-decoded as UTF-8; ``top`` and the
    empty fragment are the page itself. What follows ``:~:`` is for the browser alone.
    """
    name = fragment.partition(_DIRECTIVE)[0]
    decoded = unquote(name, errors="replace")
    if not name or decoded.lower() == "top":
        return ()
    ids = dict.fromkeys((name, decoded))
    return (*ids, *(f"user-content-{name}" for name in ids))


def is_route(name: str) -> bool:
    """Whether a fragment looks like something for scripts (``#/path``, ``#!path``, ``#a=b``)."""
    return _ROUTE.match(name) is not None


def presence(fragment: str, url: str, page: Page) -> Presence:
    """Whether the page found at ``url`` has what the fragment points at."""
    ids = wanted(fragment)
    if not ids or page.kind is PageKind.OPAQUE:
        return Presence.PRESENT
    if not frozenset(page.ids).isdisjoint(ids):
        return Presence.PRESENT
    if page.scripts and is_route(ids[0]):
        return Presence.UNKNOWABLE
    if page.kind in (PageKind.SCRIPTED, PageKind.BOT_WALL) or _made_by_scripts(ids[0], url):
        return Presence.UNKNOWABLE
    return Presence.ABSENT


def _made_by_scripts(name: str, url: str) -> bool:
    """Whether only the page's scripts know the fragment: GitHub's lines and comments."""
    if (urlsplit(url).hostname or "") in _GITHUB:
        return _GITHUB_MADE.fullmatch(name) is not None
    return False
