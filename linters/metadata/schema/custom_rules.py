"""docfx's ``rules``: how a schema changes severity, code and message of its findings.

Property path → code → severity, or an object of ``severity``, ``code``, ``message``,
``additionalMessage``, ``disabled``, ``exclude``, ``tags``, ``contentTypes`` and ``addOnly``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from linters.model.errors import UserError
from linters.model.finding import Severity
from linters.repository.docfx_glob import docfx_glob
from linters.util.patterns import PatternError

SEVERITIES: Mapping[str, Severity] = {
    "error": Severity.ERROR,
    "warning": Severity.WARNING,
    "suggestion": Severity.INFO,
    "info": Severity.INFO,
    "off": Severity.OFF,
}
_ARGUMENT = re.compile(r"\{(\d{1,2})\}")


@dataclass(frozen=True, slots=True)
class CustomRule:
    """How a schema changes the findings of one code at one property."""

    severity: Severity | None = None
    code: str | None = None
    message: str | None = None
    additional: str | None = None
    exclude: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    content_types: tuple[str, ...] | None = None
    disabled: bool = False
    add_only: bool = False

    def applies(self, path: str, *, indexed: bool, new: bool) -> bool:
        """Whether findings in an article are reported.

        ``path`` is the article's, ``indexed`` says whether search engines may index it,
        ``new`` whether it has no base revision.
        """
        if self.disabled or self.severity is Severity.OFF:
            return False
        if any(docfx_glob(pattern).match(path) for pattern in self.exclude):
            return False
        if self.content_types is not None and "conceptual" not in self.content_types:
            return False
        if "seo" in self.tags and not indexed:
            return False
        return new or not self.add_only

    def rephrase(self, message: str, arguments: Sequence[Any]) -> str:
        """The schema's own message if it has one; ``{0}`` becomes the first argument."""

        def argument(match: re.Match[str]) -> str:
            index = int(match[1])
            return str(arguments[index]) if index < len(arguments) else match[0]

        if self.message:
            message = _ARGUMENT.sub(argument, self.message)
        if self.additional:
            message = f"{message.rstrip('.')}. {self.additional}"
        return message


def is_indexed(values: Mapping[str, Any]) -> bool:
    """Whether search engines may index the page of some metadata."""
    robots = (value for key, value in values.items() if key.lower() == "robots")
    return not any("noindex" in str(value).lower() for value in robots)


def read_rules(name: str, root: Any) -> Mapping[tuple[str, str], CustomRule]:
    """(property path, code) to rule; UserError where a schema's ``rules`` are malformed."""
    rules: dict[tuple[str, str], CustomRule] = {}
    for keyword in ("customRules", "rules"):
        tree = root.get(keyword, {}) if isinstance(root, dict) else {}
        if not isinstance(tree, dict):
            raise UserError(f"{name}: {keyword} must be an object")
        for path, codes in tree.items():
            if not isinstance(codes, dict):
                raise UserError(f"{name}: {keyword}/{path} must be an object")
            for code, value in codes.items():
                rules[path, code] = _read_rule(f"{name}: {keyword}/{path}/{code}", value)
    return rules


def _read_rule(where: str, value: Any) -> CustomRule:
    if isinstance(value, str):
        value = {"severity": value}
    if not isinstance(value, dict):
        raise UserError(f"{where} must be a severity or an object")
    severity = value.get("severity")
    if severity is not None and str(severity).lower() not in SEVERITIES:
        raise UserError(f"{where}: severity {severity!r} is not one of {', '.join(SEVERITIES)}")
    texts = {}
    for key in ("code", "message", "additionalMessage"):
        texts[key] = value.get(key)
        if texts[key] is not None and not isinstance(texts[key], str):
            raise UserError(f"{where}: {key} must be a string")
    exclude = _strings(where, "exclude", value)
    try:
        for pattern in exclude:
            docfx_glob(pattern)
    except PatternError as error:
        raise UserError(f"{where}: {error}") from error
    types = _strings(where, "contentTypes", value) if "contentTypes" in value else None
    return CustomRule(
        severity=None if severity is None else SEVERITIES[str(severity).lower()],
        code=texts["code"] or None,
        message=texts["message"] or None,
        additional=texts["additionalMessage"] or None,
        exclude=exclude,
        tags=tuple(tag.lower() for tag in _strings(where, "tags", value)),
        content_types=None if types is None else tuple(name.lower() for name in types),
        disabled=value.get("disabled") is True,
        add_only=value.get("addOnly") is True,
    )


def _strings(where: str, key: str, value: Mapping[str, Any]) -> tuple[str, ...]:
    found = value.get(key, [])
    found = [found] if isinstance(found, str) else found
    if not isinstance(found, list) or not all(isinstance(text, str) for text in found):
        raise UserError(f"{where}: {key} must be a list of strings")
    return tuple(found)
