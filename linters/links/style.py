"""Links that work but should be written otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from linters.links.facts import Link
from linters.links.resolved_link import Problem
from linters.links.rules import INSECURE_LINK, LOCALE_IN_LINK, OUTDATED_HOST
from linters.model.settings import LinkSettings
from linters.repository.url_locale import is_locale

_URL = re.compile(
    r"(?P<scheme>https?:)?(?P<slashes>//)(?P<user>[^/?#@]*@)?(?P<host>[^/?#:@]+)(?P<port>:\d+)?"
    r"(?P<path>[^?#]*)(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
# Potentially trustworthy without TLS (W3C, Secure Contexts 3.1).
_LOOPBACK = re.compile(r"(?:.+\.)?localhost|127(?:\.\d{1,3}){1,3}")


def style_problems(link: Link, settings: LinkSettings) -> Iterator[Problem]:
    """What is wrong with the way a link is written, the weightiest first."""
    match = _URL.fullmatch(link.written)
    if match is None:
        yield from _site_root(link, settings)
        return
    host = match["host"].lower().removesuffix(".")
    new = _lookup(settings.outdated_hosts, host)
    path = match["path"]
    locale = _locale(path) if (new or host) in settings.locale_free_hosts else None
    if locale:
        path = path[len(locale) + 1 :]
    scheme = match["scheme"] or ""
    port = match["port"] or ""
    if new is not None:
        fix = f"{scheme and 'https:'}//{match['user'] or ''}{new}{port}{path}{match['rest']}"
        yield Problem(OUTDATED_HOST, f"{host} is now called {new}", f"write {fix}", fix)
    elif locale:
        begin = link.written[: match.start("path")]
        fix = f"{begin}{path}{match['rest']}"
        message = f"the link pins the reader to {locale}"
        yield Problem(LOCALE_IN_LINK, message, f"write {fix}", fix)
    if scheme.lower() == "http:" and not _LOOPBACK.fullmatch(host):
        fix = f"https{link.written[4:]}"
        message = "the link goes over http, where anybody can read and change it"
        yield Problem(INSECURE_LINK, message, f"write {fix}, if it works", fix, safe=False)


def _site_root(link: Link, settings: LinkSettings) -> Iterator[Problem]:
    """A link from the site's root (``/en-us/azure/``) to a site that needs no locale."""
    site = _URL.fullmatch(settings.site)
    if site is None or site["host"].lower() not in settings.locale_free_hosts:
        return
    locale = _locale(link.written)
    if locale:
        rest = link.written[len(locale) + 1 :]
        fix = rest if rest.startswith("/") else f"/{rest}"
        message = f"the link pins the reader to {locale}"
        yield Problem(LOCALE_IN_LINK, message, f"write {fix}", fix)


def _locale(path: str) -> str | None:
    """The locale that a path begins with, as written."""
    segment = re.match(r"/([A-Za-z0-9-]+)(?=[/?#]|\Z)", path)
    return segment[1] if segment and is_locale(segment[1]) else None


def _lookup(hosts: Mapping[str, str], host: str) -> str | None:
    return next((new for old, new in hosts.items() if old.lower() == host), None)
