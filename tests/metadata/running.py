"""Runs the metadata checker on a few files, as the command line would."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from linters.checker import Diff, NetworkOptions
from linters.config.loading import load
from linters.metadata.checker import MetadataChecker
from linters.model.finding import Finding
from linters.model.report import Report
from linters.pipeline.run import Options, RunInput, run
from linters.repository.discovery import select

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)


def check(
    folder: Path,
    files: Mapping[str, str | bytes],
    config: str = "",
    bases: Mapping[str, str] | None = None,
) -> list[Finding]:
    """The findings of the metadata checker alone; UserErrors of the checks fail the test."""
    findings, errors = check_with_errors(folder, files, config, bases)
    assert not errors
    return findings


def check_with_errors(
    folder: Path,
    files: Mapping[str, str | bytes],
    config: str = "",
    bases: Mapping[str, str] | None = None,
) -> tuple[list[Finding], tuple[str, ...]]:
    """The findings, and what went wrong."""
    report = run_files(folder, files, config, bases)
    return list(report.findings), report.errors


def run_files(
    folder: Path,
    files: Mapping[str, str | bytes],
    config: str = "",
    bases: Mapping[str, str] | None = None,
    named: Sequence[str] = ("",),
) -> Report:
    """The report of a run over a few files; ``named`` are the paths on the command line."""
    for path, content in {"articlelint.toml": config, **files}.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    settings = load(folder / "articlelint.toml")
    selection = select(folder, [folder / path for path in named], settings)
    lines = {path: frozenset(range(1, 1000)) for path in bases or {}}
    options = Options(
        network=NetworkOptions(offline=True),
        change=Diff("BASE", bases=bases, lines=lines) if bases is not None else None,
        now=NOW,
    )
    reported, checkers = selection.reported, [MetadataChecker()]
    return run(RunInput(selection.repository, reported, checkers, options, selection.covers))


def shown(findings: list[Finding]) -> list[str]:
    """Each finding as ``path:line:column name``."""
    return [
        f"{found.path}:{found.range.start.line}:{found.range.start.column} {found.rule.name}"
        for found in findings
    ]
