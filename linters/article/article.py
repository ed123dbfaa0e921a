"""One file, read once: its text, and lazy views on it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from linters.article.header import Header, read_header
from linters.article.segments.published import PublishedText
from linters.article.segments.segment import Segment, Tokens
from linters.article.segments.tokenizer import tokenize
from linters.article.text.lines import LineIndex, count_line_ends, line_of
from linters.article.text.markdown import Event, parse
from linters.model.finding import Edit, Extent, Finding, Fix, Range, Related, Rule, Severity
from linters.util.files import FileError, read_bounded

MAX_BYTES = 16 * 1024 * 1024
MAX_MARKS = 300_000
"""Line ends and characters that Markdown may read as markup: each can cost an event or two."""
MAX_LINES = 200_000
"""Lines: a list item of one character costs four events."""
MAX_LINKS = 100_000
"""Links of one syntax, and headings."""
_COUNTED = {
    "](": "links",
    "xref:": "links",
    "://": "URLs",
    "www.": "URLs",
    "href": "links",
    "\n#": "headings",
}
_AUTOLINK = re.compile(r"<[^<>\s:@]*+[:@][^<>\s]*+>")
_NESTED = re.compile(r"^(?:(?:[-+*]|[0-9]{1,9}[.)])[ \t]++|>[ \t]*+){1000}", re.MULTILINE)
_MARKS = "[]*_`<>&\\|~\n\r"


class UnreadableError(Exception):
    """The file is not an article; the message says why."""


class Article:
    """The text of one file and what can be seen in it.

    ``path`` is relative to the root, with ``/``. ``text`` keeps its line ends and has no
    byte order mark (``bom`` says whether the file has one). Offsets are 0-based code
    points in ``text``.
    """

    def __init__(self, path: str, text: str, *, bom: bool = False) -> None:
        self.path = path
        self.text = text
        self.bom = bom

    @classmethod
    def from_bytes(cls, path: str, data: bytes) -> Article:
        """Decode a file's bytes (UTF-8, with or without BOM); UnreadableError otherwise.

        Files with excessive markup are rejected: parsing them would take minutes and gigabytes.
        """
        text = decode(data)
        if len(text) > MAX_LINKS:
            if sum(map(text.count, _MARKS)) > MAX_MARKS:
                raise UnreadableError(f"more than {MAX_MARKS:,} line ends and Markdown characters")
            for mark, name in _COUNTED.items():
                if text.count(mark) > MAX_LINKS:
                    raise UnreadableError(f"more than {MAX_LINKS:,} {name}")
            if count_line_ends(text) > MAX_LINES:
                raise UnreadableError(f"more than {MAX_LINES:,} lines")
            if text.count("<") > MAX_LINKS and len(_AUTOLINK.findall(text)) > MAX_LINKS:
                raise UnreadableError(f"more than {MAX_LINKS:,} autolinks")
            if text.count(",") > MAX_LINKS and "srcset" in text.lower():
                raise UnreadableError(f"more than {MAX_LINKS:,} images in srcset")
            if _NESTED.search(text):
                raise UnreadableError("more than 1,000 nested lists and quotes")
        return cls(path, text, bom=data.startswith(b"\xef\xbb\xbf"))

    @cached_property
    def lines(self) -> LineIndex:
        """Offsets to lines and columns."""
        return LineIndex(self.text)

    @cached_property
    def header(self) -> Header | None:
        """The front matter; None where there is none (always in YAML files)."""
        return None if self.is_yaml else read_header(self.text)

    @cached_property
    def tokens(self) -> Tokens:
        """The side-by-side segments, what is damaged in them, and what is not published."""
        return tokenize(self.text)

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """The whole side-by-side segments, in order."""
        return self.tokens.segments

    @cached_property
    def published(self) -> PublishedText:
        """The text without the source sides, and the way back to this text."""
        return PublishedText(self.text, self.tokens.dropped)

    @cached_property
    def body(self) -> int:
        """The offset in ``text`` where the body begins."""
        return self.header.body if self.header else 0

    @cached_property
    def markdown(self) -> tuple[Event, ...]:
        """The Markdown events of the published body; offsets are those of ``published.text``."""
        if self.is_yaml:
            return ()
        shift = self.published.published(self.body)
        return parse(self.published.text[shift:], shift)

    @property
    def is_yaml(self) -> bool:
        """Whether the file is a TOC or landing page in YAML, not Markdown."""
        return self.path.lower().endswith((".yml", ".yaml"))

    def range(self, extent: Extent | tuple[int, int]) -> Range:
        """The 1-based range of an extent of ``text``."""
        return self.lines.range(*extent)

    def finding(
        self,
        rule: Rule,
        span: Extent | tuple[int, int],
        message: str,
        *,
        severity: Severity | None = None,
        help: str | None = None,  # noqa: A002 - the report's own word
        data: Mapping[str, Any] | None = None,
        related: Iterable[tuple[Extent | tuple[int, int], str]] = (),
        edits: Iterable[tuple[Extent | tuple[int, int], str]] | None = None,
        safe: bool = True,
        by_change: bool = False,
    ) -> Finding:
        """A finding in this article; spans are 0-based code point offsets, ends exclusive.

        ``severity`` None is the rule's own. ``related`` are spans of this article and what to
        say there. ``edits`` are the fix: spans and the text that replaces each; ``safe`` says
        that the fix cannot change what the article means.
        """
        fix = None
        if edits is not None:
            ordered = sorted(edits, key=lambda edit: (edit[0][0], edit[0][1]))
            fix = Fix(safe, tuple(Edit(*self.range(where), text) for where, text in ordered))
        return Finding(
            rule=rule,
            path=self.path,
            range=self.range(span),
            message=message,
            severity=severity,
            help=help,
            data=data or {},
            related=tuple(
                Related(self.path, *self.range(where).start, text) for where, text in related
            ),
            fix=fix,
            by_change=by_change,
        )


def read_bytes(path: Path) -> bytes:
    """The bytes of a regular file of at most 16 MiB; UnreadableError otherwise."""
    try:
        return read_bounded(path, MAX_BYTES)
    except FileError as error:
        raise UnreadableError(str(error)) from error


def decode(data: bytes) -> str:
    """The text of UTF-8 bytes without a BOM; UnreadableError says where it is not UTF-8."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableError("encoded as UTF-16 or UTF-32; articles are UTF-8")
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = line_of(data[: error.start].decode(), error.start)
        raise UnreadableError(
            f"not UTF-8: byte 0x{data[error.start]:02x} in line {line}"
        ) from error
    nul = text.find("\0")
    if nul >= 0:
        line = line_of(text, nul)
        raise UnreadableError(f"a NUL character in line {line}: a binary file?")
    return text
