"""From a schema's violations to findings: place, severity, wording, help and repair."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from linters.article.header import Header
from linters.article.yaml_nodes import Entry, Node
from linters.metadata import fixes
from linters.metadata.found import Found, Repair
from linters.metadata.rules import BY_NAME
from linters.metadata.schema.custom_rules import CustomRule, is_indexed
from linters.metadata.schema.loading import Schema
from linters.metadata.schema.values import show
from linters.metadata.schema.violation import Violation, Where
from linters.metadata.spelling import nearest, suggest_key
from linters.model.finding import Extent
from linters.repository.inheritance import Inherited

Path = tuple[str | int, ...]

MAX_FINDINGS = 200
"""Findings of one schema in one header; docfx has caps as well (100 errors a file)."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One article's metadata in force.

    ``values`` are merged; ``origins`` names who gave the keys that the header does not set.
    ``names`` are the article's paths as ``exclude`` may see them, ``new`` says that it has
    no base revision.
    """

    header: Header
    values: Mapping[str, Any]
    origins: Mapping[str, Inherited]
    names: tuple[str, ...]
    new: bool = True

    @property
    def indexed(self) -> bool:
        """Whether search engines may index the page."""
        return is_indexed(self.values)


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding with what it is about, so that one damage gives one finding.

    ``path`` leads to the value; ``missing`` is the key that is not there.
    """

    found: Found
    path: Path
    missing: str | None = None
    suggestion: str | None = None


def judge(schema: Schema, subject: Subject, now: datetime) -> Iterator[Judged]:
    """What one schema says of an article's metadata."""
    given = 0
    for violation in schema.violations(dict(subject.values), now):
        judged = _judge(schema, violation, subject)
        if judged is not None:
            yield judged
            given += 1
            if given == MAX_FINDINGS:
                return


def _judge(schema: Schema, violation: Violation, subject: Subject) -> Judged | None:
    path: Path = tuple(violation.absolute_path)
    base = path[: len(path) - violation.below] if violation.below else path
    name = _dotted(path)
    custom = _custom_rule(schema, violation, base, path)
    if not custom.speaks(subject.names, indexed=subject.indexed, new=subject.new):
        return None
    arguments = [name if argument == "" else argument for argument in violation.arguments]
    prefix = f"{name}: " if name and violation.where is Where.VALUE else ""
    message = custom.rephrase(prefix + violation.message, arguments)
    data: dict[str, Any] = {"attribute": _attribute(violation, base, path), "schema": schema.name}
    if custom.code:
        message = f"{message} [{custom.code}]"
        data["code"] = custom.code
    if violation.where is Where.MISSING:
        data["missing"] = [violation.attribute]
    extent, inherited = _place(violation, path, subject)
    helped, suggestion, repair = _help(violation, path, subject)
    if suggestion is not None:
        data["suggestion"] = suggestion
    found = Found(
        BY_NAME[violation.code],
        extent,
        message,
        severity=custom.severity,
        help=helped,
        data=data,
        repair=repair if inherited is None else None,
        inherited=inherited,
    )
    missing = violation.attribute if violation.code == "missing-attribute" and not base else None
    return Judged(found, path, missing, suggestion)


def _dotted(path: Path) -> str:
    """A path for people: ``a.b[0]``."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def _attribute(violation: Violation, base: Path, path: Path) -> str:
    if violation.where is Where.MISSING:
        return _dotted((*base, violation.attribute))
    return _dotted(path)


def _custom_rule(schema: Schema, violation: Violation, base: Path, path: Path) -> CustomRule:
    """The schema's rule; docfx knows values by keys alone, without the indices of lists."""
    keys = [step for step in base if isinstance(step, str)]
    full = [step for step in path if isinstance(step, str)]
    candidates = [".".join((*keys, violation.attribute)) if violation.attribute else ""]
    candidates += [".".join(full)]
    for candidate in candidates:
        custom = schema.rules.get((candidate, violation.code))
        if custom is not None:
            return custom
    return CustomRule()


def _place(violation: Violation, path: Path, subject: Subject) -> tuple[Extent, Inherited | None]:
    header = subject.header
    if path and isinstance(path[0], str) and path[0] in subject.origins:
        return header.content, subject.origins[path[0]]
    start = Extent(header.content.start, header.content.start)
    if violation.where is Where.MISSING and not path:
        return start, None
    node: Node | None = header.root
    if node is None:
        return start, None
    if violation.where is Where.KEY:
        entry = entry_at(header, path)
        if entry is not None:
            return entry.extent, None
    reached = node
    for step in path:
        try:
            reached = reached.at((step,))
        except KeyError:
            break
    if violation.where is Where.MISSING:
        return Extent(reached.extent.start, reached.extent.start), None
    return reached.extent, None


def entry_at(header: Header, path: Path) -> Entry | None:
    """The entry of the header at a path; None where there is none."""
    if header.root is None or not path or not isinstance(path[-1], str):
        return None
    try:
        return header.root.at(path[:-1]).entry(path[-1])
    except KeyError:
        return None


def _help(
    violation: Violation, path: Path, subject: Subject
) -> tuple[str | None, str | None, Repair | None]:
    """What helps, the value or key that was meant, and a repair."""
    header, code = subject.header, violation.code
    if code == "unknown-field":
        return _help_unknown(violation, path, subject)
    if code in ("invalid-value", "invalid-paired-attribute") and violation.allowed:
        value = violation.instance if violation.below == 0 else _value_at(subject.values, path)
        meant = nearest(value, violation.allowed) if isinstance(value, str) else None
        if meant is None:
            return None, None, None
        safe = isinstance(value, str) and meant.lower() == value.strip().lower()
        repair = fixes.replace_value(header, path, meant, safe=safe)
        return f"did you mean {show(meant)}?", meant, repair
    if code == "unexpected-type" and "string" in _types(violation):
        repair = fixes.quote(header, path)
        return ("put the value in quotes" if repair else None), None, repair
    if code == "date-format-invalid":
        formats: Any = violation.validator_value
        patterns = (formats,) if isinstance(formats, str) else tuple(formats)
        return f"write it as {patterns[0]}", None, fixes.reformat_date(header, path, patterns)
    if code == "attribute-deprecated" and violation.validator_value:
        entry = entry_at(header, path) if len(path) == 1 else None
        replacement = str(violation.validator_value)
        repair = fixes.rename(header, entry, replacement, safe=True) if entry else None
        return None, replacement, repair
    return None, None, None


def _help_unknown(
    violation: Violation, path: Path, subject: Subject
) -> tuple[str | None, str | None, Repair | None]:
    key = str(path[-1])
    suggestion = suggest_key(key, violation.allowed, subject.values)
    meant = suggestion.key if suggestion else nearest(key, violation.allowed)
    if meant is None or meant not in violation.allowed:
        return None, None, None
    entry = entry_at(subject.header, path) if len(path) == 1 else None
    repair = fixes.rename(subject.header, entry, meant, safe=False) if entry else None
    return f"did you mean {meant}?", meant, repair


def _types(violation: Violation) -> list[str]:
    wanted = violation.arguments[0] if violation.arguments else ""
    return str(wanted).split(", ")


def _value_at(values: Any, path: Path) -> Any:
    for step in path:
        try:
            values = values[step]
        except (KeyError, IndexError, TypeError):
            return None
    return values
