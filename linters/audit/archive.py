"""Archived copies of broken pages, by the Wayback Machine's availability API.

``GET BASE/wayback/available?url=URL`` answers ``{"archived_snapshots": {"closest":
{"available": true, "url": …, "timestamp": …}}}``, with an empty object where there is none.
A URL that may contain a secret is never sent to the archive.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from urllib.parse import parse_qsl, quote, urlsplit

import msgspec

DEFAULT_ARCHIVE = "https://archive.org"

_SECRET_NAME = re.compile(
    r"(?i)(?:^|[-_.])(?:key|token|secret|sig|signature|pass(?:word|wd)?|pwd|auth|code|session(?:id)?"
    r"|sid|credential|ticket|jwt|sas|otp|nonce|state)s?(?:$|[-_.\d])|apikey|accesskey|authkey"
)
_SECRET_VALUE = re.compile(r"[A-Za-z0-9+/_=.~%-]{20,}")


class _Closest(msgspec.Struct):
    url: str
    available: bool = False


class _Snapshots(msgspec.Struct):
    closest: _Closest | None = None


class _Answer(msgspec.Struct):
    archived_snapshots: _Snapshots


_DECODER = msgspec.json.Decoder(_Answer)


def may_be_sent(url: str) -> bool:
    """Whether a URL contains nothing that looks secret: user info, key, token or long value."""
    try:
        parts = urlsplit(url)
        pairs = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=100)
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or "@" in parts.netloc:
        return False
    return not any(
        _SECRET_NAME.search(name) or _SECRET_VALUE.fullmatch(value) for name, value in pairs
    )


def question(url: str, base: str = DEFAULT_ARCHIVE) -> str:
    """The URL that asks an archive for a copy of a page; the fragment is left out."""
    return f"{base.rstrip('/')}/wayback/available?url={quote(url.partition('#')[0], safe='')}"


def copy_in(body: bytes) -> str | None:
    """The URL of the copy in an archive's answer; None where it has none, or is malformed."""
    try:
        closest = _DECODER.decode(body).archived_snapshots.closest
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    if closest is None or not closest.available:
        return None
    scheme, _, rest = closest.url.partition("://")
    return f"https://{rest}" if scheme in ("http", "https") and rest else None


async def find_copies(
    urls: Iterable[str],
    fetch: Callable[[str], Awaitable[bytes | None]],
    base: str = DEFAULT_ARCHIVE,
) -> Mapping[str, str]:
    """The copies that an archive has, by URL; ``fetch`` gives the body of an answer or None."""
    copies = {}
    for url in urls:
        if may_be_sent(url):
            body = await fetch(question(url, base))
            copy = copy_in(body) if body is not None else None
            if copy is not None:
                copies[url] = copy
    return copies
