"""What the README tells people to type is understood, and where it points there is something."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from linters.cli import main
from linters.cli.command_line import parser_for
from linters.findings.core_rules import CORE_RULES
from linters.pipeline.plugins import load_checkers

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMAND = re.compile(
    r"^(?:.*&& )?(?:\.venv/bin/)?articlelint (.*)$|`articlelint ([^`]+)`", re.MULTILINE
)
COMMANDS = [first or second for first, second in COMMAND.findall(README)]


def test_there_are_commands() -> None:
    assert "check --offline examples" in COMMANDS
    assert len(COMMANDS) > 5


@pytest.mark.parametrize("command", [one for one in COMMANDS if "--help" not in one])
def test_a_command_is_understood(command: str) -> None:
    words = shlex.split(command)
    if words == ["localization", "strip"]:
        words.append("article.md")
    assert parser_for(words).parse_args(words).command == words[0]


def test_flags_in_prose_are_those_of_check() -> None:
    usage = _usage(["check"])
    flags = set(re.findall(r"`(--[a-z][a-z-]*)", README))
    assert flags
    assert {flag for flag in flags if flag not in usage} == set()


def _usage(words: list[str]) -> str:
    parser = parser_for(words)
    (commands,) = (one for one in parser._actions if one.dest == "command")
    assert isinstance(commands.choices, dict)
    text: str = commands.choices[words[0]].format_help()
    return text


def test_rules_in_prose_exist() -> None:
    rules = {rule.name for rule in CORE_RULES}
    rules |= {rule.name for checker in load_checkers() for rule in checker.rules}
    named = set(re.findall(r"disable-next-line ([a-z-]+)", README))
    named |= set(re.findall(r'^ignore = \["([a-z-]+)"\]', README, re.MULTILINE))
    named |= set(re.findall(r"^severity = \{ ([a-z-]+)", README, re.MULTILINE))
    assert len(named) >= 3
    assert named - rules == set()


def test_what_is_linked_exists() -> None:
    for target in re.findall(r"\]\((?!https:)([^)#]+)", README):
        assert (ROOT / target).exists(), target


def test_the_examples_have_as_many_findings_as_it_says(capsys: pytest.CaptureFixture[str]) -> None:
    assert "nine findings, and the exit status is 1" in README
    assert main(["check", "--offline", "--output-format", "json", str(ROOT / "examples")]) == 1
    assert len(json.loads(capsys.readouterr().out)["findings"]) == 9
