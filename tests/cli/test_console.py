"""The command with consoles that cannot show everything, and readers that leave."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
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


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux's full device")
@pytest.mark.parametrize("environment", [{}, {"PYTHONUNBUFFERED": "1"}])
@pytest.mark.parametrize("write", ["print('x')", "sys.stdout.buffer.write(b'x' * 100_000)"])
def test_a_full_disk_is_an_error_of_one_line(
    tmp_path: Path, write: str, environment: dict[str, str]
) -> None:
    code = (
        "import sys; from linters.cli.console import with_console\n"
        f"sys.exit(with_console(lambda: {write} and 0 or 0))"
    )
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == b"articlelint: error: output cannot be written: No space left on device\n"


@pytest.mark.skipif(os.name == "nt", reason="signals as on POSIX")
@pytest.mark.parametrize(
    "write", ["sys.stdout.write(text)", "sys.stdout.buffer.write(text.encode())"]
)
def test_a_signal_while_output_waits_for_its_reader_loses_nothing(
    tmp_path: Path, write: str
) -> None:
    code = (
        "import signal, sys; from linters.cli.console import with_console\n"
        "signal.signal(signal.SIGTERM, lambda *_: None)\n"
        "text = 'x' * 300_000\n"
        f"sys.exit(with_console(lambda: {write} and 0))"
    )
    with _command(tmp_path, code, PYTHONUNBUFFERED="1") as process:
        assert process.stdout is not None
        first = process.stdout.read(1)  # it is writing, and the pipe is full
        time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        assert len(first + process.stdout.read()) == 300_000


COMMANDS = (
    ["--help"],
    ["--version"],
    ["rule", "--all"],
    ["config"],
    ["links"],
    ["check", "--help"],
)


def _into(output: int, folder: Path, words: Sequence[str]) -> tuple[int, bytes]:
    (folder / "a.md").write_text("---\ntitle: A\n---\n# A\n\n[a](a.md)\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "linters", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONSAFEPATH": "1"},
        stdout=output,
        stderr=subprocess.PIPE,
        check=False,
    )
    return done.returncode, done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux's full device")
@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_no_command_prints_into_a_full_device_or_a_closed_pipe(
    words: list[str], tmp_path: Path
) -> None:
    with Path("/dev/full").open("wb") as full:
        status, error = _into(full.fileno(), tmp_path, words)
    assert status == 2
    assert error == b"articlelint: error: output cannot be written: No space left on device\n"
    reader, writer = os.pipe()
    os.close(reader)
    try:
        assert _into(writer, tmp_path, words) == (141, b"")
    finally:
        os.close(writer)


def test_what_is_printed_at_exit_is_not_of_the_report(tmp_path: Path) -> None:
    code = (
        "import atexit, sys; from linters.cli.console import with_console\n"
        "atexit.register(lambda: print('late'))\n"
        "sys.exit(with_console(lambda: print('report') or 0))"
    )
    with _command(tmp_path, code) as process:
        output, error = process.communicate()
    assert (output.split(), error.split()) == ([b"report"], [b"late"])
