"""Bare URLs and e-mail addresses: GFM's extended autolinks (GFM 6.9)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from linters.links.markdown_destination import unescape

_START = re.compile(r"(?<![A-Za-z0-9])(?:https?://|www\.)|@", re.IGNORECASE)
_STOP = re.compile(r"[\s<\x00-\x1f]")
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*")
_ENTITY = re.compile(r"&[A-Za-z0-9]+;\Z")
_LOCAL = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._+-")
_MAIL_DOMAIN = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+")
_TRAILING = "?!.,:*_~'\""
_LOCAL_LIMIT = 320
_HOST_LIMIT = 1000
_BALANCE_LIMIT = 2000


class Bare(NamedTuple):
    """A bare URL in a text: what is asked, what stands there, and where."""

    url: str
    start: int
    end: int


class BareUrls:
    """Finds the bare URLs of one text, front to back."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._stop = 0

    def between(self, start: int, stop: int, limit: int) -> Iterator[Bare]:
        """The bare URLs that begin between two offsets; none reaches over ``limit``."""
        position = start
        while match := _START.search(self._text, position, stop):
            position = match.end()
            found = (
                _mail(self._text, match.start(), limit)
                if match[0] == "@"
                else _url(self._text, match.start(), min(limit, self._stop_after(match.start())))
            )
            if found is not None:
                yield found
                position = max(position, found.end)

    def _stop_after(self, start: int) -> int:
        """Where something that no URL has in it stands next; looked for once."""
        if self._stop <= start:
            stop = _STOP.search(self._text, start)
            self._stop = stop.start() if stop else len(self._text)
        return self._stop


def _url(text: str, start: int, stop: int) -> Bare | None:
    scheme = text[start : start + 4].lower() == "http"
    if not scheme and start and not (text[start - 1].isspace() or text[start - 1] in "*_~("):
        return None
    end = _trim(text, start, stop)
    host_start = text.find("://", start, min(end, start + 8)) + 3 if scheme else start
    if host_start < start + 3 and scheme:
        return None
    host = _DOMAIN.match(text, host_start, min(end, host_start + _HOST_LIMIT))
    if host is None or not _is_domain(host[0], dots=0 if scheme else 1):
        return None
    return Bare(unescape_entities(text[start:end]), start, end)


def _is_domain(host: str, dots: int) -> bool:
    """Whether GFM takes it: no underscore in the last two segments, and enough dots."""
    segments = host.split(".")
    return len(segments) > dots and not any("_" in segment for segment in segments[-2:])


def _trim(text: str, start: int, end: int) -> int:
    """Without what is punctuation of the sentence rather than of the URL."""
    first = max(start, end - _BALANCE_LIMIT)
    depth = text.count("(", first, end) - text.count(")", first, end)
    brackets = text.count("[", first, end) - text.count("]", first, end)
    while end > start:
        last = text[end - 1]
        if last in _TRAILING:
            end -= 1
        elif last == ")" and depth < 0:
            depth += 1
            end -= 1
        elif last == ";":
            entity = _ENTITY.search(text, max(start, end - 50), end)
            end = entity.start() if entity else end - 1
        elif last == "]" and brackets < 0:
            brackets += 1
            end -= 1
        else:
            break
    return end


def unescape_entities(text: str) -> str:
    """A URL with its character references decoded; backslashes are no escapes here."""
    if "&" not in text:
        return text
    return unescape(text.replace("\\", "\\\\"))


def _mail(text: str, at: int, limit: int) -> Bare | None:
    start = at
    while start and at - start < _LOCAL_LIMIT and text[start - 1] in _LOCAL:
        start -= 1
    domain = _MAIL_DOMAIN.match(text, at + 1, min(limit, at + 1 + _HOST_LIMIT))
    if start == at or domain is None:
        return None
    if text[max(0, start - 7) : start].lower() == "mailto:":
        start -= 7
    end = domain.end()
    while text[end - 1] == ".":
        end -= 1
    if text[end - 1] in "-_" or "." not in text[at + 1 : end]:
        return None
    return Bare(text[start:end], start, end)
