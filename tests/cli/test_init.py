"""``articlelint init``: what it writes is a configuration, what it prints is YAML that runs."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from linters import __version__
from linters.cli import main
from linters.cli.command_line import parser_for
from linters.config.loading import load


def test_a_starter_and_snippets(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", str(tmp_path)]) == 0
    load(tmp_path / "articlelint.toml")
    told = capsys.readouterr().out
    hooks = yaml.safe_load(told[told.index("repos:") : told.index("To fail pull")])
    assert hooks["repos"][0]["rev"] == f"v{__version__}"
    assert [hook["id"] for hook in hooks["repos"][0]["hooks"]] == ["articlelint"]
    workflow = yaml.load(told[told.index("on: pull_request") :], yaml.BaseLoader)
    assert workflow["on"] == "pull_request"
    command = workflow["jobs"]["articlelint"]["steps"][-1]["run"].split()
    assert command[0] == "articlelint"
    assert parser_for(command[1:]).parse_args(command[1:]).since == '"origin/$GITHUB_BASE_REF"'


def test_what_is_there_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "articlelint.toml"
    file.write_text("ignore = ['LINK']\n", encoding="utf-8")
    assert main(["init", str(tmp_path)]) == 2
    assert "already" in capsys.readouterr().err
    assert file.read_text(encoding="utf-8") == "ignore = ['LINK']\n"


def test_a_starter_without_comments_is_a_configuration(tmp_path: Path) -> None:
    assert main(["init", str(tmp_path)]) == 0
    file = tmp_path / "articlelint.toml"
    text = file.read_text(encoding="utf-8")
    lines = [
        line.removeprefix("# ") if "=" in line or "[" in line else line
        for line in text.splitlines()
    ]
    file.write_text("\n".join(lines), encoding="utf-8")
    settings = load(file)
    assert settings.localization.locale == "nb-NO"
    assert settings.exclude == ("drafts/",)
