"""A gate run on real repositories."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from linters.cli import main
from tests.git import git

Gate = Callable[..., "GateResult"]


@dataclass(frozen=True)
class GateResult:
    """What one run printed: its JSON report and standard error."""

    status: int
    report: dict[str, Any]
    err: str

    @property
    def found(self) -> list[str]:
        """``path:line name`` of each finding."""
        return [f"{row['path']}:{row['line']} {row['name']}" for row in self.report["findings"]]


@pytest.fixture
def gate(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> Gate:
    """Run ``articlelint check --offline`` in a folder, the test's own by default."""
    monkeypatch.delenv("ARTICLELINT_OUTPUT_FORMAT", raising=False)

    def run(*arguments: str, folder: Path = tmp_path, offline: bool = True) -> GateResult:
        monkeypatch.chdir(folder)
        words = ["check", "--no-cache", "--output-format", "json", *arguments]
        status = int(main([*words, "--offline"] if offline else words))
        captured = capsysbinary.readouterr()
        report = json.loads(captured.out) if captured.out.startswith(b"{") else {}
        return GateResult(status, report, captured.err.decode())

    return run


def commit(root: Path, message: str = "change") -> None:
    """Commit everything in the working tree."""
    git(root, "add", "-A")
    git(root, "commit", "-q", "--allow-empty", "-m", message)
