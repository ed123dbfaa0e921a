"""The command with consoles that cannot show everything, and readers that leave."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def _command(folder: Path, code: str, **environment: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_what_the_console_cannot_show_is_escaped(tmp_path: Path) -> None:
    code = (
        "from linters.cli.console import with_console\n"
        "with_console(lambda: print('bl\\u00e5 \\u2026') or 0)"
    )
    with _command(tmp_path, code, PYTHONIOENCODING="ascii") as process:
        output, error = process.communicate()
    assert output.split() == [b"bl\\xe5", b"\\u2026"]
    assert error == b""


def test_a_reader_that_leaves_is_no_traceback(tmp_path: Path) -> None:
    code = (
        "import sys; from linters.cli.console import with_console\n"
        "sys.stdin.read()\n"
        "sys.exit(with_console(lambda: print('x' * 1_000_000) or 0))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        process.stdin.close()
        assert process.stderr.read() == b""
    if os.name != "nt":
        assert process.returncode == 141


@pytest.mark.skipif(os.name == "nt", reason="Windows does not delete a current folder")
def test_a_deleted_current_folder_is_an_error(tmp_path: Path) -> None:
    code = (
        "import os, sys; from linters.cli import entry_point\n"
        "os.rmdir(os.getcwd()); sys.argv[1:] = ['check', '--offline']\n"
        "entry_point()"
    )
    with _command(tmp_path, code) as process:
        output, error = process.communicate()
    assert (process.returncode, output) == (2, b"")
    assert error == b"articlelint: error: the current folder no longer exists\n"
