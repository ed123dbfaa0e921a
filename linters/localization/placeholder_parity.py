"""Checks the placeholders of a segment: ``%temp%``, ``{0}``, ``$(x)``, ``<name>``, ``@user``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from linters.localization.segment_text import SegmentPair, blank
from linters.model.finding import Finding

_MAX_PLACEHOLDERS = 100  # different ones in one segment; real segments have a handful
_URL = re.compile(r"(?<=\]\()[^\s()]+|https?://[^\s<>()\[\]]+")
_VARIABLE = re.compile(
    r"(?<![%0-9A-Za-z])%{1,2}[A-Za-z_][A-Za-z0-9_]*(?:\(x86\))?%{1,2}(?![0-9A-Fa-f]{2})"
)
_PRINTF = re.compile(
    r"(?<![%\w])%(?:[0-9]+\$)?[-+#0]?[0-9]*(?:\.[0-9]+)?(?:ll?|h)?[dsifuxXcp](?![\w%])"
)
_NUMBERED = re.compile(r"(?<![A-Za-z0-9{}$^_\\])\{[0-9]{1,2}\}(?![{}^_])")  # not TeX's
_DOLLAR = re.compile(r"\$\([A-Za-z_][\w.-]*\)|\$\{[A-Za-z_][\w.-]*\}", re.ASCII)
_STRANGE_DOLLAR = re.compile(r"\$[({][^(){}\n]{1,80}[)}]")
_HTML = (
    "a|abbr|b|big|blockquote|br|center|cite|code|dd|del|div|dl|dt|em|font|h[1-6]|hr|i|img|ins|kbd|li"
    "|nobr|ol|p|pre|q|s|samp|small|span|strike|strong|sub|sup|table|tbody|td|th|thead|tr|tt|u|ul|var"
)
_ANGLE = re.compile(
    rf"(?:(?<!\\)\\)?<(?!(?:{_HTML})\\?>)[A-Za-z_][\w-]*\\?>|&lt;[A-Za-z_][\w-]*&gt;", re.IGNORECASE
)
_MENTION = re.compile(r"(?<![\w@./`+-])@[A-Za-z][\w-]*")
_LEAK = re.compile(
    r"""\\?(?<![A-Za-z0-9])@?(?<![A-Za-z0-9])no__t[ _-]{0,2}\d+
    |(?<![A-Za-z0-9])opno-loc(?![A-Za-z0-9])""",
    re.IGNORECASE | re.VERBOSE,
)
_PERCENT = re.compile(r"[%٪％﹪]\s*([^\W\d][\w()]*(?: [^\W\d]\w*)?)\s*[%٪％﹪]")


def placeholder_findings(pair: SegmentPair, nearby: str) -> Iterator[Finding]:
    """The placeholders of the source that the target changes or lacks.

    ``nearby`` contains the targets of the block: a placeholder may move between them.
    """
    target, source = pair.target, pair.source
    if any(sign in source for sign in "%{$<@&"):
        visible_source, visible_target = blank(_URL, source), blank(_URL, target)
        found = [
            *_spaced(pair, visible_source, visible_target),
            *_torn(pair, visible_source, visible_target),
        ]
        yield from found
        if not found:
            nearby = nearby.casefold()
            for sign, pattern, strange in (
                ("%", _VARIABLE, _PERCENT),
                ("{", _NUMBERED, _NUMBERED),
                ("$", _DOLLAR, _STRANGE_DOLLAR),
            ):
                if sign in source:
                    yield from _changed(pair, visible_source, nearby, pattern, strange)
    if is_leaky(target):
        for match in _LEAK.finditer(target):
            if match[0] not in source:
                message = f"{match[0]!r} is a leftover of machine translation"
                yield pair.finding("placeholder-changed", match.span(), message)


def is_leaky(target: str) -> bool:
    """Whether a target contains a sentinel that machine translation puts in place of code."""
    return "o__t" in target or "O__T" in target or "opno-loc" in target


def _spaced(pair: SegmentPair, source: str, target: str) -> Iterator[Finding]:
    """Placeholders with spaces in them, or with other delimiters."""
    reported: set[tuple[int, int]] = set()
    folded = target.casefold()
    for pattern in (_VARIABLE, _PRINTF, _NUMBERED, _DOLLAR, _ANGLE, _MENTION):
        wanted = Counter(match[0] for match in pattern.finditer(source))
        for placeholder, times in islice(wanted.items(), _MAX_PLACEHOLDERS):
            if folded.count(placeholder.casefold()) >= times:
                continue
            for match in _loose(placeholder).finditer(target):
                same = match[0].casefold() == placeholder.casefold()
                if same or match[0] in source or match.span() in reported:
                    continue
                reported.add(match.span())
                yield pair.finding(
                    "placeholder-changed",
                    match.span(),
                    f"placeholder {match[0]!r}, expected {placeholder!r} as in the source",
                    [(*match.span(), _before(target, match) + placeholder)],
                )


def _torn(pair: SegmentPair, source: str, target: str) -> Iterator[Finding]:
    """Variables with a percent sign on one side only, even if a neighbour has them whole."""
    if "%" not in source:
        return
    wanted = Counter(match[0] for match in _VARIABLE.finditer(source))
    folded = target.casefold()
    for variable, times in islice(wanted.items(), _MAX_PLACEHOLDERS):
        if folded.count(variable.casefold()) >= times:
            continue
        name = re.escape(variable.strip("%"))
        torn = re.compile(
            rf"""(?<![%\w])(?<![%٪％﹪][ \xa0]){name}%(?!\w)
            |(?<![%\w])%{name}(?![%\w])(?![ \xa0][%٪％﹪])""",
            re.IGNORECASE | re.ASCII | re.VERBOSE,
        )
        for match in torn.finditer(target):
            yield pair.finding(
                "placeholder-changed",
                match.span(),
                f"placeholder {match[0]!r}, expected {variable!r} as in the source",
                [(*match.span(), variable)],
            )


def _before(target: str, match: re.Match[str]) -> str:
    """The space that moved from before a placeholder into it: ``folder% temp%``."""
    before = target[match.start() - 1 : match.start()]
    inside = re.match(r"\W[ \xa0]", match[0]) is not None
    return " " if inside and before.isalnum() and before < "\u2e80" else ""


def _loose(placeholder: str) -> re.Pattern[str]:
    """A pattern for a placeholder with spaces between its delimiters and its name."""
    # Machine translation also splits ProgramData into two words.
    parts = re.findall(r"[A-Z]?[a-z]+(?=[A-Z])|\w+(?:[.-]\w+)*|&lt;|&gt;|%+|.", placeholder)
    signs = {"@": "[@＠]", "{": "[{｛]", "}": "[}｝]", "$": "[$＄]", "(": "[(（]", ")": "[)）]"}
    written = [
        "[%٪％﹪]{1,2}" if part[0] == "%" else signs.get(part, re.escape(part)) for part in parts
    ]
    return re.compile(r"[ \xa0]*".join(written), re.IGNORECASE)


def _changed(
    pair: SegmentPair, source: str, nearby: str, pattern: re.Pattern[str], strange: re.Pattern[str]
) -> Iterator[Finding]:
    """Placeholders of one form that are missing, and what the target has instead."""
    wanted = dict.fromkeys(match[0] for match in pattern.finditer(source))
    missing = [name for name in islice(wanted, _MAX_PLACEHOLDERS) if name.casefold() not in nearby]
    if not missing:
        return
    folded = source.casefold()
    others = [
        match
        for match in strange.finditer(blank(_URL, pair.target))
        if match[0].casefold() not in folded
        and not pair.target[max(0, match.start() - 3) : match.start()].rstrip()[-1:].isdigit()
    ]
    for name, match in zip(missing, others, strict=False):
        edits = [(*match.span(), name)] if len(missing) == len(others) == 1 else []
        message = f"placeholder {match[0]!r}, expected {name!r} as in the source"
        yield pair.finding("placeholder-changed", match.span(), message, edits, safe=False)
    absent = missing[len(others) :]
    if absent:
        more = f", and {len(absent) - 1} more" if len(absent) > 1 else ""
        message = f"placeholder {absent[0]!r} of the source is missing{more}"
        yield pair.finding("placeholder-changed", None, message)
