"""URLs as they are written and as they are asked, read as browsers read them (URL Standard)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

import ada_url

from linters.util.shorten import shorten

_SCHEME = re.compile(r"[\x00-\x20]*+([A-Za-z][A-Za-z0-9+.-]*+):")
_SPECIAL = re.compile(r"[\x00-\x20]*+h[\t\n\r]*+t[\t\n\r]*+t[\t\n\r]*+p", re.IGNORECASE)
# Nearly every link: an absolute URL that the URL Standard leaves exactly as it is. The parser
# costs as much as an eighth of a request, this expression a twentieth of that.
_OCTET = r"(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
_PLAIN = re.compile(
    r"(https?)://"
    rf"((?:(?!xn--)[a-z0-9](?:[a-z0-9-]{{0,61}}[a-z0-9])?\.)*(?!xn--)[a-z](?:[a-z0-9-]{{0,61}}[a-z0-9])?"
    rf"|(?:{_OCTET}\.){{3}}{_OCTET})"
    r"(?::([1-9][0-9]{0,3}|[1-5][0-9]{4}))?"
    r"(?:/(?!\.|%2[eE])[\w.~!$&'()*+,;=:@%-]*+)++"
    r"(?:\?[\w.~!$&()*+,;=:@%/?-]*+)?",
    re.ASCII,
)
# What the parser gives is in normal form.
_HREF = re.compile(r"(https?)://(?:([^/@]*)@)?(\[[^\]]*\]|[^/:]+)(?::(\d+))?(/[^#]*)")
_PORTS = {"http": 80, "https": 443}
_MAX_HOST = 254
_MAX_LABEL = 63


class InvalidUrlError(ValueError):
    """Not a URL that could be asked: what is wrong, in words."""


class Target(NamedTuple):
    """A URL ready to be asked.

    ``url`` is absolute, without user info and fragment; ``host`` is ASCII and lower-case, an
    IPv6 address without brackets. ``user`` is the user info, percent-encoded (``name:password``).
    """

    url: str
    scheme: str
    host: str
    port: int
    user: str | None = None

    @property
    def origin(self) -> tuple[str, str, int]:
        """What credentials, headers and cookies belong to."""
        return self.scheme, self.host, self.port

    @property
    def authority(self) -> str:
        """``host`` or ``host:port``, as in the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def path(self) -> str:
        """Path and query, as in the request line."""
        return "/" + self.url.split("/", 3)[3]


@lru_cache(maxsize=8192)
def split_target(url: str) -> Target:
    """Take an absolute http(s) URL apart; InvalidUrlError says why it cannot be asked.

    Percent-escapes stay as they are written.
    """
    plain = _PLAIN.fullmatch(url)
    if plain is not None and len(plain[2]) < _MAX_HOST:
        scheme, host, port = plain.groups()
        number = int(port) if port else _PORTS[scheme]
        if not port or number != _PORTS[scheme]:
            return Target(url, scheme, host, number)
    return parse_target(url)


def parse_target(url: str) -> Target:
    """As ``split_target``, by the parser alone."""
    if _SPECIAL.match(url) is None:
        raise InvalidUrlError("not an http or https URL")
    try:
        href = ada_url.URL(url).href
    except ValueError as error:
        raise InvalidUrlError(f"not a valid URL: {url[:200]!r}") from error
    parts = _HREF.match(href)
    if parts is None:
        raise InvalidUrlError("not an http or https URL")
    scheme, user, host, port, path = parts.groups()
    if host[0] == "[":
        literal = host[1:-1]
    else:
        literal = host
        if len(host) > _MAX_LABEL or ".." in host or host[0] == ".":
            labels = host.removesuffix(".").split(".")
            long = len(host) > _MAX_HOST or any(len(label) > _MAX_LABEL for label in labels)
            if long or not all(labels):
                raise InvalidUrlError(f"not a valid host name: {shorten(host)!r}")
    authority = host if port is None else f"{host}:{port}"
    normal = f"{scheme}://{authority}{path}"
    return Target(
        url if normal == url else normal,  # one text for both halves the memory
        scheme,
        literal,
        int(port) if port else _PORTS[scheme],
        user,
    )


def join(base: str, location: str) -> str:
    """The absolute URL that a Location means (RFC 9110 §10.2.2); InvalidUrlError if none.

    The result may have another scheme than http or https.
    """
    try:
        return ada_url.URL(location, base).href
    except ValueError as error:
        raise InvalidUrlError(f"not a valid URL: {location[:200]!r}") from error


def fragment_of(url: str) -> str | None:
    """The fragment as written; None without a ``#``."""
    _, mark, fragment = url.partition("#")
    return fragment if mark else None


def with_fragment(url: str, fragment: str | None) -> str:
    return f"{url}#{fragment}" if fragment else url


def scheme_of(url: str) -> str:
    """The scheme in lower case; empty where there is none."""
    match = _SCHEME.match(url)
    return match[1].lower() if match else ""
