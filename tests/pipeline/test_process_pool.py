"""Processes find the same, forked as on Linux or spawned as everywhere else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from linters.pipeline.late_pool import LatePool
from linters.pipeline.process_pool import pool
from tests.running import write

ROOT = Path(__file__).parents[2]

# A second thread makes a fork unsafe: what articlelint then does is what it does on Windows.
SPAWNING = """\
import sys
import threading
from linters.cli import main

if __name__ == "__main__":
    end = threading.Event()
    thread = threading.Thread(target=end.wait)
    thread.start()
    status = main(sys.argv[1:])
    end.set()
    sys.exit(status)
"""
ARTICLE = """\
---
title: Water for cats
description: Fresh water twice a day, in a bowl that stands well away from the food, is all.
author: octocat
ms.author: octocat
ms.date: 01/05/2026
ms.sevice: cats
---
# Water

[gone](gone.md) <span data-ttu-id="0a1b2-101">Vann.</span>
"""


# Fails once a process other than git is started.
WITHOUT_PROCESSES = """\
import sys
from linters.cli import main

def hook(event, arguments):
    if event in ("os.fork", "os.posix_spawn") or (
        event == "subprocess.Popen" and arguments[1][0] != "git"
    ):
        print("started", event, arguments, file=sys.stderr)
    elif event == "import" and arguments[0].startswith("multiprocessing"):
        print("imported", arguments[0], file=sys.stderr)

sys.addaudithook(hook)
sys.exit(main(sys.argv[1:]))
"""


def test_beside_a_thread_processes_are_spawned() -> None:
    end = threading.Event()
    thread = threading.Thread(target=end.wait)
    thread.start()
    try:
        with pool(2, 2) as executor:
            assert isinstance(executor, LatePool)
            assert executor.submit(abs, -1).result() == 1
            assert isinstance(executor.started, ProcessPoolExecutor)
            context = executor.started._mp_context
            assert context is not None
            assert context.get_start_method() == "spawn"
    finally:
        end.set()
        thread.join()


@pytest.mark.parametrize(("jobs", "articles"), [(1, 500), (8, 1), (None, 50)])
def test_a_few_articles_take_no_processes(jobs: int | None, articles: int) -> None:
    with pool(jobs, articles) as executor:
        assert executor is None


def test_only_a_large_run_with_new_articles_starts_processes(tmp_path: Path) -> None:
    write(tmp_path / "root", {f"docs/{number}.md": ARTICLE for number in range(220)})
    words = ["check", "--offline", "--no-progress", "--cache-dir", str(tmp_path / "cache")]
    program = [sys.executable, "-c", WITHOUT_PROCESSES, *words]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}

    def started(*paths: str) -> bytes:
        done = subprocess.run(
            [*program, *paths], cwd=tmp_path / "root", env=environment, capture_output=True
        )
        assert done.returncode == 1, done.stderr
        return done.stderr

    assert started("docs/1.md", "docs/2.md") == b""
    if (os.cpu_count() or 1) > 1:
        assert b"started" in started("docs")
    assert started("docs") == b""  # all are in the cache


def test_spawned_processes_give_the_same_report(tmp_path: Path) -> None:
    write(tmp_path, {f"docs/{number}.md": ARTICLE for number in range(6)})
    script = tmp_path / "spawning.py"
    script.write_text(SPAWNING, encoding="utf-8")
    words = ["check", "--offline", "--no-cache", "--output-format", "json", "docs"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    reports = []
    for starts in (["-m", "linters"], [str(script)]):
        command = [sys.executable, "-W", "error", *starts, *words, "--jobs", "2"]
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, check=False
        )
        assert (done.returncode, done.stderr) == (1, b"")
        reports.append(done.stdout)
    assert reports[0] == reports[1]
    assert json.loads(reports[0])["summary"]["articles"] == 6


def test_spawned_processes_do_not_import_from_the_repository(tmp_path: Path) -> None:
    files = {f"docs/{number}.md": ARTICLE for number in range(4)}
    trap = "import pathlib; pathlib.Path(__file__).with_suffix('.run').touch()\n"
    names = ("pickle", "multiprocessing", "signal", "linters", "struct", "io")
    write(tmp_path / "root", files | {f"{name}.py": trap for name in names})
    program = tmp_path / "program.py"
    program.write_text(SPAWNING, encoding="utf-8")
    words = ["check", "docs", "--offline", "--no-cache", "--jobs", "2", "--output-format", "json"]
    done = subprocess.run(
        [sys.executable, str(program), *words],  # -P would reach the processes
        cwd=tmp_path / "root",
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )
    assert json.loads(done.stdout)["summary"]["articles"] == 4, done.stderr
    assert not list((tmp_path / "root").glob("*.run"))


@pytest.mark.parametrize("mode", [(), ("--offline",)], ids=["online", "offline"])
def test_a_process_that_dies_is_one_error(mode: tuple[str, ...], tmp_path: Path) -> None:
    write(tmp_path, {f"docs/{number}.md": ARTICLE for number in range(6)})
    script = tmp_path / "dying.py"
    # Spawned processes import the script again, and that ends them.
    dying = "if __name__ != '__main__':\n    import os\n    os._exit(1)\n"
    script.write_text(dying + SPAWNING, encoding="utf-8")
    words = ["check", "--no-cache", "--no-progress", "docs", "--jobs", "2", *mode]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, str(script), *words],
        cwd=tmp_path, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    error = "articlelint: error: a process that checked articles died; try --jobs 1\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", error)
