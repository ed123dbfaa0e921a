"""A wheel of this checkout, and scratch environments with it installed.

Everything here installs from a package index, so it is slow.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_BIN = "Scripts" if os.name == "nt" else "bin"


@dataclass(frozen=True)
class Environment:
    """A virtual environment."""

    folder: Path

    def run(self, *command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
        """Run one of its programs in a folder, with nothing of the checkout in reach."""
        environment = {
            name: value
            for name, value in os.environ.items()
            if name not in ("PYTHONPATH", "VIRTUAL_ENV") and not name.startswith(("COV_", "GIT_"))
        }
        program = shutil.which(str(command[0]), path=str(self.folder / _BIN))
        assert program is not None, command[0]
        return run([program, *map(str, command[1:])], cwd=cwd, environment=environment)

    def install(self, *what: str | Path) -> None:
        """Install with pip; fails the test when pip does."""
        done = self.run("python", "-m", "pip", "install", "-q", *what, cwd=self.folder)
        assert done.returncode == 0, done.stdout + done.stderr


def run(
    command: Sequence[str], *, cwd: Path, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a program to its end, with its output as text."""
    return subprocess.run(
        command,
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of what belongs to the checkout."""
    source = tmp_path_factory.mktemp("source") / "articlelint"
    ignored = shutil.ignore_patterns(".*", "__pycache__", "*.egg-info", "build", "dist", "tests")
    shutil.copytree(ROOT, source, ignore=ignored)
    target = tmp_path_factory.mktemp("wheel")
    done = run(
        [sys.executable, "-m", "build", "--wheel", "-o", str(target), str(source)], cwd=target
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = target.glob("*.whl")
    return built


@pytest.fixture(scope="session")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """An environment with the wheel installed; tests add nothing to it."""
    return make_environment(wheel, tmp_path_factory.mktemp("environment"))


def make_environment(wheel: Path, folder: Path) -> Environment:
    """A fresh environment with the wheel and what it needs."""
    done = run([sys.executable, "-m", "venv", str(folder)], cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    environment = Environment(folder)
    environment.install(wheel)
    return environment
