"""The report for people, to the letter."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth, width

from linters.model.finding import Severity
from linters.model.link import Place, Syntax
from linters.reports.display import Display
from linters.reports.full import render, render_for
from tests.reports.sample import HOSTILE, finding, link, place, report, rich


def test_the_line_a_caret_and_all_that_helps() -> None:
    lines = ((("docs/a.md", 3), "Les [](x.md) her."),)
    assert render(report(rich(), lines=lines, links=(link(),), suppressed=2)) == (
        "docs/a.md:3:5: warning META001[missing-attribute] the link text is empty\n"
        " 3 | Les [](x.md) her.\n"
        "   |     ^^^^^^\n"
        "   = segment: ab12-101\n"
        "   = source: [Text](x.md)\n"
        "   = see: docs/b.md:7:2: the source stands here\n"
        "   = help: Translate it.\n"
        "   = fix: by --fix --unsafe-fixes\n"
        "\n"
        "Found 1 warning in 1 article (2 suppressed).\n"
        "1 fixable with --fix --unsafe-fixes.\n"
        "1 link: 1 broken.\n"
    )


def test_a_finding_whose_line_is_not_known_has_no_excerpt() -> None:
    assert render(report(finding())) == (
        "docs/a.md:2:1: error META001[missing-attribute] `title` is missing\n"
        "\n"
        "Found 1 error in 1 article.\n"
    )


def test_nothing_found() -> None:
    assert render(report(articles=1200)) == "No findings in 1,200 articles.\n"


def test_an_article_that_did_not_change_may_have_findings() -> None:
    assert render(report(finding(), articles=0)).endswith("Found 1 error.\n")


def test_an_interrupted_run_says_so() -> None:
    assert render(report(interrupted=True)) == (
        "No findings in 1 article.\nInterrupted: this report is not complete.\n"
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
        "Found 1 error in 1 article.\n"
    )


def test_long_messages_are_cut() -> None:
    shown = render(report(finding("m" * 10_000, help="h" * 10_000)))
    assert len(shown) < 1500
    assert "m…\n" in shown
    assert "h…\n" in shown


def test_findings_of_one_link_are_one_block() -> None:
    places = [place(n, 1, n, 5) for n in range(1, 7)]
    record = replace(
        link(), places=tuple(Place("docs/a.md", range_, Syntax.INLINE) for range_ in places)
    )
    findings = [finding("https://example.org/x returns 404", range=range_) for range_ in places]
    other = finding("another message", range=places[1])
    shown = render(report(*findings, other, links=(record,)))
    assert shown.startswith(
        "docs/a.md:1:1: error META001[missing-attribute] https://example.org/x returns 404\n"
        "   = also at: docs/a.md:2:1, docs/a.md:3:1, docs/a.md:4:1 and 2 more\n"
        "\n"
        "docs/a.md:2:1: error META001[missing-attribute] another message\n"
    )


@given(st.integers(40, 200), st.text(st.sampled_from("ab 漢\u0301"), max_size=400))
def test_notes_and_excerpts_fit_the_terminal(columns: int, text: str) -> None:
    shown = render_for(
        report(finding(help=text, range=place(2, 3, 2, 9)), lines=((("docs/a.md", 2), text),)),
        Display(columns=columns),
    )
    for line in shown.splitlines()[1:]:
        longest = max(map(wcswidth, line.split()), default=0)
        assert wcswidth(line) <= max(columns, longest + 20), line


def test_a_terminal_may_show_other_paths_and_no_summary() -> None:
    display = Display(path=lambda path: f"../{path}", summary=False)
    assert render_for(report(finding()), display) == (
        "../docs/a.md:2:1: error META001[missing-attribute] `title` is missing\n\n"
    )


def test_first_lines_are_wrapped_on_terminals_only() -> None:
    long = report(finding("a message of many words " * 3))
    assert max(map(len, render_for(long, Display(columns=60)).splitlines())) > 60
    for color in (False, True):
        shown = render_for(long, Display(color=color, columns=60, on_terminal=True))
        assert all(width(line) <= 60 for line in shown.splitlines())
        assert shown.count("a message") == 3
