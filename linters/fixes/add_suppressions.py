"""Writes directives that suppress the findings of a report (``--add-suppressions``).

A comment must not change what the article says: the Markdown around it and the values of the
front matter are compared before and after, and a place that takes no comment is left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import groupby

from linters.article.article import Article, UnreadableError
from linters.findings.directives import (
    DISABLE,
    LINE,
    NEXT_LINE,
    find_directives,
    write_comment,
)
from linters.fixes.apply import Fixed
from linters.model.finding import Finding

_Comment = tuple[int, str]


def add_suppressions(
    findings: Iterable[Finding], read: Callable[[str], bytes], reason: str | None
) -> Fixed:
    """The files with directives for as many of the findings as they take, and how many.

    ``read`` gives the bytes of a root-relative path; the findings are sorted by path.
    """
    files: dict[str, bytes] = {}
    before: dict[str, bytes] = {}
    count = 0
    for path, group in groupby(findings, key=lambda finding: finding.path):
        with suppress(UnreadableError):
            data = read(path)
            article = Article.from_bytes(path, data)
            text, number = _with_directives(article, list(group), reason)
            if number:
                before[path] = data
                files[path] = (b"\xef\xbb\xbf" if article.bom else b"") + text.encode()
                count += number
    return Fixed(files, before, count)


def _with_directives(
    article: Article, findings: list[Finding], reason: str | None
) -> tuple[str, int]:
    """The text with directives, from the last line to the first, so that places stay."""
    count = 0
    by_line: dict[int, list[Finding]] = {}
    for finding in findings:
        by_line.setdefault(finding.range.start.line, []).append(finding)
    for number in sorted(by_line, reverse=True):
        names = sorted({finding.rule.name for finding in by_line[number]})
        for offset, comment in _places(article, number, names, reason):
            text = article.text[:offset] + comment + article.text[offset:]
            changed = Article(article.path, text)
            if _says_the_same(article, changed):
                article = changed
                count += len(by_line[number])
                break
    return article.text, count


def _places(
    article: Article, number: int, names: list[str], reason: str | None
) -> Iterator[_Comment]:
    """Offsets with the text to insert there, the best first."""
    lines = article.lines
    if number > len(lines):
        return
    start = lines.line_start(number)
    line = lines.line(number)
    header = article.header
    if article.is_yaml or (header is not None and start < header.content.end):
        comment = write_comment(LINE, names, reason, in_yaml=True)
        yield start + len(line), f" {comment}" if line else comment
        return
    newline = "\r\n" if "\r\n" in article.text else "\n"
    if number == 1:
        yield 0, write_comment(DISABLE, names, reason) + newline
        return
    comment = write_comment(NEXT_LINE, names, reason)
    indent = line[: len(line) - len(line.lstrip(" "))]
    above = lines.line(number - 1)
    own_line = (start, f"{indent}{comment}{newline}")
    same_line = (lines.line_start(number - 1) + len(above), f" {comment}")
    yield from (same_line, own_line) if above.strip() else (own_line, same_line)


def _says_the_same(article: Article, changed: Article) -> bool:
    """Whether only a directive was added: same front matter, same Markdown around it."""
    added = len(find_directives(changed)) - len(find_directives(article))
    if added != 1:
        return False
    if article.is_yaml:
        return True
    values = [None if found.header is None else found.header.values for found in (article, changed)]
    return values[0] == values[1] and _kinds(article) == _kinds(changed)


def _kinds(article: Article) -> list[tuple[str, str]]:
    """The events without HTML; what HTML parts is one text."""
    found: list[tuple[str, str]] = []
    for event in article.markdown:
        kind = (event.kind, event.tag)
        blank = event.kind == "text" and not event.value.strip()
        if event.kind in ("html", "inline-html") or event.tag == "HtmlBlock" or blank:
            continue
        if kind != ("text", "") or found[-1:] != [kind]:
            found.append(kind)
    return found
