"""The same input gives the same bytes, in every format and whatever the hash seed is."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from linters.reports.formats import FORMATS

ROOT = Path(__file__).parent.parent


def _outputs(folder: Path, seed: str) -> dict[str, bytes]:
    """The report in every format, by a process with that hash seed."""
    shutil.copytree(ROOT / "examples", folder)
    files = {name: folder.with_suffix(f".{name}") for name in FORMATS}
    reports = [f"--report={name}={file}" for name, file in files.items()]
    words = ["check", "--offline", "-q", "--output-format", "concise", *reports, "."]
    done = subprocess.run(
        [sys.executable, "-m", "linters", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, b"")
    return {name: file.read_bytes() for name, file in files.items()}


def test_same_input_same_bytes(tmp_path: Path) -> None:
    first = _outputs(tmp_path / "one", "1")
    assert first == _outputs(tmp_path / "two", "2")
    assert [name for name, content in first.items() if len(content) <= 500] == []
