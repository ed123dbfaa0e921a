"""Reads XML from other tools within bounds: no entities, no network, limited depth and size.

Expat is used directly, because it reports declarations before it acts on them. The only
declaration that is accepted is a document type without an internal subset, as TMX has one;
its DTD is never opened.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NoReturn, Protocol
from xml.parsers import expat

from linters.model.errors import UserError

MAX_BYTES = 1024 * 1024 * 1024
"""Bytes of a file."""
MAX_TOKEN = 16 * 1024 * 1024
"""Bytes of one tag or comment, which Expat keeps in memory."""
MAX_DEPTH = 100
"""Elements inside one another; exported files have at most a dozen and their inline codes."""
MAX_TEXT = 1_000_000
"""Code points of one translation unit."""
_CHUNK = 64 * 1024
_SEPARATOR = " "


class Handler(Protocol):
    """Receives the elements of a document."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element starts; names in a namespace are ``NAMESPACE NAME``."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Character data."""


def read_xml(file: Path, handler: Handler) -> Iterator[None]:
    """Parse a file in chunks; yields after each. UserError if it is not acceptable XML."""
    parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
    parser.buffer_text = True
    depth = 0

    def start(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            _refuse(file, f"more than {MAX_DEPTH} nested elements", parser)
        handler.start(name, attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        handler.end(name)

    def doctype(name: str, system: str | None, public: str | None, has_subset: int) -> None:
        if has_subset:
            _refuse(file, "document type with an internal subset", parser)

    def declaration(*_: object) -> int:
        _refuse(file, "entity declaration", parser)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = doctype
    parser.EntityDeclHandler = declaration
    parser.ExternalEntityRefHandler = declaration
    total = 0
    try:
        with file.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                total += len(chunk)
                if total > MAX_BYTES:
                    _refuse(file, f"larger than {MAX_BYTES:,} bytes", parser)
                parser.Parse(chunk, False)
                if total - parser.CurrentByteIndex > MAX_TOKEN:
                    _refuse(file, f"tag or comment of more than {MAX_TOKEN:,} bytes", parser)
                yield
            parser.Parse(b"", True)
            yield
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        place = f"{error.lineno}:{error.offset + 1}"
        raise UserError(f"{file}:{place}: invalid XML: {reason}") from error
    except (OSError, ValueError, LookupError) as error:  # also an encoding that cannot be used
        reason = getattr(error, "strerror", None) or str(error)
        raise UserError(f"{file}: cannot be read: {reason}") from error


def _refuse(file: Path, what: str, parser: expat.XMLParserType) -> NoReturn:
    raise UserError(f"{file}:{parser.CurrentLineNumber}: {what}: not accepted")
