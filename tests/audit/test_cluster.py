"""Requests sent by the workers of a real Dask cluster give the report of a local run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from linters.cli import main
from tests.audit.scripted_server import ScriptedServer, scripted
from tests.steps import HANG

LINKS = 150
ROOT = Path(__file__).parents[2]

needs_dask = [
    pytest.mark.dask,
    pytest.mark.slow,
    pytest.mark.skipif(find_spec("distributed") is None, reason="Dask is not installed"),
]


@contextmanager
def _process(folder: Path, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process of Dask, ended with the block."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "dask", *arguments]
    with (folder / f"{arguments[0]}-{time.monotonic_ns()}.log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, cwd=folder, stdout=log, stderr=log)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


Cluster = tuple[str, list[subprocess.Popen[bytes]]]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A scheduler and two workers on loopback: the address, and the workers."""
    folder = tmp_path_factory.mktemp("cluster")
    file = folder / "scheduler.json"
    local = ("--host", "127.0.0.1", "--no-dashboard")
    scheduler = ("scheduler", *local, "--port", "0", "--scheduler-file", str(file))
    worker = ("worker", *local, "--scheduler-file", str(file), "--nthreads", "8", "--no-nanny")
    with _process(folder, *scheduler):
        address = _wait_for_address(file)
        with _process(folder, *worker) as first, _process(folder, *worker) as second:
            _wait_for_workers(address, 2)
            yield address.replace("tcp://", "dask://"), [first, second]


def _wait_for_address(file: Path) -> str:
    for _ in range(10 * HANG):
        try:
            return str(json.loads(file.read_text(encoding="utf-8"))["address"])
        except (OSError, ValueError):
            time.sleep(0.1)
    raise AssertionError("the scheduler did not start")


def _wait_for_workers(address: str, count: int) -> None:
    from distributed import Client

    client = Client(address, set_as_default=False)
    try:
        client.wait_for_workers(count, timeout=HANG)
    finally:
        client.close()


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    statuses = (200, 404, 301, 503, 403)
    pages = {f"/{n}": (lambda _, n=n: statuses[n % 5]) for n in range(LINKS)}
    with scripted({**pages, "/stable": lambda _: 200}, delay=0.05, host="0.0.0.0") as running:
        yield running


def _docs(folder: Path, server: ScriptedServer) -> Path:
    docs = folder / "docs"
    docs.mkdir()
    config = '[links]\nretries = 0\ntimeout = "30s"\nhost-concurrency = 8\n'
    (docs / "articlelint.toml").write_text(config, encoding="utf-8")
    hosts = [f"127.0.0.{number}" for number in range(1, 5)] if sys.platform == "linux" else []
    urls = [server.url(f"/{n}") for n in range(LINKS)]
    if hosts:  # every address of 127.0.0.0/8 is this machine there
        urls = [url.replace("127.0.0.1", hosts[n % 4]) for n, url in enumerate(urls)]
    links = "\n".join(f"[x]({url})" for url in (*urls, "http://192.0.2.1/", "http://10.0.0.1/"))
    text = f"---\ntitle: A\n---\n# A\n\n{links}\n"
    (docs / "a.md").write_text(text, encoding="utf-8")
    return docs


def _links(docs: Path, name: str, *extra: str) -> list[dict[str, Any]]:
    """The links of an audit with a journal of its own, without the time of asking."""
    report = docs.parent / f"{name}.json"
    arguments = ["audit", str(docs), "--allow-network", "127.0.0.0/8", "-q", "--no-progress"]
    arguments += ["--journal", str(docs.parent / f"{name}.sqlite3"), "--report", f"json={report}"]
    assert main([*arguments, "--output-format", "concise", *extra]) == 0
    links: list[dict[str, Any]] = json.loads(report.read_text(encoding="utf-8"))["links"]
    for link in links:
        for date in ("first_seen", "since", "last_ok", "asked"):
            link["history"].pop(date)
    return links


class TestCluster:
    pytestmark = needs_dask

    def test_a_cluster_gives_the_report_of_a_local_run(
        self, tmp_path: Path, server: ScriptedServer, cluster: Cluster
    ) -> None:
        docs = _docs(tmp_path, server)
        local = _links(docs, "local")
        asked = server.asked.copy()
        remote = _links(docs, "remote", "--executor", cluster[0])
        assert remote == local
        assert (server.asked - asked).total() == asked.total()
        blocked = [link["target"] for link in remote if link["verdict"] == "blocked"]
        assert blocked == ["http://10.0.0.1/", "http://192.0.2.1/"]

    def test_a_worker_killed_in_the_middle_loses_nothing(
        self, tmp_path: Path, server: ScriptedServer, cluster: Cluster
    ) -> None:
        docs = _docs(tmp_path, server)
        local = _links(docs, "local")
        address, (_, worker) = cluster
        with _kill_after(server, worker, server.asked.total() + 20):
            remote = _links(docs, "remote", "--executor", address)
        assert worker.wait(HANG) != 0
        assert remote == local


@contextmanager
def _kill_after(
    server: ScriptedServer, worker: subprocess.Popen[bytes], requests: int
) -> Iterator[None]:
    """Kill a worker once the server has had so many requests."""
    server.after = (requests, worker.kill)
    try:
        yield
    finally:
        server.after = None


def test_an_address_of_another_kind_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: A\n---\n# A\n", encoding="utf-8")
    journal = ["--journal", str(tmp_path / "j.sqlite3")]
    assert main(["audit", str(tmp_path), *journal, "--executor", "ssh://host:1"]) == 2
    assert "expected dask://HOST:PORT" in capsys.readouterr().err
