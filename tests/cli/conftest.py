"""Runs of ``articlelint check`` in this process."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from linters.cli import main
from linters.pipeline import plugins
from tests.toy import ToyChecker


class Result(SimpleNamespace):
    status: int
    out: str
    err: str

    @property
    def found(self) -> list[str]:
        """``path:line:column name`` of each finding of a JSON report."""
        return [
            f"{finding['path']}:{finding['line']}:{finding['column']} {finding['name']}"
            for finding in json.loads(self.out)["findings"]
        ]


@pytest.fixture
def check(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> Any:
    """Runs ``articlelint check`` in ``tmp_path`` with the toy checker alone."""
    monkeypatch.setattr(plugins, "load_checkers", lambda: (ToyChecker(),))
    monkeypatch.delenv("ARTICLELINT_OUTPUT_FORMAT", raising=False)
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, form: str = "json", offline: bool = True) -> Result:
        words = ["check", "--no-cache", *(["--offline"] if offline else [])]
        words += ["--output-format", form] if form else []
        try:
            status = main([*words, *arguments])
        except SystemExit as error:
            status = int(str(error.code))
        captured = capsysbinary.readouterr()
        return Result(status=status, out=captured.out.decode(), err=captured.err.decode())

    return run
