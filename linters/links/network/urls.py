"""URLs as they are written and as they are asked (RFC 3986, and the URL Standard's repairs)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urljoin

from linters.links.network.address import InvalidUrlError, dotted

_SPACE_AROUND = "".join(map(chr, range(0x21)))
_LINE_BREAKS = re.compile(r"[\t\n\r]")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_SPECIAL = re.compile(r"(https?):[/\\]*", re.IGNORECASE)
_HOST_FORBIDDEN = re.compile(r"[\x00-\x20#%/:<>?@\[\\\]^|\x7f]")
_TWO_SLASHES = ("//", "\\\\", "/\\", "\\/")
_PORTS = {"http": 80, "https": 443}


class Target(NamedTuple):
    """A URL ready to be asked.

    ``host`` is ASCII and lower-case, an IPv6 address without brackets; ``path`` is the
    request target (path and query, percent-encoded). ``user`` is the user info as written.
    """

    scheme: str
    host: str
    port: int
    path: str
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
    def url(self) -> str:
        """The absolute URL without user info and fragment."""
        return f"{self.scheme}://{self.authority}{self.path}"


def split_target(url: str) -> Target:
    """Take an absolute http(s) URL apart; InvalidUrlError says why it cannot be asked.

    Percent-escapes stay as they are written; what may not stand in a request is encoded as
    UTF-8 (URL Standard); a host that is not ASCII is written in IDNA.
    """
    url = _LINE_BREAKS.sub("", url.strip(_SPACE_AROUND)).partition("#")[0]
    match = _SPECIAL.match(url)
    if match is None:
        raise InvalidUrlError("not an http or https URL")
    scheme = match[1].lower()
    head, question, query = url[match.end() :].partition("?")
    if "\\" in head:
        head = head.replace("\\", "/")
    authority, _, path = head.partition("/")
    user, at, hostport = authority.rpartition("@")
    host, port = _host_and_port(hostport, _PORTS[scheme])
    path = f"/{path}{question}{query}"
    if _NEEDS.search(path) is not None:
        path = _encode(path)
    if "/." in path or "/%2" in path:
        path = _without_dots(path)
    return Target(scheme, host, port, path, user if at else None)


_NEEDS = re.compile(r"[^\x21\x23-\x3b\x3d\x3f-\x5b\x5d\x5f\x61-\x7a\x7c\x7e\x60\x7b\x7d\x5c\x5e]")


def _encode(path: str) -> str:
    data = path.encode("utf-8", "surrogatepass")
    return "".join(
        chr(byte) if 0x20 < byte < 0x7F and byte not in b'"<>' else f"%{byte:02X}" for byte in data
    )


def _without_dots(path: str) -> str:
    """The path without ``.`` and ``..`` segments (RFC 3986 §5.2.4)."""
    path, mark, query = path.partition("?")
    kept: list[str] = []
    segments = path.split("/")[1:]
    for number, segment in enumerate(segments):
        plain = segment.lower().replace("%2e", ".")
        last = number == len(segments) - 1
        if plain == "..":
            if kept:
                kept.pop()
            if last:
                kept.append("")
        elif plain == ".":
            if last:
                kept.append("")
        else:
            kept.append(segment)
    return "/" + "/".join(kept) + mark + query


@lru_cache(maxsize=4096)
def _host_and_port(text: str, default: int) -> tuple[str, int]:
    if text.startswith("["):
        host, bracket, after = text[1:].partition("]")
        if not bracket or (after and not after.startswith(":")):
            raise InvalidUrlError("the IPv6 address is not closed")
        from ipaddress import AddressValueError, IPv6Address

        try:
            return str(IPv6Address(host.partition("%")[0])), _port(after[1:], default)
        except AddressValueError as error:
            raise InvalidUrlError(f"not an IPv6 address: {host}") from error
    host, colon, port = text.partition(":")
    return _ascii_host(host), _port(port, default) if colon else default


def _port(text: str, default: int) -> int:
    if not text:
        return default
    if not (text.isascii() and text.isdigit()) or int(text[:9]) > 65535 or len(text) > 8:
        raise InvalidUrlError(f"not a port: {text[:20]}")
    return int(text)


def _ascii_host(host: str) -> str:
    """The host as it is looked up: unescaped, in IDNA, an IPv4 number in dotted form."""
    if "%" in host:
        from urllib.parse import unquote_to_bytes

        try:
            host = unquote_to_bytes(host).decode("utf-8")
        except UnicodeDecodeError as error:
            raise InvalidUrlError("the host name is not UTF-8") from error
    if not host.isascii():
        host = _idna(host)
    host = host.lower()
    if not host or host == "." or _HOST_FORBIDDEN.search(host):
        raise InvalidUrlError("no host name" if not host else f"not a host name: {host[:80]}")
    address = dotted(host)
    if address is not None:
        return address
    labels = host.removesuffix(".").split(".")
    if not all(labels) or len(host) > 254 or any(len(label) > 63 for label in labels):
        raise InvalidUrlError(f"not a host name: {host[:80]}")
    return host


def _idna(host: str) -> str:
    import idna

    try:
        return idna.encode(host, uts46=True, transitional=False).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        pass
    # What UTS 46 maps to plain ASCII (full-width digits, ideographic stops) is no label to
    # be checked; names with emoji are in use though IDNA 2008 does not allow them.
    try:
        mapped = idna.uts46_remap(host, std3_rules=False, transitional=False)
        return ".".join(
            label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii")
            for label in mapped.split(".")
        )
    except (idna.IDNAError, UnicodeError) as error:
        raise InvalidUrlError(f"not a host name: {host[:80]}") from error


def join(base: str, location: str) -> str:
    """The absolute URL that a Location means (RFC 9110 §10.2.2); InvalidUrlError if none.

    The result may have a scheme that is not ours.
    """
    location = _LINE_BREAKS.sub("", location.strip(_SPACE_AROUND))
    match = _SCHEME.match(location)
    if match and match[1].lower() not in _PORTS:
        return location
    if match and not location[match.end() :].startswith(_TWO_SLASHES):
        rest = location[match.end() :]
        if base.startswith(match[0].lower()):  # as if the scheme were not there
            location, match = rest, None
        else:
            location = f"{match[0]}//{rest}"
    head, mark, fragment = location.partition("#")
    if match or head.startswith(_TWO_SLASHES):
        full = head if match else f"{base.partition(':')[0]}:{head}"
        return full.replace("\\", "/") + mark + fragment
    path, question, query = head.partition("?")
    try:
        joined = urljoin(base.partition("#")[0], path.replace("\\", "/"))
    except ValueError as error:
        raise InvalidUrlError(f"not a URL: {location[:200]}") from error
    if question:
        joined = joined.partition("?")[0] + "?" + query
    elif not path:
        joined = base.partition("#")[0]
    return joined + mark + fragment


def fragment_of(url: str) -> str | None:
    """The fragment as written; None where there is no ``#``."""
    _, mark, fragment = url.partition("#")
    return fragment if mark else None


def with_fragment(url: str, fragment: str | None) -> str:
    """The URL with that fragment."""
    return f"{url}#{fragment}" if fragment else url


def scheme_of(url: str) -> str:
    """The scheme in lower case; empty where there is none."""
    match = _SCHEME.match(url)
    return match[1].lower() if match else ""
