"""Audits killed at random instants lose nothing, and repeat what was in flight at most."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.audit.scripted_server import ScriptedServer, scripted
from tests.sizes import size

LINKS = 120
IN_FLIGHT = 8
KILLS = size(10, 100)
ROOT = Path(__file__).parents[2]

CONFIG = f"""
[links]
timeout = "30s"
retries = 0
concurrency = {IN_FLIGHT}
host-concurrency = {IN_FLIGHT}
"""


def _status(number: int) -> int:
    return {0: 404, 1: 301, 2: 503, 3: 403}.get(number % 7, 200)


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    pages = {f"/{n}": (lambda _, n=n: _status(n)) for n in range(LINKS)}
    with scripted({**pages, "/stable": lambda _: 200}, delay=0.01) as running:
        yield running


def _docs(folder: Path, server: ScriptedServer) -> Path:
    docs = folder / "docs"
    docs.mkdir()
    (docs / "articlelint.toml").write_text(CONFIG, encoding="utf-8")
    for page in range(4):
        links = [f"[x]({server.url(f'/{n}')})" for n in range(page, LINKS, 4)]
        text = "---\ntitle: A\n---\n# A\n\n" + "\n".join(links) + "\n"
        (docs / f"{page}.md").write_text(text, encoding="utf-8")
    return docs


def _start(docs: Path, journal: Path, report: Path, day: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "linters", "audit", str(docs), "--journal", str(journal)]
    command += ["--allow-network", "127.0.0.0/8", "-q", "--report", f"json={report}"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment["ARTICLELINT_NOW"] = f"2026-{1 + day // 28:02}-{1 + day % 28:02}T06:00:00Z"
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )


def _finish(process: subprocess.Popen[bytes]) -> None:
    _, errors = process.communicate()
    assert process.returncode == 0, errors.decode()


def _repeated(requests: Counter[str]) -> int:
    """How many links were asked again; HEAD and GET for one link are one question."""
    extra: dict[str, int] = {}
    for request, count in requests.items():
        path = request.partition(" ")[2]
        if path != "/stable":  # where many links lead
            extra[path] = max(extra.get(path, 0), count - 1)
    return sum(extra.values())


def _finished_runs(journal: Path) -> int:
    if not journal.exists():
        return 0
    with closing(sqlite3.connect(journal)) as database:
        try:
            query = "SELECT count(*) FROM audit_run WHERE finished IS NOT NULL"
            (count,) = database.execute(query).fetchone()
        except sqlite3.OperationalError:  # the tables are not there yet
            return 0
    return int(count)


def _read(report: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    return data


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
def test_killed_audits_give_the_same_report(tmp_path: Path, server: ScriptedServer) -> None:
    docs = _docs(tmp_path, server)
    journal, report = tmp_path / "killed.sqlite3", tmp_path / "killed.json"
    choose = random.Random(20260115)
    length, kills, day = 2.0, 0, 0
    repeated = 0
    while kills < KILLS:
        before = server.requests.copy()
        killed_in_run = 0
        while True:
            started = time.monotonic()
            process = _start(docs, journal, report, day)
            try:
                process.wait(choose.uniform(0.1, 1.1) * length if kills < KILLS else None)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.communicate()
                kills += 1
                killed_in_run += 1
                if _finished_runs(journal) > day:
                    break  # killed after the run was finished, before the report was written
                continue
            _finish(process)
            length = 0.5 * length + 0.5 * (time.monotonic() - started)
            break
        extra = _repeated(server.requests - before)
        assert extra <= killed_in_run * IN_FLIGHT
        repeated += extra
        day += 1
    _finish(_start(docs, journal, report, day))
    day += 1
    reference = tmp_path / "reference.json"
    for number in range(day):
        _finish(_start(docs, tmp_path / "reference.sqlite3", reference, number))
    killed, whole = _read(report), _read(reference)
    assert killed["links"] == whole["links"]
    assert len(whole["links"]) == LINKS
    for name in ("run", "trend", "broken_new", "healed", "moved", "hosts", "owners", "top"):
        assert killed["audit"][name] == whole["audit"][name], name
    print(f"{kills} kills, {day} finished runs, {repeated} requests repeated")


@pytest.mark.slow
def test_a_full_disk_ends_the_run_with_a_message(tmp_path: Path, server: ScriptedServer) -> None:
    resource = pytest.importorskip("resource")
    docs = _docs(tmp_path, server)
    journal, report = tmp_path / "j.sqlite3", tmp_path / "r.json"
    code = (
        "import resource, signal, sys\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, resource.RLIM_INFINITY))\n"
        "from linters.cli import main; sys.exit(main(sys.argv[1:]))\n"
    )
    assert resource is not None
    arguments = ["audit", str(docs), "--journal", str(journal), "-q", "--report", f"json={report}"]
    arguments += ["--allow-network", "127.0.0.0/8", "--output-format", "concise"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", code, *arguments]
    full = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert full.returncode == 2, full.stderr
    assert "journal" in full.stderr or "disk" in full.stderr
    assert "Traceback" not in full.stderr
    command[2] = "import sys; from linters.cli import main; sys.exit(main(sys.argv[1:]))"
    free = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert free.returncode == 0, free.stderr
    assert _read(report)["audit"]["run"] == 1
