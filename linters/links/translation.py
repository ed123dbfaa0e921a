"""Links of translations: their repository is not the whole docset.

docfx builds a localized docset over its fallback repository: a file that was not localized
is taken from the repository in the source language. What a translation has from its source
cannot be corrected in the translation.
"""

from __future__ import annotations

from dataclasses import replace

from linters.links.resolved_link import ResolvedLink
from linters.links.rules import FILE_NOT_FOUND, INCLUDE_NOT_FOUND
from linters.model.finding import Severity
from linters.model.link import Cause, Outcome, Verdict
from linters.repository.source_tree import SourceTree

_HELP = "the build takes it from the source repository if it exists there"


def not_localized(resolved: ResolvedLink, source: SourceTree | None) -> ResolvedLink:
    """A link of a translation; a file that is missing may exist in the source repository.

    ``source`` is the checkout of that repository, None without one.
    """
    finding, outcome = resolved.finding, resolved.outcome
    if finding is None or outcome is None or (finding.fix is not None and finding.fix.safe):
        return resolved
    if finding.rule not in (FILE_NOT_FOUND, INCLUDE_NOT_FOUND):
        return resolved
    path = resolved.target.partition("#")[0]
    if source is not None and not source.has(path):
        message = f"{path} exists neither here nor in the source repository"
        finding = replace(finding, message=message, severity=Severity.WARNING)
        outcome = replace(outcome, reason=message)
        return replace(resolved, finding=finding, outcome=outcome)
    message = finding.message.replace("does not exist", "does not exist in this repository")
    finding = replace(finding, message=message, help=_HELP, severity=Severity.INFO, fix=None)
    outcome = Outcome(Verdict.UNKNOWN, Cause.NOT_LOCALIZED, message)
    return replace(resolved, finding=finding, outcome=outcome)
