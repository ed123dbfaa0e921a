"""Checks bold and italic text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from linters.article.text.markdown import parse
from linters.localization.segment_text import SegmentPair, without_code
from linters.model.finding import Finding

_ESCAPED = re.compile(r"\\\*\\\*")
_BOLD = re.compile(r"(?<![\\*])(?:\*\*|__)(?=\S)(?:[^*\\\n]|\\.|\*(?!\*))+?(?:\*\*|__)")
_ASTERISKS = re.compile(r"\*+")
_HALF_ESCAPED = re.compile(r"\*?\\\*\*?")
_APART = re.compile(r"(?<!\S)\*\*(?!\S)")
# Plain words between asterisks: emphasis by CommonMark's rules, whatever is around them.
_PLAIN = re.compile(r"(?<![*\\])(\*\*?)(?=[^\W_])(?:[^\W_]|[ .,'/-])*(?<=[^\W_])\1(?!\*)")
_HTML_BOLD = re.compile(r"<(?:b|strong)\b", re.IGNORECASE)


def emphasis_findings(pair: SegmentPair) -> Iterator[Finding]:
    """Bold and italic markers that the target escapes, leaves unbalanced, or lacks."""
    if "*" not in pair.source and "*" not in pair.target and "__" not in pair.source:
        return
    target, source = without_code(pair.target), without_code(pair.source)
    bold_there, bold_here = len(_BOLD.findall(source)), len(_BOLD.findall(target))
    escaped = list(_ESCAPED.finditer(target))
    if len(escaped) > len(_ESCAPED.findall(source)) and _markers(source) > _markers(target):
        yield pair.finding(
            "emphasis-escaped",
            (escaped[0].start(), escaped[-1].end()),
            "bold markers are escaped: readers see the asterisks",
            _unescaped(target, escaped),
            safe=False,
        )
        return
    unmatched = _unmatched(pair, target, source)
    if unmatched is not None:
        message = "unmatched emphasis marker: readers see the asterisks"
        yield pair.finding("emphasis-unbalanced", unmatched, message)
        return
    if bold_there > bold_here and not _HTML_BOLD.search(target):
        yield pair.finding(
            "emphasis-lost", None, f"{bold_here} bold texts, expected {bold_there} as in the source"
        )


def _unmatched(pair: SegmentPair, target: str, source: str) -> tuple[int, int] | None:
    """A marker of the target without a counterpart, if all markers of the source have one.

    ``target`` and ``source`` are the two texts without code.
    """
    if "*" not in target or _literal(pair.source) is not None:
        return None
    literal = _literal(pair.target)
    if literal is None and "**" in source and not _APART.search(source):
        apart = _APART.search(target)
        literal = apart.span() if apart else None
    if literal is None and target.count("\\*") > source.count("\\*"):
        # An escaped half of a pair: the other half finds a wrong counterpart.
        pairs = [
            sum(event.tag == "Strong" for event in parse(f"x {text}") if event.kind == "start")
            for text in (target, source)
        ]
        match = _HALF_ESCAPED.search(target)
        literal = match.span() if match and pairs[0] < pairs[1] else None
    return literal


def _markers(text: str) -> int:
    """The number of unescaped asterisks."""
    return text.count("*") - text.count("\\*")


def _unescaped(target: str, escaped: Sequence[re.Match[str]]) -> list[tuple[int, int, str]]:
    """Edits that unescape pairs of markers; empty where the result would not be bold."""
    if len(escaped) % 2:
        return []
    for opening, closing in zip(escaped[::2], escaped[1::2], strict=True):
        inner = target[opening.end() : closing.start()]
        if not inner or inner != inner.strip() or "*" in inner:
            return []
    return [(*match.span(), "**") for match in escaped]


def _only_plain(text: str) -> bool:
    """Whether all asterisks surround plain words, in a line where they are not in an autolink."""
    return not any(sign in text for sign in "<\n\r") and "*" not in _PLAIN.sub("", text)


def _literal(text: str) -> tuple[int, int] | None:
    """The first unescaped asterisks that Markdown shows as text."""
    if _only_plain(text):
        return None
    # After a letter, so that the start of a segment is not parsed as a list or heading.
    for event in parse(f"x {text}"):
        if event.kind != "text" or "*" not in str(event.value):
            continue
        for match in _ASTERISKS.finditer(text, max(event.start - 2, 0), event.end - 2):
            start, end = match.span()
            is_escaped = text[start - 1 : start] == "\\"
            around = text[start - 1 : start] + text[end : end + 1]
            is_operator = around.isspace() and end - start == 1
            if not is_escaped and not is_operator:
                return start, end
    return None
