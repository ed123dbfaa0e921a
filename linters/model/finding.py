"""Findings, and the rules and places that they are about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple


class Severity(StrEnum):
    """How bad a finding is; ``off`` disables a rule."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    OFF = "off"


class Position(NamedTuple):
    """A place in a text: 1-based line, 1-based column in Unicode code points."""

    line: int
    column: int


class Range(NamedTuple):
    """Two positions; the end is exclusive."""

    start: Position
    end: Position


class Extent(NamedTuple):
    """Two 0-based code point offsets into ``Article.text``; the end is exclusive."""

    start: int
    end: int


class Group(StrEnum):
    """Rules that may report the same damage: one finding per article, or per place."""

    HEADER = "header"
    URL = "url"

    @property
    def per_article(self) -> bool:
        """Whether one finding per article is reported; otherwise one per place."""
        return self is Group.HEADER


class Precedence(NamedTuple):
    """Of the findings of a group, only those of the lowest rank are reported."""

    group: Group
    rank: int


class Inheritance(StrEnum):
    """What a translation takes over from its source, so that translators cannot fix it.

    ``style``: a link's text, whose findings become infos. ``value``: that of a header key,
    likewise. ``link``: what a link leads to; the finding keeps its severity.
    """

    STYLE = "style"
    VALUE = "value"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that articlelint checks.

    ``code`` never changes its meaning once shipped. The explanation and the cases
    are in a Markdown file named after the rule (see ``linters.rule_docs.pages``). ``network``
    marks rules that find nothing with ``--offline``. ``inheritance`` says that a translation
    may have the finding from its source, ``unpublished`` which severity it has at most in
    files that are not published (None: its own). ``uses_date`` marks rules of ``check`` that
    depend on ``Context.now``: cached findings of an article are then valid for one day.
    """

    code: str
    name: str
    severity: Severity
    summary: str
    network: bool = False
    precedence: Precedence | None = None
    inheritance: Inheritance | None = None
    unpublished: Severity | None = None
    uses_date: bool = False


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the text between two positions (end exclusive) by ``text``."""

    start: Position
    end: Position
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits in the finding's own file; a safe fix cannot change what the article means."""

    safe: bool
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that explains a finding; ``path`` is relative to the root.

    Lines and columns are 1-based; columns count code points.
    """

    path: str
    line: int
    column: int
    message: str


class FindingKey(NamedTuple):
    """What identifies a finding from run to run.

    ``rule`` is a code, ``path`` relative to the root, ``digest`` that of the line's text, and
    ``occurrence`` counts the findings with the same three, from 1.
    """

    rule: str
    path: str
    digest: str
    occurrence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One problem at one place.

    Checkers leave ``severity`` at ``None`` for the rule's own (the configuration may
    still change it), and leave ``fingerprint`` and ``owner`` to the pipeline.
    ``data`` contains JSON values only. ``by_change`` marks what the change that ``--since``
    names brought about on a line that it does not touch: a link whose target it removed.
    ``text_digest`` and ``occurrence`` are those of ``FindingKey``.
    """

    rule: Rule
    path: str
    range: Range
    message: str
    severity: Severity | None = None
    help: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    fingerprint: str = ""
    owner: str | None = None
    by_change: bool = False
    text_digest: str = ""
    occurrence: int = 0

    @property
    def key(self) -> FindingKey:
        """The identity of a finding that the report stage has numbered."""
        return FindingKey(self.rule.code, self.path, self.text_digest, self.occurrence)
