"""Repairs of front matter: exact edits that keep quotes, order, comments and line ends.

Each repair is tried on the YAML before it is offered: afterwards exactly the value or key it
is about has changed. The localization block is never touched.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from linters.article.header import Header
from linters.article.yaml_nodes import Entry, Node, read_yaml
from linters.article.yaml_scalars import resolve_scalar
from linters.metadata.found import Repair, Replacement
from linters.metadata.known_keys import LOCALIZATION
from linters.model.finding import Extent
from linters.util.dotnet_dates import parse_exact

Path = tuple[str | int, ...]

MAX_LENGTH = 32 * 1024
"""Characters of a header that is repaired; each repair is tried by reading it again."""

_PLAIN = re.compile(r"[\w.][\w ./+()-]*(?<! )")
_ISO_TIME = re.compile(r"(?P<date>\d{4}-\d{2}-\d{2})[Tt ]00:00(?::00(?:\.0+)?)?(?:Z|\+00:00)?")
_DATES = (
    ("yyyy-MM-dd", True),
    ("yyyy/MM/dd", True),
    ("yyyy.MM.dd", True),
    ("MMMM d, yyyy", True),
    ("MMM d, yyyy", True),
    ("d MMMM yyyy", True),
    ("d MMM yyyy", True),
    ("M-d-yyyy", True),
    ("M.d.yyyy", False),
    ("d/M/yyyy", False),
    ("d.M.yyyy", False),
    ("d-M-yyyy", False),
)
"""Forms that dates are found in, and whether they can be read in one way only."""

PRIORITIES = {"Priority": "high", "Normal": "medium", "None": "none"}
"""What ``localization_priority`` said, as ``ms.localizationpriority`` says it."""


def rename(header: Header, entry: Entry, key: str, *, safe: bool) -> Repair | None:
    """Another key for a value; None where that key is there already or is the pipeline's."""
    if key in LOCALIZATION or entry.key in LOCALIZATION or key in header.values:
        return None
    text = _source(header, entry.extent)
    changes = [Replacement(entry.extent, _quoted_like(text, key))]
    value = entry.node.value
    if (entry.key, key) == ("localization_priority", "ms.localizationpriority"):
        if value not in PRIORITIES:
            return None
        value = PRIORITIES[value]
        change = _rewrite(header, entry.node, value)
        if change is None:
            return None
        changes.append(change)
    expected = {
        (key if one == entry.key else one): (value if one == entry.key else content)
        for one, content in header.values.items()
    }
    repair = _tried(header, changes, expected, safe=safe)
    return replace(repair, key=key) if repair else None


def replace_value(header: Header, path: Path, value: Any, *, safe: bool) -> Repair | None:
    """Another text for a value, in the quotes it has."""
    node = _node(header, path)
    change = _rewrite(header, node, value) if node is not None else None
    if change is None:
        return None
    return _tried(header, [change], _with(header.values, path, value), safe=safe)


def quote(header: Header, path: Path) -> Repair | None:
    """Quotes around a plain number or truth value, so that it is text."""
    node = _node(header, path)
    if node is None or not node.plain or isinstance(node.value, str) or node.value is None:
        return None
    text = _source(header, node.extent)
    changes = [Replacement(node.extent, f'"{text}"')]
    return _tried(header, changes, _with(header.values, path, text), safe=True)


def reformat_date(header: Header, path: Path, patterns: tuple[str, ...]) -> Repair | None:
    """A date in another form, written in the first form that is allowed."""
    node = _node(header, path)
    if node is None or not isinstance(node.value, str):
        return None
    text = node.value.strip()
    midnight = _ISO_TIME.fullmatch(text)
    text = midnight["date"] if midnight else text
    for pattern, safe in _DATES:
        moment = parse_exact(text, pattern)
        written = write_date(moment, patterns[0]) if moment else None
        if written is not None:
            return replace_value(header, path, written, safe=safe)
    return None


def write_date(moment: datetime, pattern: str) -> str | None:
    """A date in one of the numeric .NET patterns; None for any other pattern.

    Month and day get their leading zero in ``M/d/yyyy`` as well: the pattern reads both,
    and Microsoft's guide asks for MM/DD/YYYY.
    """
    if not re.fullmatch(r"(?:M{1,2}|d{1,2}|yyyy|[/.-]){5}", pattern):
        return None
    parts = re.findall(r"M{1,2}|d{1,2}|yyyy|[/.-]", pattern)
    words = {
        "M": f"{moment.month:02}",
        "d": f"{moment.day:02}",
        "y": f"{moment.year:04}",
    }
    written = "".join(words.get(part[0], part) for part in parts)
    return written if parse_exact(written, pattern) == moment else None


def _node(header: Header, path: Path) -> Node | None:
    if header.root is None or not path or path[0] in LOCALIZATION:
        return None
    try:
        return header.root.at(path)
    except KeyError:
        return None


def _source(header: Header, extent: Extent) -> str:
    start = header.content.start
    return header.text[extent.start - start : extent.end - start]


def _quoted_like(source: str, value: str) -> str:
    if source[:1] == "'":
        return "'" + value.replace("'", "''") + "'"
    if source[:1] == '"':
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return value


def _rewrite(header: Header, node: Node, value: str) -> Replacement | None:
    """The change of one scalar on one line."""
    source = _source(header, node.extent)
    if node.items or node.entries or not source or "\n" in source or "\r" in source:
        return None
    if source[0] in "|>&*!":
        return None
    text = _quoted_like(source, value)
    if source[0] not in "\"'" and not (_PLAIN.fullmatch(value) and resolve_scalar(value) == value):
        text = '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return Replacement(node.extent, text)


def _with(values: Mapping[str, Any], path: Path, value: Any) -> Any:
    """A copy of the values with another one at a path."""
    if not path:
        return value
    step, *rest = path
    if isinstance(step, int):
        items: list[Any] = list(values)
        items[step] = _with(items[step], tuple(rest), value)
        return items
    return {**values, step: _with(values[step], tuple(rest), value)}


def _tried(
    header: Header, changes: list[Replacement], expected: Any, *, safe: bool
) -> Repair | None:
    """The repair, if the YAML afterwards says what is expected; None otherwise."""
    text, start = header.text, header.content.start
    if len(text) > MAX_LENGTH:
        return None
    for change in sorted(changes, key=lambda one: one.extent, reverse=True):
        before, after = change.extent.start - start, change.extent.end - start
        text = text[:before] + change.text + text[after:]
    document = read_yaml(text)
    if document.root is None or document.root.value != expected or header.duplicates:
        return None
    if list(document.root.value) != list(expected):
        return None
    return Repair(safe, tuple(changes))
