"""Status and headers of one answer, however it was read."""

from __future__ import annotations

from email.utils import parsedate_to_datetime

import msgspec
from multidict import CIMultiDict, MultiMapping

from linters.util import clock


class Head(msgspec.Struct, frozen=True, gc=False):
    """Status and headers of one answer, in the order they came."""

    status: int
    phrase: str
    headers: MultiMapping[str]

    def get(self, name: str) -> str | None:
        """The first header of that lower-case name."""
        value = self.headers.get(name)
        return None if value is None else text_of(name, value)

    def all(self, name: str) -> list[str]:
        """Every header of that lower-case name."""
        return [text_of(name, value) for value in self.headers.getall(name, ())]

    def tokens(self, name: str) -> list[str]:
        """The comma-separated members of a header, in lower case."""
        members = (part.strip().lower() for value in self.all(name) for part in value.split(","))
        return [token for token in members if token]


def text_of(name: str, value: str) -> str:
    """The value of a lower-case header as aiohttp gives it, where bytes that are not UTF-8 are
    surrogates: as Latin-1, in a Location percent-encoded byte by byte, as browsers do."""
    value = value.strip(" \t\r\0")
    if value.isascii():
        return value
    raw = value.encode("utf-8", "surrogateescape")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        if name != "location":
            return raw.decode("latin-1")
        return "".join(chr(byte) if byte < 0x80 else f"%{byte:02X}" for byte in raw)


def headers_of(raw: list[tuple[bytes, bytes]]) -> CIMultiDict[str]:
    """Header fields as aiohttp gives them."""
    pairs = ((name.decode("latin-1").strip(), value) for name, value in raw)
    return CIMultiDict(
        (name, value.decode("utf-8", "surrogateescape")) for name, value in pairs if name
    )


def retry_after(text: str | None) -> float | None:
    """The seconds that a Retry-After (RFC 9110 §10.2.3) asks for; None where it says nothing."""
    text = (text or "").strip()
    if text.isascii() and text.replace(".", "", 1).isdigit():
        return float(text[:15])
    try:
        when = parsedate_to_datetime(text.replace("-", " ") if text.count("-") == 2 else text)
        return max(0.0, when.timestamp() - clock.timestamp())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
