"""``articlelint config``."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from linters.cli import main
from linters.config.keys import SETTINGS, json_schema
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


def test_the_build_s_own_configuration_is_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(
        tmp_path,
        {
            "docs/docfx.json": """{"build": {"content": [{"files": ["**/*.md"]}],
 "globalMetadata": {"ms.topic": "how-to"},
 "fileMetadata": {"author": {"cats/**": "octocat"}}}}""",
            ".openpublishing.redirection.json": """{"redirections": [
 {"source_path": "docs/x.md", "redirect_url": "/y"}]}""",
            ".openpublishing.publish.config.json": """{"docsets_to_publish": [
 {"docset_name": "d", "build_source_folder": "docs", "locale": "nb-no"}]}""",
            "docs/a.md": "",
            "docs/cats/a.md": "",
        },
    )
    (tmp_path / ".git").mkdir()
    text = config(capsys, tmp_path)
    tomllib.loads(text)
    assert '#   metadata: ms.topic = "how-to"  # docs/docfx.json:2\n' in text
    assert '#   metadata of cats/**: author = "octocat"  # docs/docfx.json:3\n' in text
    assert "#   content: **/*.md in docs\n" in text
    assert "#   docset docs, locale nb-no\n" in text
    assert "# .openpublishing.redirection.json\n#   1 redirection\n" in text
    assert "author" not in config(capsys, tmp_path / "docs" / "a.md")
    assert '#   metadata: author = "octocat"' in config(capsys, tmp_path / "docs/cats/a.md")


def test_values_of_the_command_line_replace_those_of_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, {"articlelint.toml": '[links]\ntimeout = "5s"\nretries = 1\n'})
    text = config(
        capsys, tmp_path, "--config", "links.timeout = '1s'", "--config", "severity.LINK='info'"
    )
    assert 'timeout = "1s"  # --config\n' in text
    assert "retries = 1  # articlelint.toml:3\n" in text
    assert 'severity = { "LINK" = "info" }  # --config\n' in text
    assert 'timeout = "2s"  # --config\n' in config(
        capsys, tmp_path, "--isolated", "--config", "links.timeout='2s'"
    )


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("links.timeout=5", "--config: links.timeout: expected a duration"),
        ("links.timeout=5s", "--config 'links.timeout=5s': not valid TOML"),
        ("links.timeout=5s", "; did you mean 'links.timeout=\"5s\"'?"),
        ("links.timout='5s'", "no such file; did you mean 'links.timeout'?"),
        ("no=where.toml", "--config: no=where.toml: no such file\n"),
        ("severity.LINK='no'", "--config: severity.LINK: expected one of"),
        ("severity.LINKS='info'", "--config: severity.LINKS: unknown rule 'LINKS'"),
        ("ignore=['METAS']", "--config: ignore: unknown rule 'METAS'"),
    ],
)
def test_mistakes_in_values_of_the_command_line(
    value: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["config", str(tmp_path), "--config", value]) == 2
    assert message in capsys.readouterr().err
    write(tmp_path, {"articlelint.toml": "ignore = ['META']\nseverity = { LINK = 'info' }\n"})
    assert main(["config", str(tmp_path), "--config", value]) == 2
    assert message in capsys.readouterr().err


def test_a_file_whose_name_has_an_equals_sign_is_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"a=b.toml": 'ignore = ["LINK"]\n'})
    assert 'ignore = ["LINK"]  # a=b.toml:1\n' in config(capsys, "--config", "a=b.toml")


def test_every_mistake_is_shown_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, {"articlelint.toml": "selct = []\n[links]\ntimeout = 5\n"})
    assert main(["config", str(tmp_path)]) == 2
    file = tmp_path / "articlelint.toml"
    assert capsys.readouterr().err == (
        f"articlelint: error: {file}:1: selct: unknown key 'selct'; did you mean 'select'?\n"
        " 1 | selct = []\n"
        "   | ^^^^^\n"
        f"articlelint: error: {file}:3: links.timeout: "
        'expected a duration such as "20s", "5m" or "3d", got 5\n'
        " 3 | timeout = 5\n"
        "   |           ^\n"
    )


@pytest.mark.parametrize(
    ("text", "message", "excerpt"),
    [
        ('a = "b\n', ":1: illegal character '\\n'", 'a = "b'),
        ("# x\r\na = [1,", ":2: invalid value", "a = [1,"),
        ("a = 1\na = 2\n", ":2: cannot overwrite a value", "a = 2"),
    ],
)
def test_what_is_not_toml_is_shown_with_its_line(
    text: str, message: str, excerpt: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, {"articlelint.toml": text.encode()})
    assert main(["config", str(tmp_path)]) == 2
    first, second, third = capsys.readouterr().err.splitlines()
    assert first.endswith("articlelint.toml" + message)
    assert second.endswith(f"| {excerpt}")
    assert third.endswith("^")


def test_the_document_has_the_settings_of_the_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    docfx = {"build": {"content": [{"files": ["*.md"]}], "globalMetadata": {"ms.x": [1]}}}
    write(tmp_path, {"docs/docfx.json": json.dumps(docfx), "articlelint.toml": "ignore = []\n"})
    flags = ("--select", "META", "--config", "links.retries=1", "--no-cache")
    data = json.loads(config(capsys, str(tmp_path), *flags, "--output-format", "json"))
    assert (data["configuration"], data["cache"]) == ("articlelint.toml", None)
    settings = {entry["key"]: (entry["value"], entry["source"]) for entry in data["settings"]}
    assert settings["ignore"] == ([], "articlelint.toml:1")
    assert settings["select"] == (["META"], "--select")
    assert settings["links.retries"] == (1, "--config")
    assert settings["audit.runs"] == (3, "default")
    assert settings["localization.locale"] == (None, "not set")
    (docset,) = data["build"]["docsets"]
    (metadata,) = docset["metadata"]
    assert metadata["key"] == "ms.x"
    assert metadata["source"].startswith("docs/docfx.json:")


def test_a_mistake_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, {"articlelint.toml": "selct = []"})
    assert main(["config", str(tmp_path)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "did you mean 'select'?" in captured.err
    assert main(["config", str(tmp_path / "nowhere")]) == 2


def test_the_schema_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert json.loads(config(capsys, "--schema")) == json_schema()
