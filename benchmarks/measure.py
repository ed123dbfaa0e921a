"""Runs commands in turns, and measures wall clock, processor time and peak memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
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


@dataclass(frozen=True)
class Result:
    """Medians of a command's runs: seconds, processor seconds, MiB of the largest process."""

    name: str
    wall: float
    processor: float
    memory: float


def measure(commands: Sequence[Command], runs: int) -> list[Result]:
    """Each command ``runs`` times, alternating; a first round warms the system's caches."""
    samples: dict[str, list[tuple[float, float, float]]] = {found.name: [] for found in commands}
    for turn in range(runs + 1):
        for command in commands:
            sample = _run(command)
            if turn:
                samples[command.name].append(sample)
    return [
        Result(name, *(statistics.median(column) for column in zip(*rows, strict=True)))
        for name, rows in samples.items()
    ]


def _run(command: Command) -> tuple[float, float, float]:
    environment = {**os.environ, **command.variables}
    if command.before:
        subprocess.run(command.before, cwd=command.folder, env=environment, check=False)
    begun = time.perf_counter()
    process = subprocess.Popen(
        command.words,
        cwd=command.folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in command.statuses:
        sys.exit(f"{command.name} ended with status {process.returncode}")
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit
