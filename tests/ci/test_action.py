"""The composite GitHub Action: its schema, and its shell parts run for real."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.gate.conftest import commit
from tests.git import git
from tests.running import write

ROOT = Path(__file__).parents[2]
ACTION = ROOT / "action.yml"
BASH = shutil.which("bash")
pytestmark = pytest.mark.skipif(BASH is None or os.name != "posix", reason="runs bash")


def steps() -> list[dict[str, Any]]:
    """The steps of the action."""
    found: list[dict[str, Any]] = yaml.safe_load(ACTION.read_text(encoding="utf-8"))["runs"][
        "steps"
    ]
    return found


def script(name: str) -> str:
    """The shell script of a step."""
    (found,) = (step["run"] for step in steps() if step.get("name") == name)
    return str(found)


def test_it_is_as_githubs_schema_says() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-actions",
         str(ACTION)],
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_input_is_pasted_into_a_script() -> None:
    for step in steps():
        assert "${{" not in step.get("run", "")


def test_every_input_is_used() -> None:
    data = yaml.safe_load(ACTION.read_text(encoding="utf-8"))
    used = set(re.findall(r"\$\{\{ inputs\.([\w-]+) \}\}", ACTION.read_text(encoding="utf-8")))
    assert used == set(data["inputs"])


def test_scripts_are_valid_bash() -> None:
    for step in steps():
        if "run" in step:
            assert BASH is not None
            subprocess.run([BASH, "-n"], input=step["run"].encode(), check=True)


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A shallow checkout of a topic branch, as actions/checkout makes it by default."""
    origin = tmp_path / "origin"
    origin.mkdir()
    git(origin, "init", "-q", "-b", "main")
    write(origin, {"a.md": "# A\n\n[old](gone.md)\n", "articlelint.toml": 'select = ["LINK"]\n'})
    commit(origin, "base")
    git(origin, "switch", "-q", "-c", "topic")
    write(origin, {"a b.md": "# B\n\n[new](nowhere.md)\n", "articlelint.toml": "ignore=['ALL']\n"})
    commit(origin)
    folder = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth=1", "-b", "topic", origin.as_uri(), str(folder))
    return folder


def run_check(folder: Path, **inputs: str) -> tuple[int, str, str]:
    """Run the step's script as the runner does; status, output, and what it set."""
    assert BASH is not None
    temp = folder.parent / "runner"
    temp.mkdir(exist_ok=True)
    tool = temp / "articlelint"
    tool.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m linters "$@"\n', encoding="utf-8")
    tool.chmod(0o755)
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(temp),
        "PYTHONPATH": str(ROOT),
        "ARTICLELINT": str(tool),
        "RUNNER_TEMP": str(temp),
        "GITHUB_OUTPUT": str(temp / "output"),
        "GITHUB_STEP_SUMMARY": str(temp / "summary"),
        "GITHUB_BASE_REF": "main",
        "INPUT_DEADLINE": "1m",
        "INPUT_PATHS": ".",
        "INPUT_ARGS": "--offline",
        **dict.fromkeys(("INPUT_SINCE", "INPUT_CONFIG_FROM", "INPUT_SARIF", "INPUT_HTML"), ""),
        **{f"INPUT_{name.upper()}": value for name, value in inputs.items()},
    }
    if inputs.get("base") is not None:
        environment["GITHUB_BASE_REF"] = inputs["base"]
    done = subprocess.run(
        [BASH, "--noprofile", "--norc", "-eo", "pipefail", "-c", script("Check")],
        cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    output = temp / "output"
    return done.returncode, done.stdout + done.stderr, output.read_text() if output.exists() else ""


def test_a_pull_request_is_compared_with_its_base_and_cannot_configure_itself(clone: Path) -> None:
    status, shown, output = run_check(clone)
    assert (status, output) == (1, "status=1\n"), shown
    assert "::error file=a b.md,line=3" in shown
    assert "a.md,line=3" not in shown.replace("a b.md", "")
    assert "## articlelint: 1 error" in (clone.parent / "runner" / "summary").read_text("utf-8")


def test_paths_and_arguments_are_lines_and_never_code(clone: Path) -> None:
    write(clone, {"$(touch pwned).md": "# C\n\n[new](nowhere.md)\n", "--fix.md": "# D\n"})
    status, shown, _ = run_check(
        clone,
        paths="$(touch pwned).md\n--fix.md\n",
        args="--offline\n--fail-on\nwarning\n",
    )
    assert status == 1, shown
    assert not (clone / "pwned").exists()
    assert "$(touch pwned).md" in shown


def test_other_events_report_everything(clone: Path) -> None:
    git(clone, "checkout", "-q", "--", ".")
    write(clone, {"articlelint.toml": 'select = ["LINK"]\n'})
    status, shown, _ = run_check(clone, base="", sarif="out.sarif", html="out.html")
    assert status == 1, shown
    assert shown.count("::error ") == 2
    assert (clone / "out.sarif").stat().st_size > 100
    assert (clone / "out.html").stat().st_size > 1000


def test_a_partial_clone_works(clone: Path) -> None:
    origin = clone.parent / "origin"
    git(origin, "config", "uploadpack.allowFilter", "true")
    git(origin, "config", "uploadpack.allowAnySHA1InWant", "true")
    shutil.rmtree(clone)
    git(clone.parent, "clone", "-q", "--filter=blob:none", "-b", "topic", origin.as_uri(), "clone")
    status, shown, _ = run_check(clone)
    assert status == 1, shown
    assert "::error file=a b.md,line=3" in shown
