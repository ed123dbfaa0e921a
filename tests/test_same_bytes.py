"""The same input gives the same bytes, in every format and whatever the hash seed is."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from linters.reports.formats import FORMATS

ROOT = Path(__file__).parent.parent


def _output(folder: Path, name: str, seed: str) -> bytes:
    command = [sys.executable, "-m", "linters", "check", "--offline", "--output-format", name, "."]
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, b"")
    return done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMATS)
def test_same_input_same_bytes(name: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "one")
    shutil.copytree(ROOT / "examples", tmp_path / "two")
    first = _output(tmp_path / "one", name, "1")
    assert first == _output(tmp_path / "two", name, "2")
    assert len(first) > 500
