"""The flags of every command that reads articles mean the same in all of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from linters.cli import main
from linters.cli.command_line import parser_for
from tests.localization.sxs import HEADER, pair
from tests.reports.schema import validate
from tests.running import write

REPORTS = (
    ["check", "--offline", "a.md"],
    ["audit", "--offline", "--journal", "j.sqlite3", "a.md"],
    ["links", "a.md"],
    ["why", "gone.md", "--offline", "a.md"],
    ["localization", "strip", "a.md", "--output", "stripped"],
    ["localization", "verify", "a.md", "--source", "published"],
    ["localization", "export", "a.md", "--format", "tmx", "--output", "a.tmx"],
    ["localization", "import", "work.xlf", "a.md"],
    ["localization", "compare", "nb", "da"],
)
COMMANDS = (*REPORTS, ["localization", "stats", "a.md"], ["config"])
ARTICLE = HEADER + "\n" + pair("0a1b2-101", "Båter [x](gone.md)", "Boats [x](gone.md)") + "\n"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which every command has something to do."""
    folder = tmp_path_factory.mktemp("prepared")
    names = ("a.md", "published/a.md", "nb/a.md", "da/a.md")
    write(folder, dict.fromkeys(names, ARTICLE) | {"own.toml": 'ignore = ["no-such-rule"]\n'})
    file = folder / "work.xlf"
    words = ["export", str(folder / "a.md"), "--format", "xliff", "--output", str(file)]
    assert main(["localization", *words]) == 0
    return folder


def named(command: list[str]) -> str:
    return " ".join(command[:2])


@pytest.mark.parametrize("command", COMMANDS, ids=named)
def test_the_flags_of_every_command(
    command: list[str],
    prepared: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(prepared)
    assert main([*command, "--select", "no-such-rule", "--no-cache"]) == 2
    assert "--select: unknown rule 'no-such-rule'" in capsys.readouterr().err
    assert main([*command, "--config", "own.toml", "--no-cache"]) == 2
    assert "own.toml:1: ignore: unknown rule 'no-such-rule'" in capsys.readouterr().err
    flags = ["--isolated", "--select", "span,LINK", "--cache-dir", "cache"]
    assert main([*command, "--config", "own.toml", *flags, "--output-format", "json"]) in (0, 1)
    captured = capsys.readouterr()
    data = json.loads(captured.out)
    if command in REPORTS:
        validate(data)
    monkeypatch.setenv("ARTICLELINT_OUTPUT_FORMAT", "nonsense")
    assert main(command) == 2
    assert "ARTICLELINT_OUTPUT_FORMAT: unknown format 'nonsense'" in capsys.readouterr().err


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
        (["rule"], "expected a code, a name, a prefix", "rule [OPTIONS] [CODE|NAME|PREFIX ...]"),
        (
            ["check", "--no-new-suppressions"],
            "expected --since, which says what is new",
            "check [OPTIONS] [PATH ...]",
        ),
        (
            ["check", "--statistics", "--output-format", "sarif"],
            "--statistics: expected full, concise, json, got sarif",
            "check [OPTIONS] [PATH ...]",
        ),
        (
            ["localization", "verify", "a", "b", "c"],
            "expected PATH and PUBLISHED_TREE, got 3 paths",
            "localization verify [OPTIONS] [PATH ...]",
        ),
        (
            ["check", "--isolated=x"],
            "--isolated: expected no value, got 'x'",
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
