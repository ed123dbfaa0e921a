"""The cookies of one chain of redirects (RFC 6265, as far as one chain can need)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from linters.links.network.urls import Target

_MAX_COOKIES = 64
_MAX_BYTES = 16 * 1024


@dataclass(frozen=True, slots=True)
class Cookie:
    """One cookie: ``domain`` with a leading dot where subdomains get it too, at the port (and
    under the scheme) of the origin that set it."""

    name: str
    value: str
    domain: str
    path: str
    secure: bool
    scheme: str
    port: int

    def serves(self, target: Target) -> bool:
        """Whether a request to this target carries the cookie (RFC 6265 §5.4); stricter than
        there, it does not go to another port or scheme."""
        host = target.host
        if (target.scheme, target.port) != (self.scheme, self.port):
            return False
        bare = self.domain.lstrip(".")
        if host != bare and not (self.domain.startswith(".") and host.endswith(self.domain)):
            return False
        path = target.path.partition("?")[0]
        below = self.path if self.path.endswith("/") else self.path + "/"
        if path != self.path and not path.startswith(below):
            return False
        return target.scheme == "https" or not self.secure


@dataclass(slots=True)
class Jar:
    """Cookies by name, domain and path; born empty with each link."""

    _cookies: dict[tuple[str, str, str], Cookie] = field(default_factory=dict)

    def take(self, target: Target, lines: Iterable[str]) -> None:
        """Keep what the Set-Cookie lines of an answer set; what they expire goes."""
        for line in lines:
            cookie, expired = _read(target, line)
            if cookie is None:
                continue
            key = (cookie.name, cookie.domain, cookie.path)
            self._cookies.pop(key, None)
            if not expired and len(self._cookies) < _MAX_COOKIES:
                self._cookies[key] = cookie

    def header(self, target: Target) -> str:
        """The Cookie header's value for a request; empty for none."""
        found = [cookie for cookie in self._cookies.values() if cookie.serves(target)]
        found.sort(key=lambda cookie: -len(cookie.path))
        text = "; ".join(f"{one.name}={one.value}" if one.name else one.value for one in found)
        return text if len(text) <= _MAX_BYTES else ""


def _read(target: Target, line: str) -> tuple[Cookie | None, bool]:
    first, *rest = line.split(";")
    name, equals, value = first.partition("=")
    if not equals:
        name, value = "", name
    name, value = name.strip(), value.strip()
    attributes = {}
    for part in rest:
        key, _, text = part.partition("=")
        attributes[key.strip().lower()] = text.strip()
    domain = attributes.get("domain", "").lstrip(".").lower()
    host = target.host
    # A browser consults the public suffix list; a single label is never shared.
    foreign = not host.endswith("." + domain) or "." not in domain or host[-1:].isdigit()
    if domain and domain != host and foreign:
        return None, False
    path = attributes.get("path", "")
    if not path.startswith("/"):
        path = target.path.partition("?")[0].rpartition("/")[0] or "/"
    expired = _expired(attributes)
    unsafe = any(ord(character) < 0x20 or ord(character) > 0xFF for character in name + value)
    if (not name and not value) or unsafe:
        return None, False
    made = Cookie(
        name=name,
        value=value,
        domain=f".{domain}" if domain else host,
        path=path,
        secure="secure" in attributes,
        scheme=target.scheme,
        port=target.port,
    )
    return made, expired


def _expired(attributes: dict[str, str]) -> bool:
    age = attributes.get("max-age", "")
    if age.lstrip("-").isdigit():
        return int(age[:12]) <= 0
    if "expires" in attributes:
        from linters.links.network.dates import seconds_until

        left = seconds_until(attributes["expires"])
        return left is not None and left <= 0
    return False
