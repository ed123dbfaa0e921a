"""Applies fixes: exact edits, nothing else in the file changes.

Fixes are computed in memory, in rounds (one fix may make room for another, or call for
it), and written at the end, so that a file is either as it was or wholly fixed.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from difflib import unified_diff
from itertools import groupby, pairwise
from pathlib import Path
from typing import NamedTuple

from linters.article.article import Article, UnreadableError, read_bytes
from linters.article.text.lines import LINE_END
from linters.model.errors import UserError
from linters.model.finding import Edit, Finding, Fix
from linters.model.report import Report
from linters.util.files import write_whole

MAX_ROUNDS = 10

_NO_LINE_END = "\n\\ No newline at end of file\n"


class _Replacement(NamedTuple):
    """An edit as offsets in the text."""

    start: int
    end: int
    text: str

    def clashes(self, other: _Replacement) -> bool:
        """Whether both begin at one place or share a character."""
        same_start = self.start == other.start
        return same_start or (self.start < other.end and other.start < self.end)


@dataclass(frozen=True, slots=True)
class Fixed:
    """The new bytes of changed files by path, the bytes before, and how many fixes were applied."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    before: Mapping[str, bytes] = field(default_factory=dict)
    count: int = 0


def fix_all(
    check: Callable[[Mapping[str, bytes]], Report],
    read: Callable[[str], bytes],
    *,
    unsafe: bool,
    first: Report,
    paths: frozenset[str],
) -> Fixed:
    """Fix what the first report and those after it offer, until nothing is left to fix.

    ``check`` gives the report on the files with some of them replaced, ``read`` the bytes
    of a file on disk; only files of ``paths`` are touched.
    """
    files: dict[str, bytes] = {}
    before: dict[str, bytes] = {}
    count = 0
    report = first
    for _ in range(MAX_ROUNDS):
        fixable = [finding for finding in report.findings if finding.path in paths]
        changed = False
        for path, findings in groupby(fixable, key=lambda finding: finding.path):
            with suppress(UnreadableError):
                if path not in before:
                    before[path] = read(path)
                data = files.get(path, before[path])
                fixed, number = fix_bytes(data, findings, unsafe=unsafe)
                if fixed != data:
                    files[path] = fixed
                    count += number
                    changed = True
        if not changed:
            break
        report = check(files)
    kept = {path: data for path, data in files.items() if data != before[path]}
    return Fixed(kept, {path: before[path] for path in kept}, count)


class FixedBytes(NamedTuple):
    """The bytes of a file after a number of fixes."""

    data: bytes
    fixes: int


class FixedText(NamedTuple):
    """A text after a number of fixes."""

    text: str
    fixes: int


def fix_bytes(data: bytes, findings: Iterable[Finding], *, unsafe: bool) -> FixedBytes:
    """An article's bytes with its findings' fixes; UnreadableError if they are not an article."""
    article = Article.from_bytes("", data)
    fixes = [
        found.fix for found in findings if found.fix is not None and (found.fix.safe or unsafe)
    ]
    text, count = apply(article, fixes)
    return FixedBytes((b"\xef\xbb\xbf" if article.bom else b"") + text.encode(), count)


def apply(article: Article, fixes: Iterable[Fix]) -> FixedText:
    """The text with the fixes that do not overlap an earlier one.

    A fix is applied whole or not at all, and not if one of its positions is not in the text.
    """
    taken: list[_Replacement] = []
    count = 0
    for fix in fixes:
        replacements = _replacements(article, fix)
        if replacements and not any(_clashes(found, taken) for found in replacements):
            for replacement in replacements:
                insort(taken, replacement)
            count += 1
    parts: list[str] = []
    position = 0
    for replacement in taken:
        parts += (article.text[position : replacement.start], replacement.text)
        position = replacement.end
    return FixedText("".join((*parts, article.text[position:])), count)


def _replacements(article: Article, fix: Fix) -> list[_Replacement]:
    """The edits of a fix in order; none if they are invalid or overlap."""
    try:
        found = sorted(_replacement(article, edit) for edit in fix.edits)
    except ValueError:
        return []
    return [] if any(first.clashes(second) for first, second in pairwise(found)) else found


def _replacement(article: Article, edit: Edit) -> _Replacement:
    start, end = article.lines.offset(edit.start), article.lines.offset(edit.end)
    if end < start:
        raise ValueError("an edit that ends before it begins")
    return _Replacement(start, end, _text(article, edit))


def _text(article: Article, edit: Edit) -> str:
    """The new text, with the line ends of the place; ValueError if it is not UTF-8."""
    edit.text.encode()
    if "\n" not in edit.text and "\r" not in edit.text:
        return edit.text
    start = article.lines.line_start(edit.start.line)
    found = LINE_END.search(article.text, start) or LINE_END.search(article.text)
    return LINE_END.sub(found[0] if found else "\n", edit.text)


def _clashes(replacement: _Replacement, taken: list[_Replacement]) -> bool:
    """Whether a replacement clashes with one of a sorted list: only neighbours can."""
    index = bisect_left(taken, replacement)
    return any(map(replacement.clashes, taken[max(index - 1, 0) : index + 1]))


def diff(fixed: Fixed) -> str:
    """The changes as a unified diff that ``git apply`` takes."""
    parts: list[str] = []
    for path in sorted(fixed.files):
        old, new = (
            data.decode("utf-8").split("\n") for data in (fixed.before[path], fixed.files[path])
        )
        lines = unified_diff(_ended(old), _ended(new), f"a/{path}", f"b/{path}", n=3)
        parts += (line if line.endswith("\n") else line + _NO_LINE_END for line in lines)
    return "".join(parts)


def _ended(lines: list[str]) -> list[str]:
    *whole, rest = lines
    return [line + "\n" for line in whole] + ([rest] if rest else [])


def write(root: Path, fixed: Fixed) -> None:
    """Write the fixed files; UserError where one was changed meanwhile or cannot be written."""
    for path, data in fixed.files.items():
        file = (root / path).resolve()
        try:
            if read_bytes(file) != fixed.before[path]:
                raise UserError(f"{path}: changed while it was checked, not fixed")
            write_whole(file, [data])
        except (OSError, UnreadableError) as error:
            raise UserError(f"{path}: cannot be written: {error}") from error
