"""Runs commands in turns, and measures wall clock, processor time and peak memory."""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Command:
    """A command; ``before`` is run before each measured run, and not measured."""

    name: str
    words: Sequence[str]
    folder: Path
    variables: Mapping[str, str] = field(default_factory=dict)
    before: Sequence[str] = ()
    statuses: tuple[int, ...] = (0, 1)

    @property
    def environment(self) -> dict[str, str]:
        """The variables of the process; Python keeps compiled modules, as installed ones are."""
        environment = {**os.environ, **self.variables}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        return environment


@dataclass(frozen=True)
class Result:
    """Medians of a command's runs: seconds, processor seconds, MiB of the largest process."""

    name: str
    wall: float
    processor: float
    memory: float


@dataclass(frozen=True)
class Peaks:
    """Peak memory in MiB of a command's own process, and of each process below it."""

    main: float
    workers: tuple[float, ...]


def measure(commands: Sequence[Command], runs: int) -> list[Result]:
    """Each command ``runs`` times, alternating; a first round warms the system's caches."""
    samples: dict[str, list[tuple[float, float, float]]] = {found.name: [] for found in commands}
    for turn in range(runs + 1):
        for command in commands:
            if command.before:
                subprocess.run(
                    command.before, cwd=command.folder, env=command.environment, check=False
                )
            sample = _run(command)
            if turn:
                samples[command.name].append(sample)
    return [
        Result(name, *(statistics.median(column) for column in zip(*rows, strict=True)))
        for name, rows in samples.items()
    ]


def _run(command: Command) -> tuple[float, float, float]:
    begun = time.perf_counter()
    processor, memory = _end(command, _start(command))
    return time.perf_counter() - begun, processor, memory


def _start(command: Command) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command.words,
        cwd=command.folder,
        env=command.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _end(command: Command, process: subprocess.Popen[bytes]) -> tuple[float, float]:
    """Processor seconds, and MiB of the largest process."""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in command.statuses:
        sys.exit(f"{command.name} ended with status {process.returncode}")
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit


def peaks(command: Command) -> tuple[Result, Peaks | None]:
    """One run; the peak of each process where the system has /proc (Linux), else None.

    What was in memory when a worker was forked counts for it as well.
    """
    found: dict[int, float] = {}
    begun = time.perf_counter()
    process = _start(command)
    ended = threading.Event()
    watcher = threading.Thread(target=_watch, args=(process.pid, found, ended))
    watcher.start()
    processor, memory = _end(command, process)
    wall = time.perf_counter() - begun
    ended.set()
    watcher.join()
    result = Result(command.name, wall, processor, memory)
    main = found.pop(process.pid, None)
    return result, None if main is None else Peaks(main, tuple(found.values()))


def _watch(pid: int, found: dict[int, float], ended: threading.Event) -> None:
    while not ended.wait(0.05):
        pending = [pid]
        while pending:
            current = pending.pop()
            try:
                status = Path(f"/proc/{current}/status").read_text()
                children = Path(f"/proc/{current}/task/{current}/children").read_text()
            except OSError:  # the process has ended, or there is no /proc
                continue
            peak = re.search(r"VmHWM:\s*(\d+) kB", status)
            if peak is not None and "Name:\tgit" not in status:
                found[current] = max(found.get(current, 0.0), int(peak[1]) / 1024)
            pending += map(int, children.split())
