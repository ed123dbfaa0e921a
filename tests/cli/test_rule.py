"""``articlelint rule``: every rule can be asked for."""

from __future__ import annotations

import json

import pytest

from linters.cli import main
from linters.findings.core_rules import CORE_RULES
from linters.pipeline.plugins import load_checkers

RULES = (*CORE_RULES, *(rule for checker in load_checkers() for rule in checker.rules))


def test_all_rules_are_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", "--all"]) == 0
    text = capsys.readouterr().out
    for rule in RULES:
        assert f"# {rule.name} ({rule.code}, {rule.severity}, " in text


def test_json_has_everything(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", "--all", "--output-format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert {(finding["code"], finding["name"], finding["summary"]) for finding in data} == {
        (rule.code, rule.name, rule.summary) for rule in RULES
    }
    for entry in data:
        assert "## Why" in entry["explanation"], entry["name"]
        assert "## How to fix" in entry["explanation"], entry["name"]
        assert "## Cases" not in entry["explanation"], entry["name"]


@pytest.mark.parametrize("word", ["CORE001", "core001", "unreadable-file", "Unreadable-File"])
def test_a_rule_by_code_or_name(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", word]) == 0
    text = capsys.readouterr().out
    assert text.startswith("# unreadable-file (CORE001, error, core)\n")
    assert "## Why" in text
    assert "## How to fix" in text
    assert "### A lone surrogate is not UTF-8" in text


def test_all_rules_of_a_prefix(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", "core", "CORE001"]) == 0
    text = capsys.readouterr().out
    assert text.count("# unreadable-file (CORE001, ") == 1
    assert text.count("# unused-suppression (CORE002, ") == 1
    assert "(LINK" not in text


def test_a_list_has_a_line_for_each_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", "--list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:3] for line in lines] == sorted(
        [rule.code, rule.name, str(rule.severity)] for rule in RULES
    )
    assert main(["rule", "--list", "core", "span00"]) == 0
    codes = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert {code[:6] for code in codes} == {"CORE00", "SPAN00"}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["CORE0001"], "unknown rule 'CORE0001'; did you mean 'CORE001'?"),
        (["unreadable-fil"], "unknown rule 'unreadable-fil'; did you mean 'unreadable-file'?"),
        (["zzz"], "unknown rule 'zzz'"),
        ([], "expected a code, a name, a prefix, --all or --list"),
        (["CORE001", "--all"], "--all cannot be combined with rules"),
    ],
)
def test_an_unknown_rule(
    words: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rule", *words]) == 2
    assert capsys.readouterr().err.splitlines()[0] == f"articlelint: error: {message}"
