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


@pytest.mark.parametrize(
    ("words", "message", "usage"),
    [
        (["check", "a.md", "--bogus"], "unknown option '--bogus'", "check [OPTIONS] [PATH ...]"),
        (
            ["check", "--ofline=1", "a.md"],
            "unknown option '--ofline'; did you mean '--offline'?",
            "check [OPTIONS] [PATH ...]",
        ),
        (["config", "a", "b"], "unexpected argument 'b'", "config [OPTIONS] [PATH]"),
        (
            ["why"],
            "the following arguments are required: URL",
            "why [OPTIONS] URL [PATH ...]",
        ),
        (["localization"], "expected a command: strip, verify", "localization [OPTIONS] COMMAND"),
        (["tests"], "did you mean 'articlelint check tests'?", "[OPTIONS] COMMAND"),
        (["chek"], "unknown command 'chek'; did you mean 'check'?", "[OPTIONS] COMMAND"),
        (
            ["localization", "expert", "a.md"],
            "unknown command 'expert'; did you mean 'export'?",
            "localization [OPTIONS] COMMAND",
        ),
        (
            ["check", "--output-format", "jsn"],
            "--output-format: unknown value 'jsn'; did you mean 'json'?",
            "check [OPTIONS] [PATH ...]",
        ),
        (["check", "--jobs", "x\x1b[31m"], "got 'x\\x1b[31m'", "check [OPTIONS] [PATH ...]"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_usage_error_is_two_lines_with_the_usage_of_the_command(
    words: list[str],
    message: str,
    usage: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(Path(__file__).parents[2])
    assert main(words) == 2
    first, second = capsys.readouterr().err.splitlines()
    assert first.startswith("articlelint: error: ")
    assert message in first
    assert second.startswith(f"usage: articlelint {usage} (options: articlelint")


def test_help_goes_to_standard_output_unless_it_is_an_error(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--help"]) == 0
    text = capsys.readouterr().out
    assert "check articles and print one report" in text
    assert main([]) == 2
    assert capsys.readouterr().err == text
