"""Reads translation units from XLIFF 2 and TMX files that ``export`` wrote and a tool edited."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from linters.localization.exchange.xml_reader import MAX_TEXT, read_xml
from linters.model.errors import UserError
from linters.model.finding import Position

_XLIFF = "urn:oasis:names:tc:xliff:document:2.0"
_XML_LANG = "http://www.w3.org/XML/1998/namespace lang"
_PLACE = re.compile(r"([0-9]{1,9}):([0-9]{1,9})", re.ASCII)


@dataclass(frozen=True, slots=True)
class ReadUnit:
    """One unit of a file; None for what the file does not have.

    ``problem`` says why the target cannot be used.
    """

    path: str
    id: str
    place: Position | None
    source: str | None
    target: str | None
    problem: str | None = None


def read_units(file: Path) -> Iterator[ReadUnit]:
    """The units of an XLIFF or TMX file, in order. UserError if the file is neither."""
    handler = _UnitHandler(file)
    for _ in read_xml(file, handler):
        yield from handler.finished
        handler.finished.clear()
    if not handler.known:
        raise UserError(f"{file}: neither XLIFF 2 nor TMX")


@dataclass(slots=True)
class _Raw:
    """The parts of one unit as they are read."""

    path: str = ""
    id: str = ""
    place: str = ""
    source_language: str = ""
    texts: list[tuple[str, str]] = field(default_factory=list)
    data: dict[str, str] = field(default_factory=dict)
    problem: str | None = None
    size: int = 0


class _UnitHandler:
    """Collects units; ``finished`` are those read since it was last cleared."""

    def __init__(self, file: Path) -> None:
        self.finished: list[ReadUnit] = []
        self.known = False
        self._file = file
        self._format = ""
        self._path = ""
        self._source_language = ""
        self._unit: _Raw | None = None
        self._names: list[str] = []
        self._pieces: list[str] | None = None
        self._kind = ""
        self._closers: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if not self._names:
            self._root(name, attributes)
        self._names.append(name)
        local = self._local(name)
        if local is None:
            return
        unit = self._unit
        if local == "file":
            self._path = attributes.get("original", "")
        elif local == "header":
            self._source_language = attributes.get("srclang", "")
        elif local in ("unit", "tu") and unit is None:
            self._unit = _Raw(path=self._path if self._format == "xliff" else "")
            self._unit.id = attributes.get("name" if local == "unit" else "tuid", "")
            self._unit.source_language = attributes.get("srclang", self._source_language)
        elif unit is None:
            return
        elif self._pieces is not None:
            self._inline(unit, local, attributes)
        elif local in ("source", "target", "seg", "data", "note", "prop"):
            self._pieces = []
            key = {"data": "id", "note": "category", "prop": "type"}.get(local)
            self._kind = attributes.get(key, "") if key else self._kind
            self._closers = []
        elif local == "tuv":
            self._kind = attributes.get(_XML_LANG, attributes.get("lang", ""))

    def end(self, name: str) -> None:
        self._names.pop()
        local = self._local(name)
        unit = self._unit
        if local is None or unit is None:
            return
        if local in ("source", "target", "seg", "data", "note", "prop"):
            text = "".join(self._pieces or ())
            self._pieces = None
            self._store(unit, local, text)
        elif local == "pc" and self._pieces is not None:
            self._pieces.append(self._closers.pop())
        elif local in ("unit", "tu"):
            self.known = True
            self.finished.append(_unit(unit, self._format))
            self._unit = None

    def text(self, text: str) -> None:
        unit = self._unit
        if unit is None or self._pieces is None:
            return
        unit.size += len(text)
        if unit.size > MAX_TEXT:
            raise UserError(f"{self._file}: unit {unit.id!r} has more than {MAX_TEXT:,} characters")
        if self._local(self._names[-1]) is not None:
            self._pieces.append(text)

    def _root(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == f"{_XLIFF} xliff":
            self._format = "xliff"
        elif name == "tmx":
            self._format = "tmx"
        elif name.rpartition(" ")[2] == "xliff":
            version = attributes.get("version", "unknown")
            raise UserError(f"{self._file}: XLIFF version {version}, expected version 2")
        else:
            raise UserError(f"{self._file}: neither XLIFF 2 nor TMX")
        self.known = True

    def _local(self, name: str) -> str | None:
        """The name of an element of the format; None for elements of other namespaces."""
        namespace, _, local = name.rpartition(" ")
        return local if namespace == (_XLIFF if self._format == "xliff" else "") else None

    def _inline(self, unit: _Raw, local: str, attributes: Mapping[str, str]) -> None:
        """The text of an inline element of XLIFF; in TMX it is the element's own content."""
        pieces = self._pieces
        if self._format != "xliff" or pieces is None:
            return
        if local == "cp":
            pieces.append(_character(attributes.get("hex", "")))
        elif local == "pc":
            pieces.append(self._reference(unit, attributes.get("dataRefStart")))
            self._closers.append(self._reference(unit, attributes.get("dataRefEnd")))
        elif local in ("ph", "sc", "ec"):
            pieces.append(self._reference(unit, attributes.get("dataRef")))

    def _reference(self, unit: _Raw, reference: str | None) -> str:
        text = unit.data.get(reference or "")
        if text is None:
            unit.problem = unit.problem or "an inline code has no original data"
            return ""
        unit.size += len(text)
        if unit.size > MAX_TEXT:
            raise UserError(f"{self._file}: unit {unit.id!r} has more than {MAX_TEXT:,} characters")
        return text

    def _store(self, unit: _Raw, local: str, text: str) -> None:
        if local == "data":
            unit.data[self._kind] = text
        elif (local, self._kind) in (("note", "place"), ("prop", "x-place")):
            unit.place = text
        elif (local, self._kind) == ("prop", "x-file"):
            unit.path = text
        elif local in ("source", "target"):
            unit.texts.append((local, text))
        elif local == "seg":
            unit.texts.append((self._kind, text))


def _unit(raw: _Raw, kind: str) -> ReadUnit:
    if kind == "xliff":
        sides = {
            side: "".join(text for name, text in raw.texts if name == side)
            for side in {name for name, _ in raw.texts}
        }
        source, target = sides.get("source"), sides.get("target")
    else:
        source, target = _variants(raw)
    match = _PLACE.fullmatch(raw.place.strip())
    place = Position(int(match[1]), int(match[2])) if match else None
    return ReadUnit(raw.path, raw.id, place, source, target, raw.problem)


def _variants(raw: _Raw) -> tuple[str | None, str | None]:
    """The source and target of a TMX unit: the variant in the source language, and the other."""
    wanted = raw.source_language.casefold()
    index = next(
        (at for at, (language, _) in enumerate(raw.texts) if language.casefold() == wanted), 0
    )
    targets = [text for at, (_, text) in enumerate(raw.texts) if at != index]
    if len(targets) > 1:
        raw.problem = raw.problem or "the unit has several targets"
    source = raw.texts[index][1] if raw.texts else None
    return source, targets[0] if targets else None


def _character(code: str) -> str:
    """The character of ``<cp hex="…"/>``; U+FFFD if it is not a code point."""
    try:
        number = int(code, 16)
        return chr(number) if len(code) <= 6 else "\ufffd"
    except (ValueError, OverflowError):
        return "\ufffd"
