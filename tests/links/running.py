"""Runs the links checker over files of a test, offline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from linters.checker import Diff, NetworkOptions
from linters.links.checker import LinkChecker
from linters.model.report import Report
from linters.model.settings import Settings
from linters.pipeline.run import Options, RunInput, run
from linters.repository.diff_since import find_diff
from linters.repository.discovery import select
from linters.repository.source_tree import SourceTree
from tests.git import git
from tests.running import write

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)


def commit(root: Path, files: Mapping[str, str]) -> None:
    """A repository with these files committed."""
    write(root, files)
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "Begin")


def check(
    root: Path,
    named: Sequence[str] = (".",),
    settings: Settings | None = None,
    since: str | None = None,
    cache: Path | None = None,
    source: Path | None = None,
) -> Report:
    """The report on the named paths of a repository."""
    settings = settings or Settings(directory=str(root))
    selection = select(root, [root / name for name in named], settings)
    change: Diff | None = find_diff(root, since) if since else None
    options = Options(
        network=NetworkOptions(offline=True, cache_dir=cache),
        change=change,
        now=NOW,
        source=SourceTree.open(source) if source else None,
    )
    return run(RunInput(selection.repository, selection.reported, (LinkChecker(),), options))


def shown(report: Report) -> list[str]:
    """``path:line rule: message`` of each finding."""
    return [
        f"{finding.path}:{finding.range.start.line} {finding.rule.name}: {finding.message}"
        for finding in report.findings
    ]


def fixes(report: Report) -> list[str | None]:
    """What each finding's fix writes."""
    return [finding.fix.edits[0].text if finding.fix else None for finding in report.findings]


def links(report: Report) -> list[tuple[str, str, str, str]]:
    """(url, kind, target, verdict) of each link."""
    return [
        (item.url, str(item.kind), item.target, str(item.outcome.verdict)) for item in report.links
    ]
