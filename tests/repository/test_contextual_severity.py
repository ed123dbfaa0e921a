"""Severities in unpublished files and in translations."""

from __future__ import annotations

from pathlib import Path

import pytest

from linters.model.finding import Extent, Finding, Inheritance, Rule, Severity
from linters.repository.contextual_severity import ContextualSeverity
from tests.localization.sxs import pair
from tests.repository.helper import decide

STYLE = Rule("T001", "style", Severity.WARNING, "", inheritance=Inheritance.STYLE)
VALUE = Rule("T002", "value", Severity.ERROR, "", inheritance=Inheritance.VALUE)
LINK = Rule("T003", "link", Severity.ERROR, "", inheritance=Inheritance.LINK)
HEADER = Rule("T004", "header", Severity.ERROR, "", unpublished=Severity.WARNING)
PLAIN = Rule("T005", "plain", Severity.ERROR, "")

NORWEGIAN = '[localization]\nlocale = "nb-NO"\n'
TEXT = "\n\n".join(
    (
        pair("abcde-101", "[mål](same.md)", "[goal](same.md)"),
        pair("abcde-102", "[mål](other.md)", "[goal](source.md)"),
        "[utenfor](outside.md)\n",
    )
)


def _revised(root: Path, rule: Rule, word: str, config: str = NORWEGIAN) -> Finding:
    decisions = decide(root, {"articlelint.toml": config, "a.md": TEXT})
    article = decisions.repository.read("a.md")
    start = TEXT.index(word)
    finding = article.finding(rule, Extent(start, start + len(word)), "…", data={"x": 1})
    return ContextualSeverity(decisions).revise(finding)


@pytest.mark.parametrize("word", ["same.md", "outside.md"])
def test_what_the_source_has_as_well_is_an_info(tmp_path: Path, word: str) -> None:
    finding = _revised(tmp_path, STYLE, word)
    assert finding.severity is Severity.INFO
    assert finding.data == {"x": 1, "inherited": True}


def test_what_only_the_target_has_keeps_its_severity(tmp_path: Path) -> None:
    finding = _revised(tmp_path, STYLE, "other.md")
    assert finding.severity is None
    assert finding.data == {"x": 1}


def test_an_inherited_broken_link_only_says_so(tmp_path: Path) -> None:
    finding = _revised(tmp_path, LINK, "same.md")
    assert finding.severity is None
    assert finding.data["inherited"] is True


def test_a_source_has_no_inherited_findings(tmp_path: Path) -> None:
    english = '[localization]\nlocale = "en-US"\n'
    for rule in (STYLE, VALUE, LINK):
        assert _revised(tmp_path, rule, "same.md", english).data == {"x": 1}


def test_other_rules_keep_their_severity(tmp_path: Path) -> None:
    assert _revised(tmp_path, PLAIN, "same.md").severity is None


@pytest.mark.parametrize(
    ("key", "inherited"),
    [
        ("ms.topic", True),
        ("titleSuffix", True),
        ("title", False),
        ("description", False),
        ("title[0]", False),
        ("ms.locfileid", False),
    ],
)
def test_values_of_keys_that_translators_write_are_theirs(
    tmp_path: Path, key: str, inherited: bool
) -> None:
    decisions = decide(tmp_path, {"articlelint.toml": NORWEGIAN, "a.md": TEXT})
    article = decisions.repository.read("a.md")
    finding = article.finding(VALUE, Extent(0, 0), "…", data={"attribute": key})
    revised = ContextualSeverity(decisions).revise(finding)
    assert (revised.severity is Severity.INFO) is inherited
    assert ("inherited" in revised.data) is inherited


@pytest.mark.parametrize(
    ("path", "severity", "revised"),
    [
        ("a.md", None, None),
        ("b.md", None, Severity.WARNING),
        ("b.md", Severity.ERROR, Severity.WARNING),
        ("b.md", Severity.INFO, Severity.INFO),
        ("b.md", Severity.OFF, Severity.OFF),
    ],
)
def test_unpublished_files_have_a_highest_severity(
    tmp_path: Path, path: str, severity: Severity | None, revised: Severity | None
) -> None:
    files = {"docfx.json": '{"build": {"content": ["a.md"]}}', "a.md": "# A\n", "b.md": "# B\n"}
    decisions = decide(tmp_path, files)
    article = decisions.repository.read(path)
    finding = article.finding(HEADER, Extent(0, 0), "…", severity=severity)
    assert ContextualSeverity(decisions).revise(finding).severity is revised


@pytest.mark.parametrize("severity", [None, Severity.INFO, Severity.ERROR])
def test_rules_without_a_highest_severity_keep_the_given_one(
    tmp_path: Path, severity: Severity | None
) -> None:
    files = {"docfx.json": '{"build": {"content": ["a.md"]}}', "b.md": "# B\n"}
    decisions = decide(tmp_path, files)
    finding = decisions.repository.read("b.md").finding(PLAIN, Extent(0, 0), "…", severity=severity)
    assert ContextualSeverity(decisions).revise(finding).severity is severity
