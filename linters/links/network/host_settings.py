"""How one host is asked: its settings, and the header fields of each request."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TypeVar
from urllib.parse import unquote_to_bytes

from multidict import CIMultiDict

from linters import HOMEPAGE, __version__
from linters.links.web.urls import Target
from linters.model.settings import HostOverrides, LinkSettings

Fields = tuple[tuple[str, str], ...]

_Value = TypeVar("_Value")
USER_AGENT = f"articlelint/{__version__} (+{HOMEPAGE})"
_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_FIELD_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_OURS = frozenset({"host", "connection", "content-length", "transfer-encoding", "upgrade", "te"})


@dataclass(frozen=True, slots=True)
class HostSettings:
    """The settings for one host; seconds, bytes and counts.

    ``general`` are the header fields of every request, ``own`` those that only the host itself
    gets, ``secret`` those of them that have variables in them. ``conditions`` is a digest of all
    that shapes the answers.
    """

    timeout: float
    retries: int
    max_wait: float
    max_body: int
    ceiling: int
    interval: float
    general: CIMultiDict[str]
    own: Fields
    secret: Fields
    conditions: str

    def own_fields(self, target: Target) -> Fields:
        """The host's own fields for a target: those with variables in them only over TLS, and
        only to the port of https, because another one may be another person's server."""
        safe = target.scheme == "https" and target.port == 443
        return self.own + self.secret if safe else self.own


def settings_for(
    host: str,
    settings: LinkSettings,
    allow_env: frozenset[str],
    environment: Mapping[str, str] | None = None,
) -> HostSettings:
    """The settings for a host: those of its own entry, of a glob that matches, of all."""
    overrides = entry_for(host, settings.hosts)

    agent = _pick(overrides.user_agent, settings.user_agent) or USER_AGENT
    general = {
        "User-Agent": agent,
        "Accept": _ACCEPT,
        "Accept-Language": "en-US,en;q=0.9,*;q=0.5",
        "Accept-Encoding": "gzip, deflate, br, zstd",
    }
    own = {name: value for name, value in overrides.headers.items() if not _VARIABLE.search(value)}
    secret = {name: value for name, value in overrides.headers.items() if name not in own}
    secret = _expanded(secret, allow_env, os.environ if environment is None else environment)
    given = {name.lower() for name in own}
    shape: list[object] = [settings.timeout, settings.max_body, settings.retries]
    shape += [settings.max_wait, settings.ca_files, agent, overrides.timeout, overrides.retries]
    shape += [overrides.max_wait, overrides.max_body, dict(overrides.headers), sorted(secret)]
    shape.append(settings.fragments)
    digest = hashlib.sha256(json.dumps(shape, sort_keys=True).encode()).hexdigest()[:16]
    return HostSettings(
        timeout=_pick(overrides.timeout, settings.timeout),
        retries=_pick(overrides.retries, settings.retries),
        max_wait=_pick(overrides.max_wait, settings.max_wait),
        max_body=_pick(overrides.max_body, settings.max_body),
        ceiling=max(1, _pick(overrides.host_concurrency, settings.host_concurrency)),
        interval=_pick(overrides.interval, settings.interval),
        general=CIMultiDict(
            _fields({name: value for name, value in general.items() if name.lower() not in given})
        ),
        own=_fields(own),
        secret=_fields(secret),
        conditions=digest,
    )


def _pick(own: _Value | None, shared: _Value) -> _Value:
    return shared if own is None else own


def entry_for(host: str, hosts: Mapping[str, HostOverrides]) -> HostOverrides:
    """The settings of a host's own entry, of the first glob that matches, or none."""
    if host in hosts:
        return hosts[host]
    for name, overrides in hosts.items():
        if fnmatchcase(host, name.lower()):
            return overrides
    return HostOverrides()


def _expanded(
    headers: Mapping[str, str], allow_env: frozenset[str], environment: Mapping[str, str]
) -> dict[str, str]:
    """The configured headers with their variables; one that needs a variable which is not
    allowed, or not set, is left out."""
    found = {}
    for name, value in headers.items():
        names = _VARIABLE.findall(value)
        if any(name not in allow_env or name not in environment for name in names):
            continue
        found[name] = _VARIABLE.sub(lambda match: environment[match[1]], value)
    return found


def _fields(given: Mapping[str, str]) -> Fields:
    found = []
    for name, value in given.items():
        text = "".join(c for c in value.strip() if c == "\t" or 0x20 <= ord(c) <= 0xFF)
        if _FIELD_NAME.fullmatch(name) and name.lower() not in _OURS:
            found.append((name, text))
    return tuple(found)


def credentials(userinfo: str | None) -> Fields:
    """The header field of a URL's user info (RFC 7617); empty for none."""
    if userinfo is None:
        return ()
    user, _, password = userinfo.partition(":")
    plain = unquote_to_bytes(user) + b":" + unquote_to_bytes(password)
    return (("Authorization", f"Basic {base64.b64encode(plain).decode()}"),)
