"""The report for people, to the letter."""

from __future__ import annotations

from linters.model.finding import Severity
from linters.reports.full import render
from tests.reports.sample import HOSTILE, finding, link, place, report, rich


def test_the_line_a_caret_and_all_that_helps() -> None:
    lines = ((("docs/a.md", 3), "Les [](x.md) her."),)
    assert render(report(rich(), lines=lines, links=(link(),), suppressed=2)) == (
        "docs/a.md:3:5: warning META001[missing-attribute] the link text is empty\n"
        " 3 | Les [](x.md) her.\n"
        "   |     ^^^^^^\n"
        "   = segment: ab12-101\n"
        "   = target: [](x.md)\n"
        "   = source: [Text](x.md)\n"
        "   = see: docs/b.md:7:2: the source stands here\n"
        "   = help: Translate it.\n"
        "   = fix: by --fix --unsafe-fixes\n"
        "\n"
        "1 warning in 1 article (2 suppressed); 1 link: 1 broken.\n"
    )


def test_a_finding_whose_line_is_not_known_has_no_excerpt() -> None:
    assert render(report(finding())) == (
        "docs/a.md:2:1: error META001[missing-attribute] `title` is missing\n"
        "\n"
        "1 error in 1 article.\n"
    )


def test_nothing_found() -> None:
    assert render(report(articles=1200)) == "Nothing found in 1,200 articles.\n"


def test_an_interrupted_run_says_so() -> None:
    assert render(report(interrupted=True)) == (
        "Nothing found in 1 article; interrupted, so this report is not complete.\n"
    )


def test_colours_are_asked_for() -> None:
    colored = render(report(finding(severity=Severity.ERROR)), color=True)
    assert "\x1b[1;31merror META001[missing-attribute]\x1b[0m" in colored
    assert "\x1b" not in render(report(finding()))


def test_hostile_text_stays_text() -> None:
    one = finding(HOSTILE, path="::warning::a\x1b.md", help=HOSTILE, range=place(1, 1, 1, 3))
    lines = (((one.path, 1), HOSTILE),)
    assert render(report(one, lines=lines)) == (
        "\\x3a:warning::a\\x1b.md:1:1: error META001[missing-attribute] "
        "\\x1b[31m\\r\\n::error::x #\\x23vso[task] 100%\\u202e\\udcff\\x9b,:\n"
        " 1 | \\x1b[31m\\r\\n::error::x #\\x23vso[task] 100%\\u202e\\udcff\\x9b,:\n"
        "   | ^^^^^\n"
        "   = help: \\x1b[31m\\r\\n::error::x #\\x23vso[task] 100%\\u202e\\udcff\\x9b,:\n"
        "\n"
        "1 error in 1 article.\n"
    )


def test_long_messages_are_cut() -> None:
    shown = render(report(finding("m" * 10_000, help="h" * 10_000)))
    assert len(shown) < 1500
    assert "m…\n" in shown
    assert "h…\n" in shown
