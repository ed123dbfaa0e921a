"""From a schema's violations to findings: place, severity, message, help and fix."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from linters.article.article import Article
from linters.article.header import Header
from linters.article.yaml_nodes import Entry
from linters.metadata import fixes, rules
from linters.metadata.candidate import Candidate, Edits, KeyPath
from linters.metadata.schema.custom_rules import CustomRule, is_indexed
from linters.metadata.schema.load_schema import Schema
from linters.metadata.schema.values import show
from linters.metadata.schema.violation import Violation, Where
from linters.metadata.spelling import suggest_key
from linters.model.finding import Extent, Finding, Related
from linters.repository.inheritance import Inherited
from linters.util.suggestions import nearest

MAX_FINDINGS = 200
"""Findings of one schema in one header; docfx has caps as well (100 errors a file)."""

_WITH_CHOICES = (rules.INVALID_VALUE.name, rules.INVALID_PAIRED_ATTRIBUTE.name)


@dataclass(frozen=True, slots=True)
class Subject:
    """One article's metadata in force.

    ``values`` are merged; ``origins`` maps keys that the header does not set to where they
    come from. ``new`` says that the article has no base revision.
    """

    article: Article
    header: Header
    values: Mapping[str, Any]
    origins: Mapping[str, Inherited]
    new: bool = True


class Advice(NamedTuple):
    """How to fix a violation: help, the value or key that was meant, the fix.

    ``is_key`` says that ``suggestion`` is a key.
    """

    help: str | None = None
    suggestion: str | None = None
    edits: Edits | None = None
    safe: bool = True
    is_key: bool = False


def find_violations(schema: Schema, subject: Subject, now: datetime) -> Iterator[Candidate]:
    """The findings of one schema in an article's metadata."""
    indexed = is_indexed(subject.values)
    given = 0
    for violation in schema.violations(dict(subject.values), now):
        candidate = _candidate(schema, violation, subject, indexed=indexed)
        if candidate is not None:
            yield candidate
            given += 1
            if given == MAX_FINDINGS:
                return


def _candidate(
    schema: Schema, violation: Violation, subject: Subject, *, indexed: bool
) -> Candidate | None:
    path: KeyPath = tuple(violation.absolute_path)
    base = path[: len(path) - violation.below] if violation.below else path
    name = _dotted(path)
    custom = _custom_rule(schema, violation, base, path)
    if not custom.applies(subject.article.path, indexed=indexed, new=subject.new):
        return None
    arguments = [name if argument == "" else argument for argument in violation.arguments]
    prefix = f"{name}: " if name and violation.where is Where.VALUE else ""
    message = custom.rephrase(prefix + violation.message, arguments)
    data: dict[str, Any] = {"attribute": _attribute(violation, base, path), "schema": schema.name}
    if custom.code:
        message = f"{message} [{custom.code}]"
        data["code"] = custom.code
    if violation.absent:
        data["missing"] = list(violation.absent)
    if violation.attributes:
        data["attributes"] = list(violation.attributes)
    inherited = subject.origins.get(str(path[0])) if path else None
    if inherited is not None and violation.code == rules.ATTRIBUTE_RESERVED.name:
        return None  # build configurations set these keys
    advice = _advice(violation, path, subject)
    if advice.suggestion is not None:
        data["suggestion"] = advice.suggestion
    start = subject.header.content.start
    finding = subject.article.finding(
        rules.BY_NAME[violation.code],
        Extent(start, start) if inherited else _place(violation, path, subject.header),
        message,
        severity=custom.severity,
        help=advice.help,
        data=data,
        edits=None if inherited else advice.edits,
        safe=advice.safe,
    )
    if inherited is not None:
        finding = _at_origin(finding, inherited)
    is_missing = violation.code == rules.MISSING_ATTRIBUTE.name and not base
    missing = violation.attribute if is_missing else None
    meant = (advice.suggestion,) if advice.is_key and advice.suggestion else ()
    sets = meant[0] if meant and finding.fix is not None else None
    return Candidate(finding, path, missing, meant, sets)


def _at_origin(finding: Finding, inherited: Inherited) -> Finding:
    """The finding with the place that its value is inherited from (see ``revise``)."""
    (line, column), (end_line, end_column) = inherited.range
    origin = {
        "path": inherited.path,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
    }
    related = (Related(inherited.path, line, column, "inherited from here"),)
    return replace(finding, data={**finding.data, "origin": origin}, related=related)


def _dotted(path: KeyPath) -> str:
    """A path as people write it: ``a.b[0]``."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def _attribute(violation: Violation, base: KeyPath, path: KeyPath) -> str:
    if violation.where is Where.MISSING:
        return _dotted((*base, violation.attribute))
    return _dotted(path)


def _custom_rule(schema: Schema, violation: Violation, base: KeyPath, path: KeyPath) -> CustomRule:
    """The schema's rule; docfx names values by keys alone, without the indices of lists."""
    keys = [step for step in base if isinstance(step, str)]
    full = [step for step in path if isinstance(step, str)]
    candidates = [".".join((*keys, violation.attribute)) if violation.attribute else ""]
    candidates += [".".join(full)]
    for candidate in candidates:
        custom = schema.rules.get((candidate, violation.code))
        if custom is not None:
            return custom
    return CustomRule()


def _place(violation: Violation, path: KeyPath, header: Header) -> Extent:
    """Where a violation is reported; missing top-level keys at the start of the YAML."""
    start = Extent(header.content.start, header.content.start)
    node = header.root
    if node is None or (violation.where is Where.MISSING and not path):
        return start
    if violation.where is Where.KEY:
        entry = entry_at(header, path)
        if entry is not None:
            return entry.extent
    for step in path:
        try:
            node = node.at((step,))
        except KeyError:
            break
    if violation.where is Where.MISSING:
        return Extent(node.extent.start, node.extent.start)
    return node.extent


def entry_at(header: Header, path: KeyPath) -> Entry | None:
    """The entry of the header at a path; None where there is none."""
    if header.root is None or not path or not isinstance(path[-1], str):
        return None
    try:
        return header.root.at(path[:-1]).entry(path[-1])
    except KeyError:
        return None


def _advice(violation: Violation, path: KeyPath, subject: Subject) -> Advice:
    header, code = subject.header, violation.code
    if code == rules.UNKNOWN_FIELD.name:
        return _advise_key(violation, path, subject)
    if code in _WITH_CHOICES and violation.allowed:
        value = violation.instance if violation.below == 0 else _value_at(subject.values, path)
        meant = nearest(value, violation.allowed) if isinstance(value, str) else None
        if meant is None:
            return Advice()
        safe = isinstance(value, str) and meant.lower() == value.strip().lower()
        edits = fixes.replace_value(header, path, meant)
        return Advice(f"did you mean {show(meant)}?", meant, edits, safe)
    if code == rules.UNEXPECTED_TYPE.name and "string" in _expected_types(violation):
        edits = fixes.quote(header, path)
        return Advice("quote the value" if edits else None, None, edits)
    if code == rules.DATE_FORMAT_INVALID.name:
        formats: Any = violation.validator_value
        patterns = (formats,) if isinstance(formats, str) else tuple(formats)
        written = fixes.reformat_date(header, path, patterns)
        return Advice(f"write it as {patterns[0]}", None, *(written or ()))
    if code == rules.ATTRIBUTE_DEPRECATED.name and violation.validator_value:
        entry = entry_at(header, path) if len(path) == 1 else None
        replacement = str(violation.validator_value)
        edits = fixes.rename(header, entry, replacement) if entry else None
        return Advice(None, replacement, edits, is_key=True)
    return Advice()


def _advise_key(violation: Violation, path: KeyPath, subject: Subject) -> Advice:
    key = str(path[-1])
    suggestion = suggest_key(key, violation.allowed, subject.values)
    meant = suggestion.key if suggestion else nearest(key, violation.allowed)
    if meant is None or meant not in violation.allowed:
        return Advice()
    entry = entry_at(subject.header, path) if len(path) == 1 else None
    edits = fixes.rename(subject.header, entry, meant) if entry else None
    return Advice(f"did you mean {meant!r}?", meant, edits, safe=False, is_key=True)


def _expected_types(violation: Violation) -> list[str]:
    expected = violation.arguments[0] if violation.arguments else ""
    return str(expected).split(", ")


def _value_at(values: Any, path: KeyPath) -> Any:
    for step in path:
        try:
            values = values[step]
        except (KeyError, IndexError, TypeError):
            return None
    return values
