"""Fixes of front matter: exact edits that keep quotes, order, comments and line ends.

Each fix is tried on the YAML before it is offered: afterwards exactly the value or key that it
is about has changed. The localization block is never touched. Each function returns the edits,
or None without such a fix.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from linters.article.header import Header
from linters.article.yaml_nodes import Entry, Node, read_yaml
from linters.article.yaml_scalars import resolve_scalar
from linters.metadata.candidate import Edits, KeyPath
from linters.metadata.known_keys import LOCALIZATION
from linters.model.finding import Extent
from linters.util.dotnet_dates import parse_exact

MAX_LENGTH = 32 * 1024
"""Characters of a header that is fixed; each fix is tried by parsing the header again."""

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
"""Formats that dates are found in, and whether such a date is unambiguous."""

PRIORITIES = {"Priority": "high", "Normal": "medium", "None": "none"}
"""Values of ``localization_priority`` and those of ``ms.localizationpriority`` for them."""


def rename(header: Header, entry: Entry, key: str) -> Edits | None:
    """Rename a key; None where the new one is there already or is the pipeline's."""
    if key in LOCALIZATION or entry.key in LOCALIZATION or key in header.values:
        return None
    edits = [(entry.extent, _quoted_like(_source(header, entry.extent), key))]
    value = entry.node.value
    if (entry.key, key) == ("localization_priority", "ms.localizationpriority"):
        if value not in PRIORITIES:
            return None
        value = PRIORITIES[value]
        edit = _rewrite(header, entry.node, value)
        if edit is None:
            return None
        edits.append(edit)
    expected = {
        (key if old == entry.key else old): (value if old == entry.key else content)
        for old, content in header.values.items()
    }
    return _tried(header, tuple(edits), expected)


def replace_value(header: Header, path: KeyPath, value: Any) -> Edits | None:
    """Replace a value, in the quotes that it has."""
    node = _node(header, path)
    edit = _rewrite(header, node, value) if node is not None else None
    return _tried(header, (edit,), _with(header.values, path, value)) if edit else None


def quote(header: Header, path: KeyPath) -> Edits | None:
    """Quote a plain number or boolean, so that it is a string."""
    node = _node(header, path)
    if node is None or not node.plain or isinstance(node.value, str) or node.value is None:
        return None
    text = _source(header, node.extent)
    return _tried(header, ((node.extent, f'"{text}"'),), _with(header.values, path, text))


def reformat_date(
    header: Header, path: KeyPath, patterns: tuple[str, ...]
) -> tuple[Edits, bool] | None:
    """Write a date in the first allowed format; with whether the date was unambiguous."""
    node = _node(header, path)
    if node is None or not isinstance(node.value, str):
        return None
    text = node.value.strip()
    midnight = _ISO_TIME.fullmatch(text)
    text = midnight["date"] if midnight else text
    for pattern, unambiguous in _DATES:
        moment = parse_exact(text, pattern)
        written = write_date(moment, patterns[0]) if moment else None
        if written is not None:
            edits = replace_value(header, path, written)
            return (edits, unambiguous) if edits else None
    return None


def write_date(moment: datetime, pattern: str) -> str | None:
    """A date in one of the numeric .NET patterns; None for any other pattern.

    Month and day get a leading zero even in ``M/d/yyyy``, which reads both: Microsoft's guide
    asks for MM/DD/YYYY.
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


def _node(header: Header, path: KeyPath) -> Node | None:
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


def _rewrite(header: Header, node: Node, value: str) -> tuple[Extent, str] | None:
    """The edit that replaces one scalar on one line."""
    source = _source(header, node.extent)
    if node.items or node.entries or not source or "\n" in source or "\r" in source:
        return None
    if source[0] in "|>&*!":
        return None
    text = _quoted_like(source, value)
    if source[0] not in "\"'" and not (_PLAIN.fullmatch(value) and resolve_scalar(value) == value):
        text = '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return node.extent, text


def _with(values: Mapping[str, Any], path: KeyPath, value: Any) -> Any:
    """A copy of the values with another one at a path."""
    if not path:
        return value
    step, *rest = path
    if isinstance(step, int):
        items: list[Any] = list(values)
        items[step] = _with(items[step], tuple(rest), value)
        return items
    return {**values, step: _with(values[step], tuple(rest), value)}


def _tried(header: Header, edits: Edits, expected: Any) -> Edits | None:
    """The edits, if the YAML afterwards has the expected values in the expected order."""
    text, start = header.text, header.content.start
    if len(text) > MAX_LENGTH or header.duplicates:
        return None
    for extent, replacement in sorted(edits, reverse=True):
        text = text[: extent.start - start] + replacement + text[extent.end - start :]
    document = read_yaml(text)
    if document.root is None or document.root.value != expected:
        return None
    return edits if list(document.root.value) == list(expected) else None
