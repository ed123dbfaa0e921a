"""What the report says of the findings of one path: graded, one per damage, not suppressed, new."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from linters.findings.directives import Directive
from linters.findings.fingerprints import fingerprinted
from linters.findings.known_findings import KnownFindings
from linters.findings.rule_settings import RuleTable
from linters.findings.suppressions import WasChecked, suppress
from linters.model.diff import Diff
from linters.model.finding import Finding, Group, Range, Rule
from linters.model.hidden_finding import HiddenFinding
from linters.util.redact import masked_finding


@dataclass(frozen=True, slots=True)
class PathFindings:
    """Turns the raw findings of one path after the other into those of the report.

    Directives, fingerprints, duplicates and precedence are all matters of one path.
    ``hide`` gets what directives suppress, ``known`` takes out what the baseline has.
    """

    rules: Sequence[Rule]
    table: RuleTable
    was_checked: WasChecked
    owner: Callable[[str], str | None]
    known: KnownFindings
    hide: Callable[[HiddenFinding], None]
    change: Diff | None

    def of(
        self, path: str, findings: Iterable[Finding], directives: Sequence[Directive]
    ) -> Iterator[Finding]:
        """The findings that the report lists, in order.

        In order: grade by severity, one finding per damage, take out what directives suppress,
        sort, add owner and fingerprint, take out what the baseline knows, keep what the diff
        touches. Fingerprints come before the diff, so that a finding has the same one in every
        run.
        """
        first = _first_by_precedence(_distinct(self.table.graded(findings)))
        suppressed = suppress(path, first, directives, self.rules, self.was_checked)
        hidden = sorted(suppressed.hidden, key=lambda entry: sort_key(entry.finding))
        numbered = self._numbered(path, [entry.finding for entry in hidden])
        for entry, finding in zip(hidden, numbered, strict=True):
            self.hide(replace(entry, finding=finding))
        ordered = sorted(self.table.graded(suppressed.findings), key=sort_key)
        for finding in self.known.unknown(self._numbered(path, ordered)):
            if self.change is None or _is_new(finding, self.change.lines):
                yield finding

    def _numbered(self, path: str, findings: Sequence[Finding]) -> Iterator[Finding]:
        """The findings, which are sorted, masked, with owner and fingerprint."""
        owner = self.owner(path) if findings else None
        masked = map(masked_finding, findings)
        return fingerprinted(replace(finding, owner=owner) for finding in masked)


def sort_key(finding: Finding) -> tuple[object, ...]:
    """The total order of findings."""
    return (finding.path, finding.range, finding.rule.code, finding.message)


def _distinct(findings: Iterable[Finding]) -> Iterable[Finding]:
    seen = set()
    for finding in findings:
        key = sort_key(finding)
        if key not in seen:
            seen.add(key)
            yield finding


def _first_by_precedence(findings: Iterable[Finding]) -> list[Finding]:
    """One damage, one finding: of each group of rules only the lowest rank at its place."""
    every = list(findings)
    lowest: dict[tuple[Group, Range | None], int] = {}
    for finding in every:
        precedence = finding.rule.precedence
        if precedence is not None:
            key = _scope(finding, precedence.group)
            lowest[key] = min(precedence.rank, lowest.get(key, precedence.rank))
    return [
        finding
        for finding in every
        if (precedence := finding.rule.precedence) is None
        or precedence.rank == lowest[_scope(finding, precedence.group)]
    ]


def _scope(finding: Finding, group: Group) -> tuple[Group, Range | None]:
    return group, None if group.per_article else finding.range


def _is_new(finding: Finding, lines: Mapping[str, Collection[int]]) -> bool:
    """Whether a finding is on a line that the change touches, or is caused by the change."""
    (first, _), (last, column) = finding.range
    last = last - 1 if column == 1 and last > first else last
    touched = lines.get(finding.path, ())
    return finding.by_change or any(number in touched for number in range(first, last + 1))
