"""TMX 1.4b: one ``<tu>`` per segment, inline codes as ``<bpt>``, ``<ept>`` and ``<ph>``."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from linters import __version__
from linters.localization.exchange.inline import Part, Side, align, split
from linters.localization.exchange.translation_units import Unit
from linters.localization.exchange.xmltext import attribute, content

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
<header creationtool="articlelint" creationtoolversion={version} segtype="sentence" \
o-tmf="Markdown" adminlang="en-US" srclang={source} datatype="plaintext"/>
<body>
"""


def write_tmx(units: Iterable[Unit], source_locales: Collection[str]) -> Iterator[str]:
    """The document in pieces; units are read one at a time."""
    source = next(iter(source_locales)) if len(source_locales) == 1 else "*all*"
    yield _HEAD.format(version=attribute(__version__), source=attribute(source))
    for unit in units:
        yield _unit(unit)
    yield "</body>\n</tmx>\n"


def _unit(unit: Unit) -> str:
    source, target = split(unit.source), split(unit.target)
    properties = [("x-file", unit.path), ("x-place", f"{unit.place.line}:{unit.place.column}")]
    if unit.state is not None:
        properties.append(("x-state", unit.state))
    lines = [f"<tu tuid={attribute(unit.id)}>"]
    lines += [f'<prop type="{name}">{content(value)}</prop>' for name, value in properties]
    lines.append(_variant(unit.languages.source, source, {}))
    lines.append(_variant(unit.languages.target, target, align(source, target)))
    return "\n".join(lines) + "\n</tu>\n"


def _variant(locale: str, parts: Iterable[Part], numbers: Mapping[int, int]) -> str:
    """One language; ``x`` of a code is its number, ``i`` the number within this language."""
    segment = "".join(_part(part, numbers) for part in parts)
    return f"<tuv xml:lang={attribute(locale)}><seg>{segment}</seg></tuv>"


def _part(part: Part, numbers: Mapping[int, int]) -> str:
    if isinstance(part, str):
        return content(part)
    number = numbers.get(part.number, part.number)
    if part.side is Side.ALONE:
        return f'<ph x="{number}" type="{part.type}">{content(part.text)}</ph>'
    if part.side is Side.CLOSES:
        return f'<ept i="{part.number}">{content(part.text)}</ept>'
    opener = f'<bpt i="{part.number}" x="{number}" type="{part.type}">'
    return f"{opener}{content(part.text)}</bpt>"
