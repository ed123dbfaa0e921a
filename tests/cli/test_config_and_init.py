"""``articlelint config`` and ``articlelint init``."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from linters.cli import main
from linters.config.keys import SETTINGS, json_schema
from linters.config.loading import load
from linters.model.settings import Settings
from tests.running import write


def config(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    assert main(["config", *map(str, arguments)]) == 0
    return capsys.readouterr().out


def test_what_is_shown_is_what_is_in_force(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ".git").mkdir()
    write(
        tmp_path,
        {
            "articlelint.toml": '[links]\ntimeout = "5s"\n[links.hosts."a.b"]\nretries = 1\n',
            "docs/articlelint.toml": '\nselect = ["META"]\n[links]\nretries = 9\n',
        },
    )
    text = config(capsys, tmp_path / "docs")
    assert 'select = ["META"]  # docs/articlelint.toml:2\n' in text
    assert 'timeout = "5s"  # articlelint.toml:2\n' in text
    assert 'hosts = { "a.b" = { "retries" = 1 } }  # articlelint.toml:3\n' in text
    assert "retries = 3  # default\n" in text
    shown = SETTINGS.parse(tomllib.loads(text))
    assert shown.links.timeout == 5.0
    assert shown.select == ("META",)
    assert 'select = ["ALL"]  # default\n' in config(capsys, tmp_path)
    assert 'select = ["ALL"]  # default\n' in config(capsys, tmp_path / "docs", "--isolated")


def test_a_mistake_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, {"articlelint.toml": "selct = []"})
    assert main(["config", str(tmp_path)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "did you mean 'select'?" in captured.err
    assert main(["config", str(tmp_path / "nowhere")]) == 2


def test_the_schema_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert json.loads(config(capsys, "--schema")) == json_schema()


def test_init_writes_what_can_be_loaded_and_never_overwrites(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", str(tmp_path)]) == 0
    output = capsys.readouterr().out
    assert "id: articlelint\n" in output
    assert "articlelint check" in output
    file = tmp_path / "articlelint.toml"
    assert load(file) == Settings(directory=str(tmp_path), source="articlelint.toml")
    uncommented = "\n".join(
        line.removeprefix("# ")
        for line in file.read_text(encoding="utf-8").splitlines()
        if "=" in line or line.startswith("# [")
    )
    load_everything = tmp_path / "all" / "articlelint.toml"
    write(tmp_path, {"all/articlelint.toml": uncommented})
    assert load(load_everything).localization.locale == "nb-NO"
    before = file.read_bytes()
    assert main(["init", str(tmp_path)]) == 2
    assert file.read_bytes() == before


def test_init_leaves_a_pyproject_alone(tmp_path: Path) -> None:
    write(tmp_path, {"pyproject.toml": "[tool.articlelint]\n"})
    assert main(["init", str(tmp_path)]) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["pyproject.toml"]
