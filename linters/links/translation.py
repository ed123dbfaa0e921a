"""Links of translated articles: their repository is not the whole docset.

docfx builds a localized docset over its fallback repository: a file that was not localized
is taken from the repository in the source language.
"""

from __future__ import annotations

from dataclasses import replace

from linters.links.resolved_link import Located
from linters.links.rules import FILE_NOT_FOUND, INCLUDE_NOT_FOUND
from linters.model.finding import Severity
from linters.model.link import Verdict

_HELP = "the build takes it from the source repository, if that has it"


def in_translation(located: Located) -> Located:
    """The same target seen from a translation: what is missing may lie in the source."""
    problem, outcome = located.problem, located.outcome
    if problem is None or problem.fix is not None or outcome is None:
        return located
    if problem.rule not in (FILE_NOT_FOUND, INCLUDE_NOT_FOUND):
        return located
    message = problem.message.replace("does not exist", "does not exist in this repository")
    help_text = f"{problem.help}; or {_HELP}" if problem.help else _HELP
    return replace(
        located,
        problem=replace(problem, message=message, help=help_text, severity=Severity.WARNING),
        outcome=replace(outcome, verdict=Verdict.UNKNOWN, reason=message),
    )
