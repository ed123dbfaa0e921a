"""The pipelines that ``init --print`` gives, and the container file."""

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

from linters.cli.init import snippet
from tests.ci.test_action import BASH, ROOT
from tests.gate.conftest import commit
from tests.git import git
from tests.running import write

SCHEMAS = {"github": "github-workflows", "azure": "azure-pipelines", "gitlab": "gitlab-ci"}


@pytest.mark.slow
@pytest.mark.parametrize("name", SCHEMAS)
def test_a_template_is_as_the_services_schema_says(name: str, tmp_path: Path) -> None:
    file = tmp_path / f"{name}.yml"
    file.write_text(snippet(name), encoding="utf-8")
    transform = {"azure": ["--data-transform", "azure-pipelines",
                           "--regex-variant", "python"],
                 "gitlab": ["--data-transform", "gitlab-ci"]}.get(name, [])  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema",
         f"vendor.{SCHEMAS[name]}", *transform, str(file)],
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def command(name: str) -> str:
    """The shell command of a template that runs the check."""
    data: Any = yaml.safe_load(snippet(name))
    if name == "github":
        scripts = [step.get("run", "") for step in data["jobs"]["articlelint"]["steps"]]
    elif name == "azure":
        scripts = [step.get("script", "") for step in data["steps"]]
    else:
        scripts = data["articlelint"]["script"]
    (found,) = (text for text in scripts if "articlelint check" in text)
    return str(found)


@pytest.mark.skipif(BASH is None or os.name != "posix", reason="runs bash")
@pytest.mark.parametrize("name", SCHEMAS)
def test_the_check_of_a_template_finds_what_is_new(name: str, tmp_path: Path) -> None:
    assert BASH is not None
    origin = tmp_path / "origin"
    origin.mkdir()
    git(origin, "init", "-q", "-b", "main")
    write(origin, {"a.md": "# A\n\n[old](gone.md)\n", "articlelint.toml": 'select = ["LINK"]\n'})
    commit(origin, "base")
    git(tmp_path, "clone", "-q", origin.as_uri(), "clone")
    folder = tmp_path / "clone"
    write(folder, {"b.md": "# B\n\n[new](nowhere.md)\n", "articlelint.toml": "ignore=['ALL']\n"})
    (tmp_path / "bin").mkdir()
    tool = tmp_path / "bin" / "articlelint"
    tool.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m linters "$@"\n', encoding="utf-8")
    tool.chmod(0o755)
    environment = {
        "PATH": f"{tool.parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "PYTHONPATH": str(ROOT),
        "RUNNER_TEMP": str(tmp_path),
        "PIPELINE_WORKSPACE": str(tmp_path),
        "GITHUB_BASE_REF": "main",
        "SYSTEM_PULLREQUEST_TARGETBRANCH": "refs/heads/main",
        "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
    }
    done = subprocess.run(
        [BASH, "-e", "-c", command(name)],
        cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 1, done.stdout + done.stderr
    shown = done.stdout
    if name == "gitlab":
        shown += (folder / "gl-code-quality.json").read_text(encoding="utf-8")
    assert "b.md" in shown
    assert not re.search(r"(?<!\w)a\.md", shown)


def test_the_container_file_runs_as_another_user_and_copies_what_there_is() -> None:
    lines = (ROOT / "Containerfile").read_text(encoding="utf-8").splitlines()
    instructions = [line.split(maxsplit=1)[0] for line in lines if re.match(r"[A-Z]+ ", line)]
    assert instructions == [
        *("FROM", "COPY", "RUN"),
        *("FROM", "RUN", "COPY", "USER", "WORKDIR", "ENTRYPOINT", "CMD"),
    ]
    assert "USER articlelint" in lines
    assert all(re.search(r":\d+\.\d+", line) for line in lines if line.startswith("FROM"))
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert not {"linters", "schemas", "pyproject.toml", "README.md"} & set(ignored)
    assert shutil.which("sh")
