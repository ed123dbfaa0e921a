"""``articlelint init``: what it writes is a configuration, what it prints is YAML that runs."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import jsonschema
import pytest
import yaml

from linters.cli import main
from linters.cli.command_line import parser_for
from linters.cli.init import SNIPPETS
from linters.config.keys import json_schema
from linters.config.loading import load
from tests.running import write

ARTICLE = """\
---
title: One
description: What this article says to its readers, in one sentence.
ms.sevice: x
---
# One

[a](missing.md)
"""


def _init(folder: Path) -> str:
    assert main(["init", str(folder)]) == 0
    return (folder / "articlelint.toml").read_text(encoding="utf-8")


def _uncommented(text: str) -> str:
    """The text with every suggestion in force: prose is not TOML, keys and tables are."""
    lines = []
    for line in text.splitlines():
        bare = line.removeprefix("# ").strip()
        lines.append(bare if re.match(r'[\w".*/-]+ = |\[|\]|"', bare) else line)
    return "\n".join(lines)


def test_an_empty_folder_gets_a_starter_that_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = _init(tmp_path)
    assert text.startswith("#:schema ")
    assert "example.org" not in text
    assert tomllib.loads(text) == {}
    assert "Wrote" in capsys.readouterr().out
    jsonschema.validate(tomllib.loads(_uncommented(text)), json_schema())


def test_a_first_run_suggests_what_to_ignore(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {f"docs/new/{n}.md": ARTICLE.replace("One", f"No {n}") for n in range(3)}
    old = "[a](missing.md)\n\n[b](https://docs.microsoft.com/x)\n"
    files |= {f"docs/old/{n}.md": f"# {n}\n\n{old}" for n in range(12)}
    files |= {f"more/{n}.md": f"# {n}\n" for n in range(20)}
    (tmp_path / ".git").mkdir()
    write(tmp_path, files)
    text = _init(tmp_path)
    assert '#   "outdated-host",  # 12 findings in 12 files\n' in text
    assert '# file-not-found = "warning"  # 15 findings in 15 files' in text
    assert '# "docs/old/**" = ["LINK"]  # 24 of 27 LINK\n' in text
    settings = tomllib.loads(_uncommented(text))
    jsonschema.validate(settings, json_schema())
    (tmp_path / "articlelint.toml").write_text(_uncommented(text), encoding="utf-8")
    assert "outdated-host" in load(tmp_path / "articlelint.toml").ignore
    assert "checking 35 articles once" in capsys.readouterr().err


def test_what_the_build_says_is_named(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    write(
        tmp_path,
        {
            "docs/docfx.json": '{"build": {"content": [{"files": ["**/*.md"]}], '
            '"globalMetadata": {"author": "octocat"}}}',
            ".openpublishing.publish.config.json": '{"docsets_to_publish": [{"docset_name": "d", '
            '"build_source_folder": "docs", "locale": "de-de"}]}',
        },
    )
    text = _init(tmp_path)
    assert "# docs/docfx.json: **/*.md; 1 metadata key are inherited" not in text
    assert "# docs/docfx.json: **/*.md; its articles inherit 1 metadata key.\n" in text
    assert '# locale = "de-de"  # the publish configuration' in text


def test_the_data_of_git_gets_no_configuration(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ".git" / "hooks").mkdir(parents=True)
    assert main(["init", str(tmp_path / ".git" / "hooks")]) == 2
    assert "git's own data" in capsys.readouterr().err
    assert not any((tmp_path / ".git" / "hooks").iterdir())


def test_what_is_there_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "articlelint.toml"
    file.write_text("ignore = ['LINK']\n", encoding="utf-8")
    assert main(["init", str(tmp_path)]) == 2
    assert "exists already" in capsys.readouterr().err
    assert file.read_text(encoding="utf-8") == "ignore = ['LINK']\n"
    write(tmp_path, {"p/pyproject.toml": "[tool.articlelint]\n"})
    assert main(["init", str(tmp_path / "p")]) == 2


@pytest.mark.parametrize("name", SNIPPETS)
def test_a_snippet_is_yaml_whose_commands_are_understood(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", "--print", name]) == 0
    text = capsys.readouterr().out
    assert isinstance(yaml.safe_load(text), dict)
    assert "{" not in re.sub(r"\$\{[^}]*\}", "", text)
    flat = " ".join(text.split())
    commands = re.findall(r"(?<=>- )articlelint (check .*?)(?= displayName| artifacts|$)", flat)
    assert bool(commands) == (name != "pre-commit")
    for command in commands:
        words = shlex.split(command)
        assert parser_for(words).parse_args(words).since.startswith("origin/")


def test_the_snippet_for_pre_commit_names_our_hooks(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "--print", "pre-commit"]) == 0
    (repository,) = yaml.safe_load(capsys.readouterr().out)["repos"]
    hooks = Path(__file__).parents[2] / ".pre-commit-hooks.yaml"
    known = {hook["id"] for hook in yaml.safe_load(hooks.read_text(encoding="utf-8"))}
    assert {hook["id"] for hook in repository["hooks"]} == known
