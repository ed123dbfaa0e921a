"""The flags of every command that reads articles mean the same in all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from linters.cli import main
from linters.cli.command_line import parser_for
from tests.running import write

COMMANDS = (
    ["check", "--offline"],
    ["links"],
    ["why", "gone.md", "--offline"],
    ["localization", "strip"],
    ["localization", "export", "--format", "tmx"],
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("way", ["--select", "--config"])
def test_a_rule_that_there_is_not(
    command: list[str],
    way: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    write(tmp_path, {"a.md": "# A\n", "own.toml": 'ignore = ["no-such-rule"]\n'})
    monkeypatch.chdir(tmp_path)
    value = "no-such-rule" if way == "--select" else "own.toml"
    assert main([*command, ".", way, value, "--no-cache"]) == 2
    assert "unknown rule 'no-such-rule'" in capsys.readouterr().err
    if way == "--config":
        main([*command, ".", way, value, "--isolated", "--no-cache"])
        assert "no rule" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "paths"),
    [
        (["check", "a.md", "--offline", "b.md", "-q", "c.md"], ["a.md", "b.md", "c.md"]),
        (["check", "--offline", "-", "--stdin-filename", "a.md"], ["-"]),
        (["check", "-q", "--", "-q.md", "--fix"], ["-q.md", "--fix"]),
        (["links", "a.md", "--no-cache", "b.md"], ["a.md", "b.md"]),
        (["why", "URL", "--no-cache", "a.md"], ["a.md"]),
        (["why", "--no-cache", "URL", "a.md"], ["a.md"]),
        (["localization", "strip", "a.md", "--no-cache", "b.md"], ["a.md", "b.md"]),
    ],
    ids=" ".join,
)
def test_paths_may_stand_between_options(words: list[str], paths: list[str]) -> None:
    assert parser_for(words).parse_args(words).paths == paths


def test_what_is_no_option_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["check", "a.md", "--bogus", "b.md"], ["config", "a", "b"], ["why"]):
        with pytest.raises(SystemExit) as stopped:
            main(words)
        assert stopped.value.code == 2
    assert "--bogus" in capsys.readouterr().err
