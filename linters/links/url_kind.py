"""What a link's URL is, before anything is looked up: its kind and its parts (RFC 3986)."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

from linters.links.facts import Link, Use
from linters.model.link import Syntax

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_DRIVE = re.compile(r"[A-Za-z]:(?:[\\/]|\Z)")
_PARTS = re.compile(r"(?P<path>[^?#]*)(?:\?(?P<query>[^#]*))?(?:#(?P<fragment>.*))?", re.DOTALL)
_AUTHORITY = re.compile(r"https?:[/\\]*(?P<authority>[^/\\?#]*)", re.IGNORECASE)
_PLAIN_HOST = re.compile(
    r"https?://(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}(?=[/?#]|\Z)",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"[<>{}]|%7[bd]|%3[ce]|\.\.\.|…|\[[^\]]*[^0-9a-f:.\]][^\]]*\]|:[a-z_-]*port[a-z_-]*\Z",
    re.IGNORECASE,
)
_FILE = re.compile(r"file:(?:[/\\]|[A-Za-z]:)", re.IGNORECASE)


class UrlKind(StrEnum):
    """What a URL names, by its first characters.

    ``web``: http(s). ``site``: a path from the site's root. ``docset``: a path from the
    docset's root (``~/``). ``relative``: a path from the article. ``local-path``: a path on
    one machine. ``placeholder``: an http(s) URL whose host the reader has to fill in.
    """

    WEB = "web"
    SITE = "site"
    DOCSET = "docset"
    RELATIVE = "relative"
    MAIL = "mail"
    XREF = "xref"
    LOCAL_PATH = "local-path"
    PLACEHOLDER = "placeholder"
    OTHER = "other"
    INVALID = "invalid"


class UrlParts(NamedTuple):
    """A URL's kind and parts; ``url`` is absolute for the web, else as written.

    ``path`` of a docset URL is without ``~/``. ``query`` and ``fragment`` are None where
    there is none.
    """

    kind: UrlKind
    url: str
    path: str = ""
    query: str | None = None
    fragment: str | None = None

    def target(self, path: str) -> str:
        """A root-relative path with the bookmark of this URL."""
        return path if self.fragment is None else f"{path}#{self.fragment}"


def split_url(link: Link) -> UrlParts:
    """The kind and parts of a link's URL."""
    url = link.url.strip()
    if link.use is Use.UID:
        return UrlParts(UrlKind.XREF, url)
    if link.syntax in (Syntax.AUTOLINK, Syntax.BARE):
        url = _autolink(url)
    if url.startswith("//"):
        url = f"https:{url}"
    if any(_DRIVE.match(text) or text.startswith("\\\\") for text in (url, link.written)):
        return UrlParts(UrlKind.LOCAL_PATH, url)
    scheme = _SCHEME.match(url)
    return _absolute(url, scheme[1].lower()) if scheme else _local(url)


def _autolink(url: str) -> str:
    if url.lower().startswith("www."):
        return f"http://{url}"
    if "@" in url and not _SCHEME.match(url):
        return f"mailto:{url}"
    return url


def _absolute(url: str, scheme: str) -> UrlParts:
    if scheme in ("http", "https"):
        parts = _PARTS.fullmatch(url)
        return UrlParts(_web_kind(url), url, fragment=parts["fragment"] if parts else None)
    if scheme == "mailto":
        return UrlParts(UrlKind.MAIL, url)
    if scheme == "xref":
        return UrlParts(UrlKind.XREF, url)
    if scheme == "file" and _FILE.match(url):
        return UrlParts(UrlKind.LOCAL_PATH, url)
    return UrlParts(UrlKind.OTHER, url)


def _web_kind(url: str) -> UrlKind:
    if _PLAIN_HOST.match(url):
        return UrlKind.WEB
    authority = _AUTHORITY.match(url)
    if authority and _PLACEHOLDER.search(authority["authority"]):
        return UrlKind.PLACEHOLDER
    return UrlKind.WEB if is_web_url(url) else UrlKind.INVALID


def _local(url: str) -> UrlParts:
    parts = _PARTS.fullmatch(url)
    if parts is None:
        return UrlParts(UrlKind.INVALID, url)
    path, query, fragment = parts["path"], parts["query"], parts["fragment"]
    if path.startswith(("~/", "~\\")):
        return UrlParts(UrlKind.DOCSET, url, path[2:], query, fragment)
    if path.startswith("\\"):  # docfx and browsers read it as a slash
        slashed = path.replace("\\", "/")
        return UrlParts(UrlKind.SITE, slashed + url[len(path) :], slashed, query, fragment)
    kind = UrlKind.SITE if path.startswith("/") else UrlKind.RELATIVE
    return UrlParts(kind, url, path, query, fragment)


def is_web_url(url: str) -> bool:
    """Whether an http(s) URL has a host that can exist (URL Standard; RFC 1035 lengths)."""
    if _PLAIN_HOST.match(url):
        return True
    import ada_url

    try:
        parsed = ada_url.URL(url)
    except ValueError:
        return False
    host = str(parsed.hostname).removesuffix(".")
    if not host or parsed.port == "0":
        return False
    if host.startswith("["):
        return True
    return len(host) <= 253 and all(0 < len(label) <= 63 for label in host.split("."))
