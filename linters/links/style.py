"""URLs that work but should be written differently."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from linters.links.facts import Link
from linters.links.link_finding import link_finding
from linters.links.rules import INSECURE_LINK, LOCALE_IN_LINK, OUTDATED_HOST
from linters.model.finding import Finding
from linters.model.settings import LinkSettings
from linters.repository.url_locale import is_locale

_URL = re.compile(
    r"(?P<scheme>https?:)?(?P<slashes>//)(?P<user>[^/?#@]*@)?(?P<host>[^/?#:@]+)(?P<port>:\d+)?"
    r"(?P<path>[^?#]*)(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
# Potentially trustworthy without TLS (W3C, Secure Contexts 3.1).
_LOOPBACK = re.compile(r"(?:.+\.)?localhost|127(?:\.\d{1,3}){1,3}")


def style_findings(path: str, link: Link, settings: LinkSettings) -> Iterator[Finding]:
    """The findings about how a URL is written, the most important first."""
    match = _URL.fullmatch(link.written)
    if match is None:
        yield from _site_path(path, link, settings)
        return
    host = match["host"].lower().removesuffix(".")
    new = _lookup(settings.outdated_hosts, host)
    url_path = match["path"]
    locale = _locale(url_path) if (new or host) in settings.locale_free_hosts else None
    if locale:
        url_path = url_path[len(locale) + 1 :]
    scheme = match["scheme"] or ""
    port = match["port"] or ""
    if new is not None:
        https = scheme and "https:"
        fix = f"{https}//{match['user'] or ''}{new}{port}{url_path}{match['rest']}"
        message = f"outdated host {host}, expected {new}"
        yield link_finding(OUTDATED_HOST, path, link.range, message, replacement=fix)
    elif locale:
        begin = link.written[: match.start("path")]
        fix = f"{begin}{url_path}{match['rest']}"
        yield _locale_finding(path, link, locale, fix)
    if scheme.lower() == "http:" and not _LOOPBACK.fullmatch(host):
        fix = f"https{link.written[4:]}"
        message = f"{link.written} is not encrypted, expected https"
        help_text = f"write {fix}, if it works"
        yield link_finding(
            INSECURE_LINK,
            path,
            link.range,
            message,
            help=help_text,
            replacement=fix,
            safe=False,
        )


def _site_path(path: str, link: Link, settings: LinkSettings) -> Iterator[Finding]:
    """A path from the site's root (``/en-us/azure/``) on a site that needs no locale."""
    site = _URL.fullmatch(settings.site)
    if site is None or site["host"].lower() not in settings.locale_free_hosts:
        return
    locale = _locale(link.written)
    if locale:
        rest = link.written[len(locale) + 1 :]
        fix = rest if rest.startswith("/") else f"/{rest}"
        yield _locale_finding(path, link, locale, fix)


def _locale_finding(path: str, link: Link, locale: str, fix: str) -> Finding:
    message = f"{link.written} contains the locale {locale}"
    return link_finding(LOCALE_IN_LINK, path, link.range, message, replacement=fix)


def _locale(path: str) -> str | None:
    """The locale that a path begins with, as written."""
    segment = re.match(r"/([A-Za-z0-9-]+)(?=[/?#]|\Z)", path)
    return segment[1] if segment and is_locale(segment[1]) else None


def _lookup(hosts: Mapping[str, str], host: str) -> str | None:
    return next((new for old, new in hosts.items() if old.lower() == host), None)
