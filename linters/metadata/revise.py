"""Drops or moves findings of single articles once the whole repository is known."""

from __future__ import annotations

from dataclasses import replace

from linters.checker import ResolveContext
from linters.metadata import rules
from linters.metadata.schema.source import bundled_names
from linters.model.finding import Finding, Position, Range, Severity
from linters.repository.decisions import ArticleKind

_CODES = frozenset(rule.code for rule in rules.RULES)
_REQUIREMENTS = frozenset(
    rule.code
    for rule in (
        rules.MISSING_ATTRIBUTE,
        rules.MISSING_EITHER_ATTRIBUTE,
        rules.MISSING_PAIRED_ATTRIBUTE,
    )
)
_PARTIAL_PAGES = frozenset((ArticleKind.STUB, ArticleKind.OVERWRITE, ArticleKind.REFERENCE))


class Revision:
    """Revises the findings of one run; each decision is made only if a finding needs it."""

    def __init__(self, run: ResolveContext) -> None:
        self._run = run
        self._decisions = run.decisions

    def __call__(self, finding: Finding) -> Finding | None:
        """The finding, perhaps at another place; None where it does not apply."""
        if finding.rule.code not in _CODES:
            return finding
        if finding.rule == rules.MISSPELT_ATTRIBUTE and self._is_own_key(finding):
            return None
        if finding.rule.code in _REQUIREMENTS and not self._is_required(finding):
            return None
        if finding.rule == rules.ATTRIBUTE_RESERVED and not self._is_built(finding):
            return None
        if finding.rule == rules.PLACEHOLDER_VALUE and not self._is_published(finding):
            return None  # a template for articles
        if finding.rule == rules.MISSING_ATTRIBUTE and self._does_without(finding):
            finding = replace(finding, severity=Severity.INFO)
        return self._at_origin(finding)

    def _is_own_key(self, finding: Finding) -> bool:
        """Whether the key is the repository's own; one that is only nested never is."""
        return "parent" not in finding.data and self._decisions.is_own_key(finding.data["key"])

    def _is_required(self, finding: Finding) -> bool:
        """Whether the file has to have the key that is missing.

        Only published pages have to; what a stub, an overwrite file or a generated reference
        page needs, only a schema of the repository's own can say, and never a title.
        """
        kind = self._decisions.kind(finding.path)
        if kind in _PARTIAL_PAGES:
            is_title = finding.data.get("missing") == ["title"]
            return finding.data["schema"] not in bundled_names() and not is_title
        return self._decisions.is_page(finding.path)

    def _does_without(self, finding: Finding) -> bool:
        """Whether the docset does without a key that only the published guide asks for.

        What a bundled schema makes an error, and any schema of the repository's own, counts.
        """
        return (
            finding.severity in (None, Severity.WARNING)
            and finding.data["schema"] in bundled_names()
            and self._decisions.does_without_key(finding.path, finding.data["missing"][0])
        )

    def _is_published(self, finding: Finding) -> bool:
        return self._decisions.is_published(finding.path)

    def _is_built(self, finding: Finding) -> bool:
        """Whether the build reads the header; README files are also read by other sites."""
        is_notice = self._decisions.kind(finding.path) is ArticleKind.NOTICE
        return not is_notice and self._is_published(finding)

    def _at_origin(self, finding: Finding) -> Finding:
        """The finding at the configuration that caused it, if that is reported on as well."""
        origin = finding.data.get("origin")
        if origin is None or not self._run.covers(origin["path"]):
            return finding
        start = Position(origin["line"], origin["column"])
        end = Position(origin["end_line"], origin["end_column"])
        data = {key: value for key, value in finding.data.items() if key != "origin"}
        return replace(
            finding,
            path=origin["path"],
            range=Range(start, end),
            data=data,
            related=(),
            fingerprint="",
        )
