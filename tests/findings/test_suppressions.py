"""Directives suppress what they name, where they say, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from linters.checker import Diff
from linters.findings.rule_settings import RuleSelection
from tests.running import check, shown
from tests.steps import at_most


def article(tmp_path: Path, text: str, **options: object) -> tuple[list[str], int]:
    report = check(tmp_path, {"a.md": text}, **options)  # type: ignore[arg-type]
    return [line.removeprefix("a.md:") for line in shown(report)], report.suppressed


def test_the_next_line_and_no_other(tmp_path: Path) -> None:
    text = "<!-- articlelint-disable-next-line TOY001 -- known -->\nbad odd\nbad\n"
    assert article(tmp_path, text) == (["2:5 odd-word", "3:1 bad-word"], 1)


@pytest.mark.parametrize("words", ["bad-word,odd-word", "TOY", "ALL", "TOY001, TOY002", "TOY00"])
def test_words_of_every_kind(tmp_path: Path, words: str) -> None:
    text = f"<!-- articlelint-disable-next-line {words} -->\r\nbad odd\r\n"
    assert article(tmp_path, text) == ([], 2)


def test_a_range_ends_where_it_is_enabled(tmp_path: Path) -> None:
    text = (
        "bad\n\n<!-- articlelint-disable bad-word -->\n\nbad odd\n\n"
        "<!-- articlelint-enable bad-word -->\n\nbad\n"
    )
    assert article(tmp_path, text) == (["1:1 bad-word", "5:5 odd-word", "9:1 bad-word"], 1)


def test_part_of_a_range_may_be_enabled(tmp_path: Path) -> None:
    text = (
        "<!-- articlelint-disable TOY -->\n\nbad odd\n\n<!-- articlelint-enable odd-word -->\n\n"
        "bad odd\n"
    )
    assert article(tmp_path, text) == (["7:5 odd-word"], 3)


def test_what_is_on_again_needs_no_second_enable(tmp_path: Path) -> None:
    text = (
        "<!-- articlelint-disable TOY -->\n\nbad odd\n\n<!-- articlelint-enable TOY001 -->\n\n"
        "<!-- articlelint-enable TOY -->\n\n<!-- articlelint-enable TOY -->\n"
    )
    assert article(tmp_path, text) == (["9:1 unused-suppression"], 2)


def test_a_prefix_with_a_rule_that_is_off_can_be_unused(tmp_path: Path) -> None:
    text = "<!-- articlelint-disable-next-line TOY -->\ngood\n"
    assert article(tmp_path, text, offline=False) == (["1:1 unused-suppression"], 0)


def test_a_range_without_end_goes_to_the_end(tmp_path: Path) -> None:
    text = "<!-- articlelint-disable TOY -->\n\nbad\n\nodd\n"
    assert article(tmp_path, text) == ([], 2)


def test_front_matter_and_yaml_files(tmp_path: Path) -> None:
    report = check(
        tmp_path,
        {
            "a.md": "---\ntitle: bad # articlelint-disable-line bad-word -- why\nb: bad\n---\n",
            "TOC.yml": "- name: bad # articlelint-disable-line TOY001\n- name: bad\n",
        },
    )
    assert shown(report) == ["TOC.yml:2:9 bad-word", "a.md:3:4 bad-word"]
    assert report.suppressed == 2


@pytest.mark.parametrize(
    "value",
    ['"x # articlelint-disable-line bad-word bad"', "'x # articlelint-disable-line bad-word bad'"],
)
def test_a_quoted_value_is_no_comment(tmp_path: Path, value: str) -> None:
    found, suppressed = article(tmp_path, f"---\ntitle: {value}\n---\n")
    assert suppressed == 0
    assert found == ["2:47 bad-word"]


def test_code_and_source_sides_hold_no_directives(tmp_path: Path) -> None:
    directive = "<!-- articlelint-disable-next-line bad-word -->"
    text = (
        f"```\n{directive}\nbad\n```\n\n    {directive}\n    bad\n\n"
        '<span data-ttu-id="abcde-101">x</span><span class="sxs-lookup">'
        f'<span data-stu-id="abcde-101">{directive}</span></span>\nbad\n'
    )
    found, suppressed = article(tmp_path, text)
    assert suppressed == 0
    assert [line.split()[1] for line in found].count("bad-word") == 3
    assert not any("unused" in line for line in found)


def test_a_directive_between_segments_is_placed_in_the_article(tmp_path: Path) -> None:
    segment = (
        '<span data-ttu-id="abcde-101">mål</span><span class="sxs-lookup">'
        '<span data-stu-id="abcde-101">kilde</span></span>'
    )
    text = f"{segment}\n\n<!-- articlelint-disable-next-line odd-word -->\n{segment}\n"
    assert article(tmp_path, text) == (["3:1 unused-suppression"], 0)


def test_a_comment_over_several_lines(tmp_path: Path) -> None:
    text = "<!--\n  articlelint-disable-next-line bad-word\n  -- a long reason\n-->\nbad\n"
    assert article(tmp_path, text) == ([], 1)


def test_an_unused_word_of_several_is_named(tmp_path: Path) -> None:
    text = "<!-- articlelint-disable-next-line bad-word, odd-word -->\nbad\n"
    report = check(tmp_path, {"a.md": text})
    assert [finding.message for finding in report.findings] == [
        "articlelint-disable-next-line suppresses nothing: no odd-word here"
    ]


def test_silence_that_proves_nothing(tmp_path: Path) -> None:
    late = "<!-- articlelint-disable-next-line late-word -->\nx\n"
    assert article(tmp_path, late, offline=True) == ([], 0)
    assert article(tmp_path, late, offline=False)[0] == ["1:1 unused-suppression"]
    odd = "<!-- articlelint-disable-next-line odd-word -->\nx\n"
    only = RuleSelection(select=("TOY001", "CORE"))
    assert article(tmp_path, odd, choice=only) == ([], 0)
    assert article(tmp_path, odd, choice=RuleSelection(ignore=("CORE",))) == ([], 0)
    shy = "<!-- articlelint-disable-next-line shy-word -->\nx\n"
    assert article(tmp_path, shy) == ([], 0)


def test_resolve_findings_are_suppressed_too(tmp_path: Path) -> None:
    text = "<!-- articlelint-disable-next-line late-word -->\nlate\n\nlate\n"
    assert article(tmp_path, text, offline=False) == (["4:1 late-word"], 1)


def test_unused_suppressions_can_be_suppressed_by_name_only(tmp_path: Path) -> None:
    idle = "<!-- articlelint-disable-next-line odd-word -->\nx\n"
    everything = "<!-- articlelint-disable ALL -->\n\nbad\n\n" + idle
    assert article(tmp_path, everything) == (["5:1 unused-suppression"], 1)
    by_name = "<!-- articlelint-disable unused-suppression -->\n\n" + idle
    assert article(tmp_path, by_name) == ([], 1)


def test_with_since_only_touched_directives_are_called_unused(tmp_path: Path) -> None:
    idle = "<!-- articlelint-disable-next-line odd-word -->\nx\n"
    change = Diff("BASE", lines={"a.md": frozenset({2})})
    assert article(tmp_path, idle, change=change) == ([], 0)


def test_a_flood_of_directives_is_bounded(tmp_path: Path) -> None:
    text = "".join(
        f"<!-- articlelint-disable w{n} bad-word -->\n\nbad <!-- articlelint-x -->\n\n"
        for n in range(2_000)
    )
    with at_most(calls=2_000_000):
        report = check(tmp_path, {"a.md": text})
    assert report.findings


@pytest.mark.parametrize(
    ("comment", "advice"),
    [
        ("articlelint-enabel file-not-found", "did you mean articlelint-enable?"),
        ("articlelint-disable-nextline x", "did you mean articlelint-disable-next-line?"),
        ("articlelint-switch-off x", "expected one of disable-next-line, disable-line, disable"),
        ("articlelint-disable", "name the rules, for example articlelint-disable file-not-found"),
        ("articlelint-disable file-not-found for now", "a reason follows --"),
    ],
)
def test_a_directive_with_a_mistake_has_advice(tmp_path: Path, comment: str, advice: str) -> None:
    report = check(tmp_path, {"a.md": f"<!-- {comment} -->\n# A\n"})
    found = [finding.help for finding in report.findings if finding.rule.code == "CORE002"]
    assert len(found) == 1
    assert advice in (found[0] or "")
