"""What a first run suggests for the configuration, with the counts as comments.

Nothing is switched off by itself: every line is a comment, and removing ``# `` makes it valid
TOML. Top-level keys come before tables.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

from linters.model.finding import Finding, Severity
from linters.model.report import Report
from linters.reports.escape import escape
from linters.reports.statistics import RuleStatistics, rule_statistics
from linters.reports.summary import plural
from linters.util.shorten import shorten

_FREQUENT = 10
_SHOWN = 10
_LONGEST_MESSAGE = 60
_MOST = 0.8  # of a family's findings in one folder
_PART = 0.5  # of the articles, at most, in that folder


def ignore_lines(report: Report) -> Iterator[str]:
    """``ignore``: frequent rules that do not fail the gate."""
    rules = [
        entry
        for entry in rule_statistics(report)
        if entry.count >= _FREQUENT and not _is_error(entry)
    ]
    if rules:
        yield "# ignore = ["
        for entry in rules[:_SHOWN]:
            yield f"#   {json.dumps(entry.rule.name)},  # {_count(entry)}"
        yield "# ]"


def severity_lines(report: Report) -> Iterator[str]:
    """``[severity]``: rules with errors, so that the gate can be switched on today."""
    rules = [entry for entry in rule_statistics(report) if _is_error(entry)]
    if rules:
        yield "# [severity]"
        for entry in rules[:_SHOWN]:
            yield f'# {entry.rule.name} = "warning"  # {_count(entry)}'


def per_file_ignore_lines(report: Report, articles: tuple[str, ...]) -> Iterator[str]:
    """``[per-file-ignores]``: folders that have most of the findings of a family of rules."""
    found = list(_folders(report, articles))
    if found:
        yield "# [per-file-ignores]"
        for folder, families in found:
            counts = ", ".join(f"{own:,} of {total:,} {family}" for family, own, total in families)
            words = json.dumps([family for family, _, _ in families])
            yield f"# {json.dumps(folder + '/**')} = {words}  # {escape(counts)}"


def _folders(
    report: Report, articles: tuple[str, ...]
) -> Iterator[tuple[str, list[tuple[str, int, int]]]]:
    """Folder, and of each family that it has most findings of: name, findings, all findings."""
    sizes = Counter(folder for path in articles for folder in _parents(path))
    families: dict[str, list[Finding]] = {}
    for finding in report.findings:
        families.setdefault(finding.rule.code.rstrip("0123456789"), []).append(finding)
    chosen: dict[str, list[tuple[str, int, int]]] = {}
    for family, findings in sorted(families.items()):
        counts = Counter(folder for finding in findings for folder in _parents(finding.path))
        fitting = [
            folder
            for folder, count in counts.items()
            if count >= max(_FREQUENT, _MOST * len(findings))
            and sizes[folder] <= _PART * len(articles)
        ]
        if fitting:
            deepest = max(fitting, key=lambda folder: (folder.count("/"), folder))
            chosen.setdefault(deepest, []).append((family, counts[deepest], len(findings)))
    yield from sorted(chosen.items())


def _parents(path: str) -> Iterator[str]:
    folder = path.rpartition("/")[0]
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]


def _is_error(entry: RuleStatistics) -> bool:
    return Severity.ERROR in entry.levels


def _count(entry: RuleStatistics) -> str:
    count = f"{plural(entry.count, 'finding')} in {plural(entry.files, 'file')}"
    first = entry.causes[0]
    if first.count >= _FREQUENT and len(entry.causes) > 1:
        message = escape(shorten(first.message, _LONGEST_MESSAGE))
        return f"{count}, {first.count:,} × {message}"
    return count
