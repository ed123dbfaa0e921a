"""Where a link leads, and what is wrong with it as far as the repository can tell."""

from __future__ import annotations

from dataclasses import dataclass

from linters.model.finding import Related, Rule, Severity
from linters.model.link import Cause, Kind, Outcome, Verdict

OK = Outcome(Verdict.OK)


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding without its place; ``fix`` is the destination as it should be written.

    ``severity`` is None for the rule's own.
    """

    rule: Rule
    message: str
    help: str | None = None
    fix: str | None = None
    safe: bool = True
    related: tuple[Related, ...] = ()
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Located:
    """One link's target.

    ``target`` is an absolute URL or a root-relative ``file#bookmark``. ``path`` is the file
    of this repository that it leads to, with ``bookmark`` still to be looked up there.
    ``outcome`` is None where the network has to be asked; ``url`` is what to ask where the
    file is only likely the target, and the bookmark is not in it.
    """

    kind: Kind
    target: str
    outcome: Outcome | None = None
    path: str | None = None
    bookmark: str | None = None
    problem: Problem | None = None
    url: str | None = None


def broken(problem: Problem, cause: Cause) -> Outcome:
    """The outcome of a link with a problem that leaves the reader with nothing."""
    return Outcome(Verdict.BROKEN, cause, problem.message)
