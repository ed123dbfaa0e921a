"""The step of the GitHub Action that installs, run for real."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.ci.test_action import BASH, script
from tests.installed.conftest import Environment, run

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(BASH is None or os.name != "posix", reason="runs bash"),
]


def test_the_install_step_gives_a_command_that_runs(
    wheel: Path, environment: Environment, tmp_path: Path
) -> None:
    assert BASH is not None
    given = {
        **{name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
        "PYTHON": str(environment.program("python")),
        "RUNNER_TEMP": str(tmp_path),
        "GITHUB_ACTION_PATH": str(wheel),
        "GITHUB_ENV": str(tmp_path / "env"),
        "PIP_NO_DEPS": "1",
    }
    step = [BASH, "--noprofile", "--norc", "-eo", "pipefail", "-c", script("Install")]
    done = run(step, cwd=tmp_path, environment=given)
    assert done.returncode == 0, done.stdout + done.stderr
    name, _, command = (tmp_path / "env").read_text(encoding="utf-8").strip().partition("=")
    assert name == "ARTICLELINT"
    (packages,) = environment.folder.rglob("site-packages")  # what it needs is installed there
    (tmp_path / "a.md").write_text("[x](gone.md)\n", encoding="utf-8")
    words = [command, "check", "--offline", "--output-format", "concise", "a.md"]
    done = run(words, cwd=tmp_path, environment={**given, "PYTHONPATH": str(packages)})
    assert "LINK001[file-not-found]" in done.stdout, done.stderr
