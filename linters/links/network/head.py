"""The head of an HTTP/1 answer, read as leniently as browsers do."""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_HEAD = 64 * 1024
_STATUS_LINE = re.compile(
    rb".{0,4}?HTTP(?:/(\d+)(?:\.(\d+))?)?[ \t]+(\d{3})(?![0-9])(.*)", re.IGNORECASE | re.DOTALL
)
_BLANK_LINE = re.compile(rb"\n\r?\n")


class HeadError(ValueError):
    """What came is no HTTP answer: what is wrong, in words."""


class ContradictionError(HeadError):
    """It is HTTP, and contradicts itself."""


@dataclass(frozen=True, slots=True)
class Head:
    """Status and headers of one answer; names in lower case, in the order they came."""

    status: int
    phrase: str
    version: tuple[int, int]
    headers: tuple[tuple[str, str], ...]

    def get(self, name: str) -> str | None:
        """The first header of that lower-case name."""
        for known, value in self.headers:
            if known == name:
                return value
        return None

    def all(self, name: str) -> list[str]:
        """Every header of that lower-case name."""
        return [value for known, value in self.headers if known == name]

    def tokens(self, name: str) -> list[str]:
        """The comma-separated members of a header, in lower case."""
        return [
            token
            for value in self.all(name)
            for part in value.split(",")
            if (token := part.strip().lower())
        ]


def end_of_head(data: bytes | bytearray) -> int:
    """The offset behind the blank line that ends a head; -1 while it has not come."""
    at = data.find(b"\r\n\r\n")
    if at >= 0 and data.find(b"\n\n", 0, at) < 0:
        return at + 4
    skipped = len(data) - len(data.lstrip(b"\r\n"))
    match = _BLANK_LINE.search(data, skipped)
    return match.end() if match else -1


def cannot_be_http(data: bytes | bytearray) -> bool:
    """Whether the first bytes of an answer show already that it is not HTTP."""
    start = bytes(data[:64]).lstrip(b"\r\n")
    return len(start) >= 8 and b"HTTP" not in start[:8].upper()


def is_http2(data: bytes | bytearray) -> bool:
    """Whether an answer begins as HTTP/2 does: a SETTINGS frame on stream 0 (RFC 9113 §3.4)."""
    return len(data) >= 9 and data[0] == 0 and data[3] == 4 and not any(data[5:9])


def parse_head(data: bytes) -> Head:
    """Read the head up to and with its blank line; HeadError when it is none.

    Lines end with LF, a CR before it is dropped; folded lines are joined; lines without a
    colon are passed over (RFC 9112 §2.2 and §5, Fetch).
    """
    lines = data.lstrip(b"\r\n").split(b"\n")
    match = _STATUS_LINE.fullmatch(lines[0].rstrip(b"\r"))
    if match is None:
        raise HeadError("the answer is not HTTP: " + _shown(lines[0]))
    version = (int(match[1] or 1), int(match[2] or 0))
    headers: list[tuple[str, str]] = []
    for line in lines[1:]:
        line = line.rstrip(b"\r")
        if line[:1] in (b" ", b"\t") and headers:
            name, value = headers[-1]
            headers[-1] = (name, f"{value} {_text(line.strip())}".strip())
            continue
        raw, colon, rest = line.partition(b":")
        if colon and (name := raw.strip().lower().decode("latin-1")):
            said = rest.strip(b" \t\r\0")
            headers.append((name, _url(said) if name == "location" else _text(said)))
    return Head(int(match[3]), _text(match[4].strip()), version, tuple(headers))


def _url(data: bytes) -> str:
    """A URL's bytes; what is not UTF-8 is percent-encoded as it is, as browsers do."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return "".join(chr(byte) if byte < 0x80 else f"%{byte:02X}" for byte in data)


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _shown(data: bytes) -> str:
    text = data[:40].decode("latin-1")
    return "".join(character if character.isprintable() else "�" for character in text)


def content_length(head: Head) -> int | None:
    """The length of the content; None where there is none, or none that could be meant.

    ContradictionError when several differ (RFC 9112 §6.3: the answer must be rejected).
    """
    values = set(head.tokens("content-length"))
    numbers = {int(value[:18]) for value in values if value.isascii() and value.isdigit()}
    if len(numbers) > 1:
        raise ContradictionError("several different Content-Length headers")
    return numbers.pop() if len(values) == 1 and numbers else None
