"""Bare URLs and e-mail addresses: GFM's extended autolinks (GFM 6.9)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from linters.links.facts import Use
from linters.links.markdown_destination import unescape
from linters.links.scanned_link import ScannedLink
from linters.links.url_kind import is_web_url
from linters.model.link import Syntax

_START = re.compile(r"(?<![A-Za-z0-9])(?:(?:https?|ftp)://|www\.)|@", re.IGNORECASE)
# GFM ends a URL at white space and "<". Prose in Chinese and Japanese puts no space after a
# URL, so its punctuation and fullwidth forms end it as well; so does the end of a code span
# or of strong emphasis.
_STOP = re.compile(r"[\s<`\x00-\x1f\u3000-\u303f\uff01-\uff65\uffe0-\uffe6]|\*\*|&[gl]t;")
_HOST = re.compile(r"[^\s/?#:@<>\[\](){}|\\^`\"*“”‘’«»…]+")
_ENTITY = re.compile(r"&[A-Za-z0-9]+;\Z")
_LOCAL = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._+-")
_MAIL_DOMAIN = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+")
_TRAILING = "?!.,:*_~'\"”’»…"
_LOCAL_LIMIT = 320
_HOST_LIMIT = 1000
_BALANCE_LIMIT = 2000


class BareUrls:
    """Finds the bare URLs of one text, front to back."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._stop = 0

    def between(self, start: int, stop: int, limit: int) -> Iterator[ScannedLink]:
        """The bare URLs that begin between two offsets and end before ``limit``."""
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
        """The next character that ends a URL; each is searched for once."""
        if self._stop <= start:
            stop = _STOP.search(self._text, start)
            self._stop = stop.start() if stop else len(self._text)
        return self._stop


def _url(text: str, start: int, stop: int) -> ScannedLink | None:
    scheme = text.find("://", start, min(stop, start + 8)) - start
    if scheme < 0:
        if start and not (text[start - 1].isspace() or text[start - 1] in "*_~("):
            return None
        host_start = start
    else:
        host_start = start + scheme + 3
    if text[max(0, start - 2) : start] == "__":
        closer = text.find("__", start, stop)
        stop = closer if closer > 0 else stop
    end = _trim(text, start, stop)
    host = _HOST.match(text, host_start, min(end, host_start + _HOST_LIMIT))
    if host is None or not _is_domain(host[0], dots=0 if scheme > 0 else 1):
        return None
    url = unescape_entities(text[start:end])
    absolute = url if scheme > 0 else f"http://{url}"
    if not is_web_url(absolute):
        return None
    return ScannedLink(url, start, end, Syntax.BARE, Use.LINK)


def _is_domain(host: str, dots: int) -> bool:
    """Whether GFM accepts a host: enough dots, and no underscore in the last two labels."""
    labels = host.split(".")
    return len(labels) > dots and not any("_" in label for label in labels[-2:])


def _trim(text: str, start: int, end: int) -> int:
    """The end of a URL without the punctuation of the sentence around it."""
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
    """A URL with its character references decoded; backslashes stay."""
    if "&" not in text:
        return text
    return unescape(text.replace("\\", "\\\\"))


def _mail(text: str, at: int, limit: int) -> ScannedLink | None:
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
    return ScannedLink(text[start:end], start, end, Syntax.BARE, Use.LINK)
