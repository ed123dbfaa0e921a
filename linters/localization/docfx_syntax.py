"""Checks docfx's Markdown extensions in a segment: directives, includes and alerts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from linters.article.includes import written_includes
from linters.localization.segment_text import SegmentPair
from linters.model.finding import Finding

_DIRECTIVE = re.compile(r":::([a-z][\w-]*)(?:(?!:::)[^\n])*(?::::|$)", re.MULTILINE)
_MANGLED = re.compile(
    r"(?::[ \xa0]*){2,4}[ \xa0]*(?i:no-?[ ]?loc|image|row|column|zone|moniker|code|video)\b"
    r"[^:\n]*(?:(?::[ \xa0]*){2,3})?|[：]{2,3}[^：\n]*"
)
_LEAKED_DIRECTIVE = re.compile(r"\\?:[ \xa0]?:?[ \xa0]?:?[ \xa0]*no-loc[ \xa0]*\(", re.IGNORECASE)
_TORN_INCLUDE = re.compile(r"\\?\[!INCLUDE\b", re.IGNORECASE)
_BROKEN_INCLUDE = re.compile(r"\\?\[\s*!\s*\w+\s*(?=\\?\[)", re.IGNORECASE)

_ALERT = re.compile(r"\\?\[!\s*([^\W\d_][^\[\]\\\n]{0,30}?)\s*\\?\]")
_ALERTS = frozenset({"NOTE", "TIP", "WARNING", "IMPORTANT", "CAUTION", "ATTENTION"})
_KNOWN_MARKERS = _ALERTS | {"VIDEO", "DIV", "INCLUDE", "CODE", "TODO", "CALLOUT"}
_OUTER_ALERT = re.compile(
    r"[ \t]*>[ \t>]*(?P<marker>\\?\[!\s*(?P<word>[^\W\d_]+)\s*\\?\])[ \t]*\r?$"
)


def directive_findings(pair: SegmentPair) -> Iterator[Finding]:
    """``:::`` directives and INCLUDEs of the source that the target breaks."""
    leaks = list(_LEAKED_DIRECTIVE.finditer(pair.target)) if "::" in pair.target else []
    if leaks and leaks[0][0] not in pair.source and not _DIRECTIVE.search(pair.source):
        message = f"{leaks[0][0]!r} is a leftover of machine translation"
        yield pair.finding("directive-mangled", leaks[0].span(), message)
    elif ":::" in pair.source:
        wanted = Counter(match[1] for match in _DIRECTIVE.finditer(pair.source))
        present = Counter(match[1] for match in _DIRECTIVE.finditer(pair.target))
        missing = wanted - present
        if missing:
            sound = {match.span() for match in _DIRECTIVE.finditer(pair.target)}
            broken = [
                match for match in _MANGLED.finditer(pair.target) if match.span() not in sound
            ]
            originals = [match[0] for match in _DIRECTIVE.finditer(pair.source)]
            edits = []
            if len(broken) == len(originals) == 1 and 'alt-text="' not in originals[0]:
                edits = [(*broken[0].span(), originals[0] + _space_after(broken[0]))]
            extent = broken[0].span() if broken else None
            name = next(iter(missing))
            message = f"broken directive, expected :::{name} as in the source"
            yield pair.finding("directive-mangled", extent, message, edits)
    if "[!" in pair.source:
        wanted_includes = sum(1 for _ in written_includes(pair.source))
        valid = {match.start() for match in written_includes(pair.target)}
        if len(valid) < wanted_includes:
            match = next(
                (
                    found
                    for found in _BROKEN_INCLUDE.finditer(pair.target)
                    if found.start() not in valid and found[0] != "[!INCLUDE "
                ),
                None,
            )
            torn = (
                found.span()
                for found in _TORN_INCLUDE.finditer(pair.target)
                if found.start() not in valid
            )
            extent = match.span() if match else next(torn, None)
            edits = [(*extent, "[!INCLUDE ")] if match and extent and wanted_includes == 1 else []
            message = "broken include, expected [!INCLUDE as in the source"
            yield pair.finding("directive-mangled", extent, message, edits)


def _space_after(match: re.Match[str]) -> str:
    return match[0][len(match[0].rstrip()) :]


def alert_findings(pair: SegmentPair) -> Iterator[Finding]:
    """Alert markers of the source that the target translates or breaks."""
    if "[!" not in pair.source:
        return
    wanted = [match for match in _ALERT.finditer(pair.source) if match[1].upper() in _ALERTS]
    present = list(_ALERT.finditer(pair.target))
    words = {match[1] for match in present}
    missing = [match for match in wanted if match[1] not in words]
    strange = [match for match in present if match[1].upper() not in _ALERTS]
    broken = [
        match
        for match in present
        if match not in strange and match[0] != f"[!{match[1]}]" and match[0] not in pair.source
    ]
    for match in broken:
        yield _alert(pair, match.span(), match[0], f"[!{match[1]}]")
    for index, original in enumerate(missing):
        found = strange[index] if index < len(strange) else None
        if found is not None:
            yield _alert(pair, found.span(), found[0], original[0])
        elif not broken:
            yield pair.finding(
                "alert-marker-translated",
                None,
                f"alert marker {original[0]} of the source is missing",
            )


def _alert(pair: SegmentPair, extent: tuple[int, int], written: str, right: str) -> Finding:
    message = f"alert marker {written!r}, expected {right!r}"
    return pair.finding("alert-marker-translated", extent, message, [(*extent, right)])


def translated_alert(line: str) -> re.Match[str] | None:
    """The marker of a quoted line that is an unknown alert; None for all other lines."""
    match = _OUTER_ALERT.match(line)
    return None if match is None or match["word"].upper() in _KNOWN_MARKERS else match
