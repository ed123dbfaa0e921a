"""Placeholders, character references, directives and alert markers: code among the words."""

from __future__ import annotations

import html.entities
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from linters.localization.problem import Problem
from linters.localization.segment_text import Translated, blank

_MOST = 100  # different placeholders of one segment; real ones have a handful
_URL = re.compile(r"(?<=\]\()[^\s()]+|https?://[^\s<>()\[\]]+")
_VARIABLE = re.compile(r"(?<![%0-9A-Za-z])%[A-Za-z_][A-Za-z0-9_]*(?:\(x86\))?%(?![0-9A-Fa-f]{2})")
_NUMBERED = re.compile(r"(?<![A-Za-z0-9{}$^_\\])\{[0-9]{1,2}\}(?![{}^_])")  # not TeX's
_DOLLAR = re.compile(r"\$\([A-Za-z_][\w.]*\)|\$\{[A-Za-z_][\w.]*\}")
_ANGLE = re.compile(r"\\?<[A-Za-z_][\w-]*\\?>|&lt;[A-Za-z_][\w-]*&gt;")
_MENTION = re.compile(r"(?<![\w@./`+-])@[A-Za-z][\w-]*")
_LEAK = re.compile(r"\\?@?\bno__t[ -]{0,2}\d+|\bopno-loc\b", re.IGNORECASE)
_PERCENT = re.compile(r"[%٪％﹪]\s*([^\W\d][\w()]*(?: [^\W\d]\w*)?)\s*[%٪％﹪]")

_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_BROKEN_ENTITY = re.compile(
    r"&(?:\s+(#\s?[0-9]{1,7}|[A-Za-z]{2,8})\s*|(#\s?[0-9]{1,7}|[A-Za-z]{2,8})\s+)[;；]"
)
_FULLWIDTH_ENTITY = re.compile(r"[&＆](#?[0-9A-Za-z]{2,8})；|＆(#?[0-9A-Za-z]{2,8})[;；]")

_DIRECTIVE = re.compile(r":::([a-z][\w-]*)(?:(?!:::)[^\n])*(?::::|$)", re.MULTILINE)
_MANGLED = re.compile(
    r"(?::[ \xa0]*){2,4}[ \xa0]*(?i:no-?[ ]?loc|image|row|column|zone|moniker|code|video)\b"
    r"[^:\n]*(?:(?::[ \xa0]*){2,3})?|[：]{2,3}[^：\n]*"
)
_LEAKED_DIRECTIVE = re.compile(r"\\?:[ \xa0]?:?[ \xa0]?:?[ \xa0]*no-loc[ \xa0]*\(", re.IGNORECASE)
_INCLUDE = re.compile(r"(?<!\\)\[!INCLUDE\b", re.IGNORECASE)
_BROKEN_INCLUDE = re.compile(r"\\?\[\s*!\s*\w+\s*(?=\\?\[)", re.IGNORECASE)

_ALERT = re.compile(r"\\?\[!\s*([^\W\d_][^\[\]\\\n]{0,30}?)\s*\\?\]")
_ALERTS = frozenset({"NOTE", "TIP", "WARNING", "IMPORTANT", "CAUTION", "ATTENTION"})
_KNOWN_MARKERS = _ALERTS | {"VIDEO", "DIV", "INCLUDE", "CODE", "TODO", "CALLOUT"}


def placeholder_problems(one: Translated, nearby: str) -> Iterator[Problem]:
    """``%temp%``, ``{0}``, ``$(x)``, ``<name>`` and ``@user`` that are not as in the source.

    ``nearby`` are the targets of the block, where a placeholder may have moved.
    """
    target, source = one.target, one.source
    if any(sign in source for sign in "%{$<@&"):
        visible_source, visible_target = blank(_URL, source), blank(_URL, target)
        found = list(_spaced(one, visible_source, visible_target))
        yield from found
        if not found:
            nearby = nearby.casefold()
            for sign, pattern, strange in (
                ("%", _VARIABLE, _PERCENT),
                ("{", _NUMBERED, _NUMBERED),
                ("$", _DOLLAR, _DOLLAR),
            ):
                if sign in source:
                    yield from _changed(one, visible_source, nearby, pattern, strange)
    if is_leaky(target):
        for match in _LEAK.finditer(target):
            if match[0] not in source:
                message = f"{match[0]!r} is left over from machine translation"
                yield one.problem("placeholder-changed", match.span(), message)


def is_leaky(target: str) -> bool:
    """Whether a target holds what machine translation puts in the place of code."""
    return "o__t" in target or "O__T" in target or "opno-loc" in target


def _spaced(one: Translated, source: str, target: str) -> Iterator[Problem]:
    """Placeholders that are there, but with spaces in them, or with other signs."""
    told: set[tuple[int, int]] = set()
    folded = target.casefold()
    for pattern in (_VARIABLE, _NUMBERED, _DOLLAR, _ANGLE, _MENTION):
        wanted = Counter(match[0] for match in pattern.finditer(source))
        for placeholder, times in islice(wanted.items(), _MOST):
            if folded.count(placeholder.casefold()) >= times:
                continue
            for match in _loose(placeholder).finditer(target):
                same = match[0].casefold() == placeholder.casefold()
                if same or match[0] in source or match.span() in told:
                    continue
                told.add(match.span())
                yield one.problem(
                    "placeholder-changed",
                    match.span(),
                    f"{match[0]!r} is {placeholder!r} in the source",
                    [(*match.span(), _before(target, match) + placeholder)],
                )


def _before(target: str, match: re.Match[str]) -> str:
    """The space that stood before a placeholder and has slipped into it: ``folder% temp%``."""
    before = target[match.start() - 1 : match.start()]
    inside = re.match(r"\W[ \xa0]", match[0]) is not None
    return " " if inside and before.isalnum() and before < "\u2e80" else ""


def _loose(placeholder: str) -> re.Pattern[str]:
    """A pattern for a placeholder with spaces between its signs and its name."""
    parts = re.findall(r"\w+(?:[.-]\w+)*|&lt;|&gt;|.", placeholder)
    signs = {"%": "[%٪％﹪]", "@": "[@＠]", "{": "[{｛]", "}": "[}｝]", "$": "[$＄]"}
    written = [signs.get(part, re.escape(part)) for part in parts]
    return re.compile(r"[ \xa0]*".join(written), re.IGNORECASE)


def _changed(
    one: Translated, source: str, nearby: str, pattern: re.Pattern[str], strange: re.Pattern[str]
) -> Iterator[Problem]:
    """Placeholders of one form that are gone, and what stands in their place."""
    wanted = dict.fromkeys(match[0] for match in pattern.finditer(source))
    missing = [name for name in islice(wanted, _MOST) if name.casefold() not in nearby]
    if not missing:
        return
    folded = source.casefold()
    others = [
        match
        for match in strange.finditer(blank(_URL, one.target))
        if match[0].casefold() not in folded
        and not one.target[max(0, match.start() - 3) : match.start()].rstrip()[-1:].isdigit()
    ]
    for name, match in zip(missing, others, strict=False):
        edits = [(*match.span(), name)] if len(missing) == len(others) == 1 else []
        message = f"{match[0]!r} is {name!r} in the source"
        yield one.problem("placeholder-changed", match.span(), message, edits, safe=False)
    gone = missing[len(others) :]
    if gone:
        more = f", and {len(gone) - 1} more" if len(gone) > 1 else ""
        message = f"the placeholder {gone[0]!r} of the source is missing{more}"
        yield one.problem("placeholder-changed", None, message)


def entity_problems(one: Translated) -> Iterator[Problem]:
    """Character references with spaces or wide signs in them: ``& amp;``."""
    if "&" not in one.target and "＆" not in one.target:
        return
    for pattern in (_BROKEN_ENTITY, _FULLWIDTH_ENTITY):
        for match in pattern.finditer(one.target):
            name = (match[1] or match[2]).replace(" ", "")
            if match[0] in one.source or not _is_entity(name):
                continue
            message = f"{match[0]!r} should be '&{name};'"
            yield one.problem(
                "entity-broken", match.span(), message, [(*match.span(), f"&{name};")]
            )
    wanted = {match[0] for match in _ENTITY.finditer(one.source) if _is_entity(match[0][1:-1])}
    by_fold = {entity.casefold(): entity for entity in wanted}
    for match in _ENTITY.finditer(one.target):
        right = by_fold.get(match[0].casefold())
        if right and match[0] != right and not _is_entity(match[0][1:-1]):
            message = f"{match[0]!r} should be {right!r}"
            yield one.problem("entity-broken", match.span(), message, [(*match.span(), right)])


def _is_entity(name: str) -> bool:
    return name.startswith("#") or f"{name};" in html.entities.html5


def directive_problems(one: Translated) -> Iterator[Problem]:
    """``:::`` directives and INCLUDEs of the source that are none in the target."""
    leaks = list(_LEAKED_DIRECTIVE.finditer(one.target)) if "::" in one.target else []
    if leaks and leaks[0][0] not in one.source and not _DIRECTIVE.search(one.source):
        message = f"{leaks[0][0]!r} is left over from machine translation"
        yield one.problem("directive-mangled", leaks[0].span(), message)
    elif ":::" in one.source:
        wanted = Counter(match[1] for match in _DIRECTIVE.finditer(one.source))
        present = Counter(match[1] for match in _DIRECTIVE.finditer(one.target))
        missing = wanted - present
        if missing:
            sound = {match.span() for match in _DIRECTIVE.finditer(one.target)}
            broken = [match for match in _MANGLED.finditer(one.target) if match.span() not in sound]
            originals = [match[0] for match in _DIRECTIVE.finditer(one.source)]
            edits = []
            if len(broken) == len(originals) == 1 and 'alt-text="' not in originals[0]:
                edits = [(*broken[0].span(), originals[0] + _space_after(broken[0]))]
            extent = broken[0].span() if broken else None
            name = next(iter(missing))
            message = f"the directive :::{name} of the source is broken"
            yield one.problem("directive-mangled", extent, message, edits)
    if "[!" in one.source:
        wanted_includes = len(_INCLUDE.findall(one.source))
        if len(_INCLUDE.findall(one.target)) < wanted_includes:
            match = _BROKEN_INCLUDE.search(one.target)
            extent = match.span() if match else None
            edits = [(*extent, "[!INCLUDE ")] if extent and wanted_includes == 1 else []
            message = "an [!INCLUDE] of the source is broken"
            yield one.problem("directive-mangled", extent, message, edits)


def _space_after(match: re.Match[str]) -> str:
    return match[0][len(match[0].rstrip()) :]


def alert_problems(one: Translated) -> Iterator[Problem]:
    """Alert markers of the source that the target has in other words."""
    if "[!" not in one.source:
        return
    wanted = [match for match in _ALERT.finditer(one.source) if match[1].upper() in _ALERTS]
    present = list(_ALERT.finditer(one.target))
    words = {match[1] for match in present}
    missing = [match for match in wanted if match[1] not in words]
    strange = [match for match in present if match[1].upper() not in _ALERTS]
    broken = [
        match
        for match in present
        if match not in strange and match[0] != f"[!{match[1]}]" and match[0] not in one.source
    ]
    for match in broken:
        yield _alert(one, match.span(), match[0], f"[!{match[1]}]")
    for index, original in enumerate(missing):
        found = strange[index] if index < len(strange) else None
        if found is not None:
            yield _alert(one, found.span(), found[0], original[0])
        elif not broken:
            yield one.problem(
                "alert-marker-translated", None, f"the alert marker {original[0]} is missing"
            )


def _alert(one: Translated, extent: tuple[int, int], written: str, right: str) -> Problem:
    message = f"the alert marker {written!r} should be {right!r}"
    return one.problem("alert-marker-translated", extent, message, [(*extent, right)])


def outer_alert(line: str) -> re.Match[str] | None:
    """The marker of a quote line that is an alert in other words; None for all else."""
    match = _OUTER_ALERT.match(line)
    return None if match is None or match["word"].upper() in _KNOWN_MARKERS else match


_OUTER_ALERT = re.compile(
    r"[ \t]*>[ \t>]*(?P<marker>\\?\[!\s*(?P<word>[^\W\d_]+)\s*\\?\])[ \t]*\r?$"
)
