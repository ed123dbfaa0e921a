"""XLIFF 2.0: one ``<unit>`` per segment, inline codes as ``<ph>`` and ``<pc>``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from linters.localization.exchange.inline import InlineCode, Part, Side, align, split
from linters.localization.exchange.translation_units import Languages, Unit
from linters.localization.exchange.xmltext import ILLEGAL, attribute, content

_NOT_PLAIN = re.compile(r"[^\w.-]", re.ASCII)
_NOT_NMTOKEN = re.compile(r"[^\w.:-]", re.ASCII)


def write_xliff(units: Iterable[Unit], languages: Languages) -> Iterator[str]:
    """The document in pieces; units are read one at a time and must be grouped by file.

    An XLIFF 2.0 document has a single target language.
    """
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" '
        f"srcLang={attribute(languages.source)} trgLang={attribute(languages.target)}>\n"
    )
    for number, (path, members) in enumerate(groupby(units, lambda unit: unit.path), 1):
        yield f'<file id="f{number}" original={attribute(path)} xml:space="preserve">\n'
        taken: set[str] = set()
        for unit in members:
            yield _unit(unit, _identifier(unit.id, taken))
        yield "</file>\n"
    yield "</xliff>\n"


def _identifier(segment: str, taken: set[str]) -> str:
    """An NMTOKEN that is unique in the file, even if segment ids repeat."""
    base = _NOT_NMTOKEN.sub("_", segment) or "_"
    identifier, count = base, 1
    while identifier in taken:
        count += 1
        identifier = f"{base}.{count}"
    taken.add(identifier)
    return identifier


def _unit(unit: Unit, identifier: str) -> str:
    source, target = split(unit.source), split(unit.target)
    data: dict[str, str] = {}
    source_content = _content(source, {}, data)
    target_content = _content(target, align(source, target), data)
    notes = [("place", f"{unit.place.line}:{unit.place.column}")]
    state = ' state="translated"'
    if unit.state is not None:
        notes.append(("translation-type", unit.state))
        state += f' subState="articlelint:{_NOT_PLAIN.sub("_", unit.state)}"'
    lines = [
        f"<unit id={attribute(identifier)} name={attribute(unit.id)}>",
        "<notes>",
        *(f'<note category="{name}">{content(text)}</note>' for name, text in notes),
        "</notes>",
        *_original_data(data),
        f"<segment{state}>",
        f"<source>{source_content}</source>",
        f"<target>{target_content}</target>",
        "</segment>",
        "</unit>",
    ]
    return "\n".join(lines) + "\n"


def _original_data(data: Mapping[str, str]) -> Iterator[str]:
    if data:
        yield "<originalData>"
        for text, reference in data.items():
            yield f'<data id="{reference}" xml:space="preserve">{_characters(text)}</data>'
        yield "</originalData>"


def _content(parts: Sequence[Part], numbers: Mapping[int, int], data: dict[str, str]) -> str:
    """Text with codes; the Markdown of the codes is added to ``data`` (text to reference)."""
    closers = {
        part.number: part.text
        for part in parts
        if isinstance(part, InlineCode) and part.side is Side.CLOSES
    }
    pieces = []
    for part in parts:
        if isinstance(part, str):
            pieces.append(_characters(part))
        elif part.side is Side.CLOSES:
            pieces.append("</pc>")
        else:
            number = numbers.get(part.number, part.number)
            kind = f'id="{number}" type="{part.type}"'
            start = _reference(part.text, data)
            if part.side is Side.ALONE:
                pieces.append(f'<ph {kind} dataRef="{start}"/>')
            else:
                end = _reference(closers[part.number], data)
                pieces.append(f'<pc {kind} dataRefStart="{start}" dataRefEnd="{end}">')
    return "".join(pieces)


def _reference(text: str, data: dict[str, str]) -> str:
    return data.setdefault(text, f"d{len(data) + 1}")


def _characters(text: str) -> str:
    """Escaped text; characters that XML does not allow become ``<cp/>``."""
    pieces = []
    position = 0
    for match in ILLEGAL.finditer(text):
        pieces.append(content(text[position : match.start()]))
        pieces.append(f'<cp hex="{ord(match[0]):04X}"/>')
        position = match.end()
    pieces.append(content(text[position:]))
    return "".join(pieces)
