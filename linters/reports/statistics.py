"""Findings by rule, and by the message they share: a value or URL that is wrong in many articles
is one thing to decide."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

from linters.model.finding import Finding, Rule, Severity
from linters.model.report import Report
from linters.reports.display import Display
from linters.reports.escape import escape
from linters.reports.severities import LEVELS, severity_of
from linters.reports.wrapping import wrap
from linters.util.shorten import shorten

_SHOWN_CAUSES = 3
_INDENT = 10


@dataclass(frozen=True, slots=True)
class SharedMessage:
    """A message of a rule, how many findings have it, and in how many files."""

    message: str
    count: int
    files: int


@dataclass(frozen=True, slots=True)
class RuleStatistics:
    """The findings of one rule; ``causes`` are its messages, the most frequent first.

    ``levels`` counts findings by severity, ``safe`` and ``unsafe`` those with a fix.
    """

    rule: Rule
    count: int
    levels: Mapping[Severity, int]
    files: int
    safe: int
    unsafe: int
    causes: tuple[SharedMessage, ...]

    @property
    def worst(self) -> Severity:
        """The most severe of the levels."""
        return min(self.levels, key=LEVELS.index)


def most_severe_rules(report: Report) -> list[RuleStatistics]:
    """The counts of every rule with findings, the most severe first."""
    counts = rule_statistics(report)  # sorted, and sorting is stable
    return sorted(counts, key=lambda entry: LEVELS.index(entry.worst))


def rule_statistics(report: Report) -> tuple[RuleStatistics, ...]:
    """The counts of every rule with findings, the most frequent first.

    One pass: a large report is read from the disk.
    """
    tallies: dict[str, _Tally] = {}
    for finding in report.findings:
        tallies.setdefault(finding.rule.code, _Tally(finding.rule)).add(finding)
    counts = [tally.statistics() for tally in tallies.values()]
    return tuple(sorted(counts, key=lambda entry: (-entry.count, entry.rule.code)))


def render_statistics(report: Report, display: Display) -> str:
    """A line for each rule, and below it the values or URLs with the most findings."""
    counts = rule_statistics(report)
    if not counts:
        return "no findings\n"
    lines = [display.paint("bold", f"{'findings':>8}  {'files':>6}  fixable  rule")]
    for entry in counts:
        fixable = f"{entry.safe:,}" + (f"+{entry.unsafe:,}" if entry.unsafe else "")
        mark = "[*] " if entry.safe else ""
        rule = f"{entry.rule.code}[{entry.rule.name}]"
        numbers = f"{entry.count:>8,}  {entry.files:>6,}  {fixable:>7}"
        fits = len(f"{numbers}  {mark}{rule}") <= display.columns
        lines += [f"{numbers}  {mark}{rule}"] if fits else [numbers, f"    {mark}{rule}"]
        lines += _cause_lines(entry, display)
    if any(entry.unsafe for entry in counts):
        text = "fixable: a+b means a with --fix, b more with --unsafe-fixes"
        lines += wrap(text, display.columns, indent="    ")
    return "".join(line + "\n" for line in lines)


def statistics_data(report: Report) -> list[dict[str, object]]:
    """The same as JSON values."""
    return [
        {
            "code": entry.rule.code,
            "name": entry.rule.name,
            "count": entry.count,
            "files": entry.files,
            "fixable": {"safe": entry.safe, "unsafe": entry.unsafe},
            "causes": [asdict(cause) for cause in entry.causes],
        }
        for entry in rule_statistics(report)
    ]


class _Tally:
    """The counts of one rule so far."""

    def __init__(self, rule: Rule) -> None:
        self._rule = rule
        self._levels: Counter[Severity] = Counter()
        self._files: set[str] = set()
        self._fixes: Counter[bool] = Counter()
        self._counts: Counter[str] = Counter()
        self._files_of: dict[str, set[str]] = defaultdict(set)

    def add(self, finding: Finding) -> None:
        self._levels[severity_of(finding)] += 1
        self._files.add(finding.path)
        self._counts[finding.message] += 1
        self._files_of[finding.message].add(finding.path)
        if finding.fix is not None:
            self._fixes[finding.fix.safe] += 1

    def statistics(self) -> RuleStatistics:
        ordered = sorted(self._counts.items(), key=lambda item: (-item[1], item[0]))
        return RuleStatistics(
            rule=self._rule,
            count=self._counts.total(),
            levels=self._levels,
            files=len(self._files),
            safe=self._fixes[True],
            unsafe=self._fixes[False],
            causes=tuple(
                SharedMessage(message, count, len(self._files_of[message]))
                for message, count in ordered
            ),
        )


def _cause_lines(entry: RuleStatistics, display: Display) -> Iterator[str]:
    for cause in entry.causes[:_SHOWN_CAUSES]:
        line = f"{cause.count:>{_INDENT + 6},} × {escape(cause.message)}"
        yield shorten(line, display.columns)
    rest = len(entry.causes) - _SHOWN_CAUSES
    if rest > 0:
        yield f"{'':>{_INDENT + 9}}and {rest:,} more"
