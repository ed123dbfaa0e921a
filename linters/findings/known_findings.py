"""Takes out the findings that the baseline knows, and finds the entries that are stale."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from linters.findings.baseline import Baseline
from linters.model.finding import Finding, FindingKey
from linters.model.hidden_finding import HiddenBy, HiddenFinding
from linters.model.note import Note

MAX_NOTES = 20


@dataclass
class KnownFindings:
    """What the baseline did in one run; ``hide`` gets each finding that it hides."""

    baseline: Baseline
    today: date
    hide: Callable[[HiddenFinding], None]
    notes: list[Note] = field(default_factory=list)
    _seen: set[FindingKey] = field(default_factory=set)

    def unknown(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """The findings that no entry hides today."""
        for finding in findings:
            entry = self.baseline.entries.get(finding.key)
            if entry is not None:
                self._seen.add(finding.key)
                if entry.is_valid(self.today):
                    self.hide(HiddenFinding(finding, HiddenBy.BASELINE, entry.reason))
                    continue
                line = finding.range.start.line
                message = f"the baseline entry for {entry.key.rule} expired on {entry.expires}"
                self.notes.append(Note(message, finding.path, line))
            yield finding

    def stale(self, was_checked: Callable[[FindingKey], bool]) -> tuple[FindingKey, ...]:
        """The entries that would have matched if their finding were still there."""
        stale = [
            key
            for key in sorted(self.baseline.entries)
            if key not in self._seen and was_checked(key)
        ]
        source = self.baseline.source
        self.notes += (
            Note(f"{source}: the entry for {key.rule} no longer occurs", key.path)
            for key in stale[:MAX_NOTES]
        )
        if len(stale) > MAX_NOTES:
            more = len(stale) - MAX_NOTES
            self.notes.append(Note(f"{source}: {more:,} more entries no longer occur"))
        return tuple(stale)
