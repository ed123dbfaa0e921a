"""The scheduling snippets of the documentation: parsed, and their commands run."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

PAGE = Path(__file__).parents[2] / "docs" / "audit.md"
_BLOCK = re.compile(r"^```(\w+) ([\w.-]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def _snippet(name: str) -> str:
    blocks = {title: text for _, title, text in _BLOCK.findall(PAGE.read_text(encoding="utf-8"))}
    text: str = blocks[name]
    return text


def _bin(folder: Path) -> dict[str, str]:
    """An environment in which ``articlelint`` is this checkout."""
    script = folder / "bin" / "articlelint"
    script.parent.mkdir()
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m linters "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    root = str(Path(__file__).parents[2])
    return {**os.environ, "PATH": f"{script.parent}:{os.environ['PATH']}", "PYTHONPATH": root}


def _docs(folder: Path) -> Path:
    docs = folder / "docs"
    docs.mkdir()
    (docs / "a.md").write_text("---\ntitle: A\n---\n# A\n\n[b](b.md)\n", encoding="utf-8")
    return docs


@pytest.mark.skipif(os.name != "posix", reason="the snippet is a shell script")
def test_the_github_workflow(tmp_path: Path) -> None:
    workflow: dict[Any, Any] = yaml.safe_load(_snippet("github"))
    assert workflow[True]["schedule"][0]["cron"].split()[4] == "1-5"
    assert workflow["permissions"] == {"contents": "read"}
    steps = workflow["jobs"]["audit"]["steps"]
    save = next(step for step in steps if "cache/save" in step.get("uses", ""))
    restore = next(step for step in steps if "cache/restore" in step.get("uses", ""))
    assert save["if"] == "always()"
    assert save["with"]["path"] == restore["with"]["path"] == "~/audit"
    (script,) = [step["run"] for step in steps if step.get("name") == "Audit"]
    summary = tmp_path / "summary.md"
    docs = _docs(tmp_path)
    home = tmp_path / "home"
    home.mkdir()
    extra = {"GITHUB_STEP_SUMMARY": str(summary), "HOME": str(home)}
    environment = {**_bin(tmp_path), **extra}
    for _ in range(2):
        command = ["bash", "-e", "-o", "pipefail", "-c", script]
        subprocess.run(command, cwd=docs, env=environment, check=True, capture_output=True)
    assert "Run 2 of" in summary.read_text(encoding="utf-8")
    assert (home / "audit" / "report.html").is_file()
    assert "1 article checked" in (home / "audit" / "report.html").read_text(encoding="utf-8")


@pytest.mark.skipif(os.name != "posix", reason="cron is for POSIX systems")
def test_the_line_for_cron(tmp_path: Path) -> None:
    line = _snippet("crontab").strip()
    match = re.fullmatch(r"((?:[\d*,/-]+ +){5})(.+)", line)
    assert match is not None
    command = match[2].replace("%", r"\%")
    assert command == match[2]  # an unescaped % would end the command
    docs = _docs(tmp_path)
    for prefix, folder in (("/srv/docs", docs), ("/var/lib", tmp_path), ("/srv/www", tmp_path)):
        command = command.replace(prefix, str(folder))
    command = command.replace("/var/log", str(tmp_path))
    subprocess.run(["sh", "-c", command], env=_bin(tmp_path), check=True)
    assert (tmp_path / "audit.html").is_file()
    assert (tmp_path / "articlelint" / "docs.sqlite3").is_file()


@pytest.mark.skipif(os.name != "posix", reason="systemd is for Linux")
def test_the_units_for_systemd(tmp_path: Path) -> None:
    service = _snippet("articlelint-audit.service")
    (line,) = re.findall(r"^ExecStart=(.+)$", service, re.MULTILINE)
    docs = _docs(tmp_path)
    command = shlex.split(line.replace("/srv/docs", str(docs)).replace("/var/lib", str(tmp_path)))
    assert Path(command[0]).name == "articlelint"
    command[0] = "articlelint"
    subprocess.run(command, env=_bin(tmp_path), check=True, capture_output=True)
    assert (tmp_path / "articlelint" / "audit.html").is_file()
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    for name in ("articlelint-audit.service", "articlelint-audit.timer"):
        text = _snippet(name).replace("/usr/local/bin/articlelint", "/bin/true")
        (tmp_path / name).write_text(text, encoding="utf-8")
    units = [str(tmp_path / f"articlelint-audit.{kind}") for kind in ("service", "timer")]
    subprocess.run(["systemd-analyze", "verify", "--man=no", *units], check=True)
