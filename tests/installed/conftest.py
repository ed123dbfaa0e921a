"""A wheel of this checkout, and scratch environments with it installed.

Everything here installs from a package index, so it is slow.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_BIN = "Scripts" if os.name == "nt" else "bin"


@dataclass(frozen=True)
class Environment:
    """A virtual environment, and a folder of packages on top of it."""

    folder: Path
    packages: Path | None = None

    def run(self, *command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
        """Run one of its programs in a folder, with nothing of the checkout in reach."""
        environment = {
            name: value
            for name, value in os.environ.items()
            if name not in ("PYTHONPATH", "VIRTUAL_ENV") and not name.startswith(("COV_", "GIT_"))
        }
        if self.packages is not None:
            environment["PYTHONPATH"] = str(self.packages)
        program = self.program(str(command[0]))
        return run([str(program), *map(str, command[1:])], cwd=cwd, environment=environment)

    def program(self, name: str) -> Path:
        """One of its programs."""
        found = shutil.which(name, path=str(self.folder / _BIN))
        assert found is not None, name
        return Path(found)


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


def build_wheel(source: Path, target: Path) -> Path:
    """The wheel of a package, by the build backend that is installed here."""
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", str(target)]
    done = run([*command, str(source)], cwd=target)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = target.glob("*.whl")
    return built


def pip(*arguments: str | Path) -> None:
    """Run the pip of this environment; fails the test when pip does."""
    command = [sys.executable, "-m", "pip", "-q", "--disable-pip-version-check"]
    done = run([*command, *map(str, arguments)], cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of what belongs to the checkout."""
    source = tmp_path_factory.mktemp("source") / "articlelint"
    ignored = shutil.ignore_patterns(".*", "__pycache__", "*.egg-info", "build", "dist", "tests")
    shutil.copytree(ROOT, source, ignore=ignored)
    return build_wheel(source, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="session")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """A fresh environment with the wheel and what it needs; tests add nothing to it."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, symlinks=os.name != "nt")
    environment = Environment(folder)
    pip("--python", environment.program("python"), "install", wheel)
    return environment
