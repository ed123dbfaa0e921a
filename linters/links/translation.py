"""Links of translations: their repository is not the whole docset.

docfx builds a localized docset over its fallback repository: a file that was not localized
is taken from the repository in the source language. What a translation has from its source
cannot be corrected in the translation.
"""

from __future__ import annotations

from dataclasses import replace

from linters.links.resolved_link import ResolvedLink
from linters.links.rules import (
    BACKSLASH_IN_LINK,
    FILE_CASE_MISMATCH,
    FILE_NOT_FOUND,
    INCLUDE_NOT_FOUND,
    LINK_REDIRECTED,
    LOCALE_IN_LINK,
    OUTDATED_HOST,
)
from linters.model.finding import Finding, Severity
from linters.model.link import Cause, Outcome, Verdict

STYLE_RULES = frozenset(
    {BACKSLASH_IN_LINK, FILE_CASE_MISMATCH, LINK_REDIRECTED, LOCALE_IN_LINK, OUTDATED_HOST}
)
_HELP = "the build takes it from the source repository, if that has it"


def not_localized(resolved: ResolvedLink) -> ResolvedLink:
    """A link of a translation; a file that is missing may exist in the source repository."""
    finding, outcome = resolved.finding, resolved.outcome
    if finding is None or outcome is None or (finding.fix is not None and finding.fix.safe):
        return resolved
    if finding.rule not in (FILE_NOT_FOUND, INCLUDE_NOT_FOUND):
        return resolved
    message = finding.message.replace("does not exist", "does not exist in this repository")
    help_text = f"{finding.help}; or {_HELP}" if finding.help else _HELP
    return replace(
        resolved,
        finding=replace(finding, message=message, help=help_text, severity=Severity.INFO, fix=None),
        outcome=Outcome(Verdict.UNKNOWN, Cause.NOT_LOCALIZED, message),
    )


def inherited(finding: Finding) -> Finding:
    """A finding whose cause is in the source article as well: style is only informative."""
    severity = Severity.INFO if finding.rule in STYLE_RULES else finding.severity
    return replace(finding, severity=severity, data={**finding.data, "inherited": True})
