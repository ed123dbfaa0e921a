"""The wheel works on its own, from another folder, without the checkout."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest

from tests.installed.conftest import ROOT, Environment
from tests.reports.schema import validate

pytestmark = pytest.mark.slow


def test_the_wheel_brings_all_schemas_and_rule_documentation(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for path in (ROOT / "schemas").rglob("*.json"):
        assert f"linters/{path.relative_to(ROOT).as_posix()}" in names
    for path in (ROOT / "linters").rglob("*.md"):
        assert path.relative_to(ROOT).as_posix() in names
    assert "linters/py.typed" in names
    assert not [name for name in names if name.startswith(("tests/", "docs/"))]


def test_the_examples_show_findings_of_all_three_checkers(
    environment: Environment, tmp_path: Path
) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    done = environment.run(
        "articlelint", "check", "--offline", "--output-format", "json", "examples", cwd=tmp_path
    )
    assert (done.returncode, done.stderr) == (1, "")
    report = json.loads(done.stdout)
    validate(report)
    found = {finding["code"].rstrip("0123456789") for finding in report["findings"]}
    assert found >= {"META", "SPAN", "LINK"}


def test_every_rule_is_explained(environment: Environment, tmp_path: Path) -> None:
    done = environment.run("articlelint", "rule", "--all", "--output-format", "json", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    rules = json.loads(done.stdout)
    assert len(rules) > 2
    assert [rule["name"] for rule in rules if "## How to fix" not in rule["explanation"]] == []


def test_help_and_version(environment: Environment, tmp_path: Path) -> None:
    assert "check" in environment.run("articlelint", "--help", cwd=tmp_path).stdout
    shown = environment.run("python", "-m", "linters", "--version", cwd=tmp_path).stdout
    assert shown.startswith("articlelint ")
