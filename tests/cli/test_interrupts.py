"""Ctrl-C at any time: a report of what is known, and 130."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.steps import HANG

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


@pytest.fixture
def silent() -> Iterator[socket.socket]:
    """A server that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(HANG)
        yield server


@pytest.fixture
def check(tmp_path: Path, silent: socket.socket) -> Callable[[], subprocess.Popen[str]]:
    port = silent.getsockname()[1]
    links = "\n\n".join(f"[l](http://127.0.0.1:{port}/{number})" for number in range(20))
    (tmp_path / "a.md").write_text(f"---\ntitle: T\n---\n\n{links}\n", encoding="utf-8")
    return lambda: _start(tmp_path)


def _start(folder: Path) -> subprocess.Popen[str]:
    """A check of the links of a.md."""
    words = ["check", "--no-cache", "--isolated", "--select", "LINK", "--output-format", "json"]
    return subprocess.Popen(
        [sys.executable, "-m", "linters", *words, "--allow-network", "127.0.0.0/8", "a.md"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("times", [1, 3])
def test_the_report_is_complete_however_often_it_is_pressed(
    check: Callable[[], subprocess.Popen[str]],
    silent: socket.socket,
    number: signal.Signals,
    times: int,
) -> None:
    with check() as process, silent.accept()[0]:
        for _ in range(times):
            process.send_signal(number)
        output, errors = process.communicate(timeout=HANG)
    assert (process.returncode, errors) == (130, "")
    found = [(link["verdict"], link["cause"]) for link in json.loads(output)["links"]]
    assert found == [("unknown", "interrupted")] * 20


def _interrupt(process: subprocess.Popen[str]) -> tuple[str, str]:
    """Interrupt a process, again each second until it ends; its output and errors."""
    for _ in range(HANG):
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            return process.communicate(timeout=1)
    raise AssertionError("the process does not end")


@pytest.mark.parametrize("milliseconds", [60, 120, 180, 240])
def test_an_interrupt_at_the_start_is_no_crash(
    check: Callable[[], subprocess.Popen[str]], milliseconds: int
) -> None:
    with check() as process:
        time.sleep(milliseconds / 1000)
        output, errors = _interrupt(process)
    if "Exception ignored in" in errors:
        return  # Python drops an interrupt that arrives in a callback of its import system
    if process.returncode == 130:  # else Python itself was not up yet
        assert "Traceback" not in errors
        assert not output or json.loads(output)["version"] == 1


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_after_the_last_answer_does_not_cost_the_report(
    tmp_path: Path, number: signal.Signals
) -> None:
    links = "".join(f"[l](missing-{at}.md)\n\n" for at in range(2000))
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(HANG)
        url = f"http://127.0.0.1:{server.getsockname()[1]}/"
        (tmp_path / "a.md").write_text(f"---\ntitle: T\n---\n\n[l]({url})\n\n{links}")
        process = _start(tmp_path)
        with process, server.accept()[0] as connection:
            connection.recv(65536)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            # Only the end of the connection shows from outside that the answer has been read.
            connection.settimeout(HANG)
            connection.recv(65536)
            process.send_signal(number)
            output, errors = process.communicate(timeout=HANG)
    report = json.loads(output)
    assert "Traceback" not in errors
    assert len(report["links"]) == 2001
    assert report["summary"]["links"]["unknown"] == 0
