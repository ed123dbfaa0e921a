"""How one host is asked: the settings of its lane, and the header lines of each request."""

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

from linters import HOMEPAGE, __version__
from linters.model.settings import LaneSettings, LinkSettings

_Value = TypeVar("_Value")
USER_AGENT = f"articlelint/{__version__} (+{HOMEPAGE})"
_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_FIELD_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_OURS = frozenset({"host", "connection", "content-length", "transfer-encoding", "upgrade", "te"})


@dataclass(frozen=True, slots=True)
class Manners:
    """The settings of one lane; seconds, bytes and counts.

    ``general`` are the header lines of every request, ``own`` those that only the host itself
    gets. ``conditions`` is a digest of all that shapes the answers.
    """

    timeout: float
    retries: int
    max_wait: float
    max_body: int
    ceiling: int
    interval: float
    general: str
    own: str
    conditions: str


def manners_for(
    host: str,
    settings: LinkSettings,
    allow_env: frozenset[str],
    environment: Mapping[str, str] | None = None,
) -> Manners:
    """The settings for a host: those of its own entry, of a glob that matches, of all."""
    lane = entry_for(host, settings.hosts)

    agent = _pick(lane.user_agent, settings.user_agent) or USER_AGENT
    general = {
        "User-Agent": agent,
        "Accept": _ACCEPT,
        "Accept-Language": "en-US,en;q=0.9,*;q=0.5",
        "Accept-Encoding": "gzip, deflate, br, zstd",
    }
    own = _expanded(lane.headers, allow_env, os.environ if environment is None else environment)
    given = {name.lower() for name in own}
    lines = _lines({name: value for name, value in general.items() if name.lower() not in given})
    shape: list[object] = [settings.timeout, settings.max_body, settings.retries]
    shape += [settings.max_wait, settings.ca_files, agent, lane.timeout, lane.retries]
    shape += [lane.max_wait, lane.max_body, dict(lane.headers), sorted(own), settings.fragments]
    digest = hashlib.sha256(json.dumps(shape, sort_keys=True).encode()).hexdigest()[:16]
    return Manners(
        timeout=_pick(lane.timeout, settings.timeout),
        retries=_pick(lane.retries, settings.retries),
        max_wait=_pick(lane.max_wait, settings.max_wait),
        max_body=_pick(lane.max_body, settings.max_body),
        ceiling=max(1, _pick(lane.host_concurrency, settings.host_concurrency)),
        interval=_pick(lane.interval, settings.interval),
        general=lines,
        own=_lines(own),
        conditions=digest,
    )


def _pick(own: _Value | None, shared: _Value) -> _Value:
    return shared if own is None else own


def entry_for(host: str, hosts: Mapping[str, LaneSettings]) -> LaneSettings:
    """The settings of a host's own entry, of the first glob that matches, or none."""
    if host in hosts:
        return hosts[host]
    for name, lane in hosts.items():
        if fnmatchcase(host, name.lower()):
            return lane
    return LaneSettings()


def _expanded(
    headers: Mapping[str, str], allow_env: frozenset[str], environment: Mapping[str, str]
) -> dict[str, str]:
    """The configured headers with their variables; one that needs a variable which is not
    allowed, or not set, is left out."""
    found = {}
    for name, value in headers.items():
        names = _VARIABLE.findall(value)
        if any(one not in allow_env or one not in environment for one in names):
            continue
        if name.lower() not in _OURS:
            found[name] = _VARIABLE.sub(lambda match: environment[match[1]], value)
    return found


def _lines(fields: Mapping[str, str]) -> str:
    lines = []
    for name, value in fields.items():
        text = "".join(c for c in value.strip() if c == "\t" or 0x20 <= ord(c) <= 0xFF)
        if _FIELD_NAME.fullmatch(name):
            lines.append(f"{name}: {text}\r\n")
    return "".join(lines)


def credentials(userinfo: str | None) -> str:
    """The header line of a URL's user info (RFC 7617); empty for none."""
    if userinfo is None:
        return ""
    user, _, password = userinfo.partition(":")
    plain = unquote_to_bytes(user) + b":" + unquote_to_bytes(password)
    return f"Authorization: Basic {base64.b64encode(plain).decode()}\r\n"
