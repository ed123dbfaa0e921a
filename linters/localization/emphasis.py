"""Bold, italics and code spans."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from linters.article.text.markdown import parse
from linters.localization.placeholders import is_leaky
from linters.localization.problem import Problem
from linters.localization.segment_text import CODE, Translated, without_code

_ESCAPED = re.compile(r"\\\*\\\*")
_BOLD = re.compile(r"(?<![\\*])(?:\*\*|__)(?=\S)(?:[^*\\\n]|\\.|\*(?!\*))+?(?:\*\*|__)")
_APART = re.compile(r"(?<!\S)\*\*(?!\S)")
_HTML_CODE = re.compile(r"<code>(.*?)</code>", re.IGNORECASE | re.DOTALL)
_HTML_BOLD = re.compile(r"<(?:b|strong)\b", re.IGNORECASE)


def emphasis_problems(one: Translated) -> Iterator[Problem]:
    """Bold and italic markers that the target escapes, leaves alone or lost."""
    if "*" not in one.source and "*" not in one.target and "__" not in one.source:
        return
    target, source = without_code(one.target), without_code(one.source)
    bold_there, bold_here = len(_BOLD.findall(source)), len(_BOLD.findall(target))
    escaped = list(_ESCAPED.finditer(target))
    if len(escaped) > len(_ESCAPED.findall(source)) and _markers(source) > _markers(target):
        yield one.problem(
            "emphasis-escaped",
            (escaped[0].start(), escaped[-1].end()),
            "Bold markers are escaped: readers see the asterisks",
            _unescaped(target, escaped),
            safe=False,
        )
        return
    alone = _literal(one.target) if target.count("*") != source.count("*") else None
    if alone is None and "**" in source and not _APART.search(source):
        apart = _APART.search(target)
        alone = apart.span() if apart else None
    if alone is not None and not _literal(one.source):
        message = "this marker has no counterpart: readers see the asterisks"
        yield one.problem("emphasis-unbalanced", alone, message)
        return
    if bold_there > bold_here and not _HTML_BOLD.search(target):
        yield one.problem(
            "emphasis-lost", None, f"Bold: {bold_there} in the source, {bold_here} in the target"
        )


def _markers(text: str) -> int:
    """How many asterisks nothing escapes."""
    return text.count("*") - text.count("\\*")


def _unescaped(target: str, escaped: Sequence[re.Match[str]]) -> list[tuple[int, int, str]]:
    """Edits that make pairs of escaped markers bold; none where that would not be bold."""
    if len(escaped) % 2:
        return []
    for opening, closing in zip(escaped[::2], escaped[1::2], strict=True):
        inner = target[opening.end() : closing.start()]
        if not inner or inner != inner.strip() or "*" in inner:
            return []
    return [(*match.span(), "**") for match in escaped]


def _literal(text: str) -> tuple[int, int] | None:
    """Asterisks that Markdown shows as they are, although nothing escapes them."""
    # Behind a letter, so that nothing at the start of a segment reads as a list or heading.
    for event in parse(f"x {text}"):
        if event.kind == "text" and "*" in str(event.value):
            start, end = event.start - 2, event.end - 2
            written = text[max(start, 0) : end]
            at = written.find("*")
            if at < 0:
                continue
            at += max(start, 0)
            if at and text[at - 1] == "\\":
                continue
            stop = at
            while stop < len(text) and text[stop] == "*":
                stop += 1
            around = text[at - 1 : at] + text[stop : stop + 1]
            if around.isspace() and stop - at == 1:
                continue
            return at, stop
    return None


def code_problems(block: Sequence[Translated]) -> Iterator[Problem]:
    """Code spans of the source that are plain words in the target.

    A code span may move between the segments of a block.
    """
    if not any("`" in one.source for one in block):
        return
    present = Counter(code for one in block for code in _codes(one.target))
    for one in block:
        if "`" not in one.source or is_leaky(one.target):
            continue
        wanted, own = _codes(one.source), _codes(one.target)
        if len(own) >= len(wanted):
            continue
        lost = [code for code in wanted if not present[code]]
        plain = without_code(one.target).replace("\\", "")
        for code in lost:
            at = plain.find(code.replace("\\", "")) if len(code) > 1 else -1
            if at >= 0:
                found = one.target.find(code)
                extent = (found, found + len(code)) if found >= 0 else None
                edits = [(*extent, f"`{code}`")] if extent else []
                message = f"`{code}` is code in the source"
                yield one.problem("code-span-lost", extent, message, edits, safe=False)
                break
        else:
            if lost and not own:
                message = f"the code `{lost[0]}` of the source is missing"
                yield one.problem("code-span-lost", None, message)


def _codes(text: str) -> list[str]:
    codes = [match[2].strip() for match in CODE.finditer(text)] if "`" in text else []
    if "<code" in text.lower():
        codes += [match[1].strip() for match in _HTML_CODE.finditer(text)]
    return codes
