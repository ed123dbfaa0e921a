"""A link with its target, and what the repository shows to be wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from linters.links.facts import Link
from linters.links.link_finding import link_finding
from linters.model.finding import Finding, Rule
from linters.model.link import Cause, Kind, Outcome, Verdict
from linters.util.redact import masked

OK = Outcome(Verdict.OK)


@dataclass(frozen=True, slots=True)
class ResolvedLink:
    """One link of the article ``source``, and its target.

    ``target`` is an absolute URL or a root-relative ``file#bookmark``. ``path`` is the file
    of this repository that the link points to, with ``bookmark`` still to be looked up
    there. ``outcome`` is None where the network decides; ``url`` is what to ask where the
    file is only likely the target and lacks the bookmark.
    """

    source: str
    link: Link
    kind: Kind
    target: str
    outcome: Outcome | None = None
    path: str | None = None
    bookmark: str | None = None
    finding: Finding | None = None
    url: str | None = None

    def with_finding(self, rule: Rule, message: str, **options: Any) -> ResolvedLink:
        """This link with a finding at its destination; the outcome stays."""
        if options.get("replacement") == self.link.written:
            options["replacement"] = None
        finding = link_finding(rule, self.source, self.link.range, message, **options)
        return replace(self, finding=finding)

    def broken(self, rule: Rule, cause: Cause, message: str, **options: Any) -> ResolvedLink:
        """This link with a finding, for one that gives the reader nothing."""
        found = self.with_finding(rule, message, **options)
        return replace(found, outcome=Outcome(Verdict.BROKEN, cause, masked(message)))
