"""Which rules speak and how loudly."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from linters.findings.build_report import rules_of
from linters.findings.rule_settings import RuleSelection, check_choice, check_codes, levels
from linters.model.errors import UserError
from linters.model.finding import Severity
from linters.model.settings import Settings
from tests.running import check, shown
from tests.toy import ToyChecker

RULES = rules_of([ToyChecker()])


def level(name: str, settings: Settings | None = None, choice: RuleSelection | None = None) -> str:
    code = next(rule.code for rule in RULES if rule.name == name)
    return levels(settings or Settings(), choice or RuleSelection(), RULES)[code].severity


def select(*words: str, ignore: tuple[str, ...] = ()) -> Settings:
    return Settings(select=words, ignore=ignore)


@pytest.mark.parametrize(
    ("name", "settings", "choice", "expected"),
    [
        ("bad-word", None, None, "error"),
        ("shy-word", None, None, "off"),
        ("shy-word", select("TOY"), None, "off"),
        ("shy-word", select("shy-word"), None, "warning"),
        ("shy-word", None, RuleSelection(extend_select=("TOY003",)), "warning"),
        ("shy-word", None, RuleSelection(select=("shy-word",)), "warning"),
        ("shy-word", None, RuleSelection(select=("ALL",)), "off"),
        ("shy-word", Settings(severity={"shy-word": Severity.ERROR}), None, "error"),
        ("shy-word", Settings(severity={"TOY": Severity.ERROR}), None, "off"),
        ("bad-word", select("ALL", ignore=("TOY",)), None, "off"),
        ("bad-word", select("TOY001", ignore=("TOY",)), None, "error"),
        ("bad-word", select("TOY", ignore=("bad-word",)), None, "off"),
        ("bad-word", select("TOY", ignore=("TOY",)), None, "off"),
        ("odd-word", select("TOY001"), None, "off"),
        ("bad-word", select("ALL", ignore=("TOY",)), RuleSelection(select=("TOY",)), "error"),
        ("bad-word", select("CORE"), RuleSelection(extend_select=("TOY",)), "error"),
        ("bad-word", None, RuleSelection(select=("ALL",), ignore=("TOY0",)), "off"),
        ("bad-word", None, RuleSelection(ignore=("TOY",), extend_select=("bad-word",)), "error"),
        ("bad-word", Settings(severity={"TOY": Severity.INFO}), None, "info"),
        (
            "bad-word",
            Settings(severity={"TOY": Severity.INFO, "bad-word": Severity.WARNING}),
            None,
            "warning",
        ),
        ("bad-word", Settings(severity={"ALL": Severity.OFF}), None, "off"),
        (
            "bad-word",
            Settings(severity={"bad-word": Severity.OFF}),
            RuleSelection(select=("bad-word",)),
            "error",
        ),
    ],
)
def test_level(
    name: str, settings: Settings | None, choice: RuleSelection | None, expected: str
) -> None:
    assert level(name, settings, choice) == expected


def test_the_configuration_goes_before_a_findings_own_severity() -> None:
    plain = levels(Settings(), RuleSelection(), RULES)["TOY001"]
    assert plain.of(Severity.INFO) is Severity.INFO
    said = Settings(severity={"TOY": Severity.WARNING})
    assert levels(said, RuleSelection(), RULES)["TOY001"].of(Severity.INFO) is Severity.WARNING


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (select("TOY01"), r"conf: select: no rule 'TOY01'; did you mean 'TOY001'\?"),
        (select(ignore=("toy",)), r"ignore: no rule 'toy'; did you mean 'TOY'\?"),
        (Settings(severity={"bad-wrd": Severity.OFF}), r"severity: .* 'bad-word'\?"),
        (Settings(per_file_ignores={"a/**": ("XYZ",)}), r"per-file-ignores\.a/\*\*: no rule"),
    ],
)
def test_a_word_that_names_no_rule_is_an_error(settings: Settings, message: str) -> None:
    with pytest.raises(UserError, match=message):
        check_codes(replace(settings, source="conf"), RULES)


def test_on_the_command_line_as_well() -> None:
    with pytest.raises(UserError, match="--select: no rule 'X'"):
        check_choice(RuleSelection(select=("X",)), RULES)
    with pytest.raises(UserError, match="--select names no rule"):
        check_choice(RuleSelection(select=()), RULES)
    check_choice(
        RuleSelection(select=("ALL",), ignore=("TOY", "bad-word"), extend_select=("C",)), RULES
    )


def test_per_file_ignores(tmp_path: Path) -> None:
    report = check(
        tmp_path,
        {
            "articlelint.toml": 'per-file-ignores = { "archive/**" = ["TOY001"] }',
            "archive/d/a.md": "bad odd\n",
            "a.md": "bad\n",
        },
    )
    assert shown(report) == ["a.md:1:1 bad-word", "archive/d/a.md:1:5 odd-word"]


def test_fingerprints_survive_edits_elsewhere(tmp_path: Path) -> None:
    before = check(tmp_path, {"a.md": "bad\n\nodd bad\n"}).findings
    after = check(tmp_path, {"a.md": "# New\n\nbad\n\nmore odd text bad\n"}).findings
    assert [one.fingerprint for one in before] == [one.fingerprint for one in after]
    assert len({one.fingerprint for one in before}) == 3


def test_the_owner_is_the_author(tmp_path: Path) -> None:
    files = {"a.md": "---\nms.author: someone\n---\nbad\n", "b.md": "bad\n"}
    assert [one.owner for one in check(tmp_path, files).findings] == ["someone", None]
