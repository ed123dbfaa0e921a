"""Runs the pipeline over files of a test."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from linters.checker import Checker, Diff, NetworkOptions
from linters.config.nearest import Configurations
from linters.findings.baseline import Baseline
from linters.findings.rule_settings import RuleSelection
from linters.model.report import Report
from linters.pipeline.run import Options, RunInput, run
from linters.repository.discovery import select
from tests.toy import ToyChecker

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)


@cache
def network_namespace() -> tuple[str, ...]:
    """A command prefix that takes the network away; empty where that cannot be."""
    prefix = ("unshare", "--map-root-user", "--net")
    if shutil.which(prefix[0]) is None:
        return ()
    done = subprocess.run([*prefix, "true"], capture_output=True, check=False)
    return prefix if done.returncode == 0 else ()


def write(root: Path, files: Mapping[str, str | bytes]) -> None:
    """Write files below a folder."""
    for path, content in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)


def check(
    root: Path,
    files: Mapping[str, str | bytes],
    *,
    choice: RuleSelection | None = None,
    offline: bool = True,
    change: Diff | None = None,
    checkers: Sequence[Checker] = (ToyChecker(),),
    baseline: Baseline | None = None,
    keeps_hidden: bool = False,
) -> Report:
    """The report on some files, ``articlelint.toml`` among them where there is one."""
    write(root, files)
    settings = Configurations(root)
    selection = select(root, [root], settings)
    options = Options(
        choice or RuleSelection(),
        NetworkOptions(offline=offline),
        change,
        NOW,
        baseline=baseline or Baseline(),
        keeps_hidden=keeps_hidden,
    )
    return run(RunInput(selection.repository, selection.reported, checkers, options))


def shown(report: Report) -> list[str]:
    """``path:line:column name`` of each finding."""
    return [
        f"{found.path}:{found.range.start.line}:{found.range.start.column} {found.rule.name}"
        for found in report.findings
    ]
