"""What a link's URL is, before anything is looked up: its sort and its parts (RFC 3986)."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import urlsplit

from linters.links.facts import Link, Use
from linters.model.link import Syntax

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_DRIVE = re.compile(r"[A-Za-z]:(?:[\\/]|\Z)")
_PARTS = re.compile(r"(?P<path>[^?#]*)(?:\?(?P<query>[^#]*))?(?:#(?P<fragment>.*))?", re.DOTALL)
_LABEL = re.compile(r"[^\W_](?:[\w-]{0,61}[^\W_])?|[^\W_]", re.UNICODE)


class Sort(StrEnum):
    """The sort of a destination, by its first characters."""

    WEB = "web"
    SITE = "site"
    DOCSET = "docset"
    RELATIVE = "relative"
    MAIL = "mail"
    XREF = "xref"
    LOCAL = "local"
    OTHER = "other"
    INVALID = "invalid"


class Destination(NamedTuple):
    """A URL's sort and parts; ``url`` is absolute for the web, else as written.

    ``path`` of a docset destination is without ``~/``. ``query`` and ``fragment`` are None
    where there is none.
    """

    sort: Sort
    url: str
    path: str = ""
    query: str | None = None
    fragment: str | None = None


def read_destination(link: Link) -> Destination:
    """The sort and parts of a link's destination."""
    url = link.url.strip()
    if link.use is Use.UID:
        return Destination(Sort.XREF, url)
    if link.syntax in (Syntax.AUTOLINK, Syntax.BARE):
        url = _autolink(url)
    if url.startswith(("//", "\\\\")) and not url.startswith("\\\\"):
        url = f"https:{url}"
    if any(_DRIVE.match(one) or one.startswith("\\\\") for one in (url, link.written)):
        return Destination(Sort.LOCAL, url)
    scheme = _SCHEME.match(url)
    if scheme is not None:
        return _absolute(url, scheme[1].lower())
    return _local(url)


def _autolink(url: str) -> str:
    if _SCHEME.match(url) and not url.lower().startswith("www."):
        return url
    if url.lower().startswith("www."):
        return f"http://{url}"
    return f"mailto:{url}" if "@" in url else url


def _absolute(url: str, scheme: str) -> Destination:
    if scheme in ("http", "https"):
        if not is_web_url(url):
            return Destination(Sort.INVALID, url)
        parts = _PARTS.fullmatch(url)
        fragment = parts["fragment"] if parts else None
        return Destination(Sort.WEB, url, fragment=fragment)
    if scheme == "mailto":
        return Destination(Sort.MAIL, url)
    if scheme == "xref":
        return Destination(Sort.XREF, url)
    if scheme == "file":
        return Destination(Sort.LOCAL, url)
    return Destination(Sort.OTHER, url)


def _local(url: str) -> Destination:
    parts = _PARTS.fullmatch(url)
    if parts is None:
        return Destination(Sort.INVALID, url)
    path, query, fragment = parts["path"], parts["query"], parts["fragment"]
    if path.startswith(("~/", "~\\")):
        return Destination(Sort.DOCSET, url, path[2:], query, fragment)
    sort = Sort.SITE if path.startswith("/") else Sort.RELATIVE
    return Destination(sort, url, path, query, fragment)


def is_web_url(url: str) -> bool:
    """Whether an http(s) URL has a host that could be one (RFC 3986 3.2.2, IDNs allowed)."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    host = parts.hostname
    if not host or port == 0:
        return False
    if any(character.isspace() or character in '<>"\\^`{|}%' for character in host):
        return False
    if ":" in host:
        return True
    labels = host.removesuffix(".").replace("。", ".").split(".")
    return all(label and len(label) <= 63 for label in labels) and len(host) <= 253
