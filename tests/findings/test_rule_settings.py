"""Which rules are enabled, and at which severity."""

from __future__ import annotations

from pathlib import Path

import pytest

from linters.config.loading import load
from linters.findings.build_report import rules_of
from linters.findings.rule_settings import RuleSelection, rule_levels
from linters.findings.selection_checks import check_configurations, check_selection
from linters.model.errors import ConfigurationError, UserError
from linters.model.finding import Severity
from linters.model.settings import Settings
from tests.running import check, shown
from tests.toy import ToyChecker

RULES = rules_of([ToyChecker()])


def level(name: str, settings: Settings | None = None, choice: RuleSelection | None = None) -> str:
    code = next(rule.code for rule in RULES if rule.name == name)
    return rule_levels(settings or Settings(), choice or RuleSelection(), RULES)[code].severity


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
        ("shy-word", Settings(extend_select=("shy-word",)), None, "warning"),
        ("shy-word", Settings(extend_select=("TOY",)), None, "off"),
        ("shy-word", Settings(extend_select=("Toy003",), ignore=("TOY",)), None, "warning"),
        ("shy-word", Settings(extend_select=("shy-word",), ignore=("TOY003",)), None, "off"),
        ("bad-word", Settings(select=("CORE",), extend_select=("toy",)), None, "error"),
        (
            "shy-word",
            Settings(select=("CORE",), severity={"SHY-word": Severity.INFO}),
            None,
            "info",
        ),
        ("shy-word", Settings(severity={"toy003": Severity.INFO}, ignore=("TOY",)), None, "info"),
        ("bad-word", Settings(select=("CORE",), severity={"TOY": Severity.INFO}), None, "off"),
        ("bad-word", select("all", ignore=("toy",)), None, "off"),
        ("unreadable-file", select("TOY"), None, "error"),
        ("unreadable-file", select("TOY", ignore=("CORE", "ALL")), None, "error"),
        ("unreadable-file", select("TOY", ignore=("core001",)), None, "off"),
        ("unreadable-file", None, RuleSelection(select=("TOY",)), "error"),
        ("unused-suppression", None, RuleSelection(select=("TOY",)), "off"),
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
    plain = rule_levels(Settings(), RuleSelection(), RULES)["TOY001"]
    assert plain.of(Severity.INFO) is Severity.INFO
    said = Settings(severity={"TOY": Severity.WARNING})
    assert rule_levels(said, RuleSelection(), RULES)["TOY001"].of(Severity.INFO) is Severity.WARNING


def test_every_word_that_names_no_rule_is_reported_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "articlelint.toml"
    file.write_text(
        "select = ['TOY01']\nextend-select = ['toy', 'tye']\nignore = 'CORE'\n"
        "severity = { bad-wrd = 'off' }\nper-file-ignores = { 'a/**' = ['XYZ'] }\n"
    )
    with pytest.raises(ConfigurationError) as raised:
        check_configurations([load(file)], RULES, {})
    assert str(raised.value).replace(f"{tmp_path}/", "").split("\n") == [
        "articlelint.toml:1: select: unknown rule 'TOY01'; did you mean 'TOY001'?",
        "articlelint.toml:2: extend-select: unknown rule 'tye'; did you mean 'TOY'?",
        "articlelint.toml:4: severity.bad-wrd: unknown rule 'bad-wrd'; did you mean 'bad-word'?",
        "articlelint.toml:5: per-file-ignores.a/**: unknown rule 'XYZ'",
    ]


def test_on_the_command_line_as_well() -> None:
    with pytest.raises(UserError, match="--select: unknown rule 'X'"):
        check_selection(RuleSelection(select=("X",)), RULES)
    with pytest.raises(UserError, match="--select: expected at least one rule"):
        check_selection(RuleSelection(select=()), RULES)
    check_selection(
        RuleSelection(select=("all",), ignore=("Toy", "BAD-word"), extend_select=("c",)), RULES
    )


def test_an_unreadable_file_is_reported_whatever_is_selected(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"a.md": b"\xff", "articlelint.toml": "select = ['TOY']"}
    report = check(tmp_path, files, choice=RuleSelection(select=("TOY",)))
    assert shown(report) == ["a.md:1:1 unreadable-file"]


def test_a_nested_configuration_enables_a_rule_for_its_folder(tmp_path: Path) -> None:
    report = check(
        tmp_path,
        {
            "articlelint.toml": "",
            "docs/articlelint.toml": "extend-select = ['shy-word']",
            "docs/a.md": "shy\n",
            "b.md": "shy\n",
        },
    )
    assert shown(report) == ["docs/a.md:1:1 shy-word"]


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
    after = check(tmp_path, {"a.md": "# New\n\nbad\n\n  odd  bad\n"}).findings
    assert [finding.fingerprint for finding in before] == [finding.fingerprint for finding in after]
    assert len({finding.fingerprint for finding in before}) == 3


def test_the_owner_is_the_author(tmp_path: Path) -> None:
    files = {"a.md": "---\nms.author: someone\n---\nbad\n", "b.md": "bad\n"}
    assert [finding.owner for finding in check(tmp_path, files).findings] == ["someone", None]
