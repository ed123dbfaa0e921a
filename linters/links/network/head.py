"""Status and headers of one answer, however it was read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Head:
    """Status and headers of one answer; names in lower case, in the order they came."""

    status: int
    phrase: str
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


def fields(raw: Iterable[tuple[bytes, bytes]]) -> tuple[tuple[str, str], ...]:
    """Header fields as text: UTF-8, else Latin-1; a Location that is not UTF-8 is
    percent-encoded byte by byte, as browsers do."""
    found = []
    for raw_name, raw_value in raw:
        name = raw_name.decode("latin-1").strip().lower()
        value = raw_value.strip(b" \t\r\0")
        try:
            text = value.decode("utf-8")
        except UnicodeDecodeError:
            if name == "location":
                text = "".join(chr(byte) if byte < 0x80 else f"%{byte:02X}" for byte in value)
            else:
                text = value.decode("latin-1")
        if name:
            found.append((name, text))
    return tuple(found)
