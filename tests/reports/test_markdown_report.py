"""The summary in Markdown, to the letter; what it shows when rendered."""

from __future__ import annotations

from dataclasses import replace

from linters.model.finding import Severity
from linters.reports.markdown_report import MAX_CHARACTERS, render
from linters.reports.markdown_text import markdown_text
from tests.reports.sample import finding, link, place, report, rich


def test_everything() -> None:
    other = finding(
        "unknown key 'ms.sevice'", path="docs/b_c.md", help="did you mean 'ms.service'?"
    )
    shown = render(
        report(
            rich(),
            other,
            links=(link(),),
            suppressed=1,
            baselined=2,
            articles=9,
            new_suppressions=1,
        )
    )
    assert shown == (
        "## articlelint: 1 error, 1 warning in 9 articles ❌\n"
        "\n"
        "Not shown: 1 suppressed, 2 in baseline.\n"
        "\n"
        "**1 new suppression.**\n"
        "\n"
        "1 link: 0 ok, 0 redirected, 1 broken, 0 unknown, 0 blocked, 0 skipped.\n"
        "\n"
        "| | rule | findings | files |\n"
        "|---|---|--:|--:|\n"
        "| ❌ | `META001` missing-attribute | 2 | 2 |\n"
        "\n"
        "### Findings\n"
        "\n"
        "**docs/b\\_c\\.md**\n"
        "\n"
        "- ❌ 2:1 `META001` missing-attribute: unknown key 'ms\\.sevice' – "
        "did you mean 'ms\\.service'?\n"
        "\n"
        "**docs/a\\.md**\n"
        "\n"
        "- ⚠️ 3:5 `META001` missing-attribute: the link text is empty – Translate it.\n"
        "\n"
        "### Links\n"
        "\n"
        "**broken (1)**\n"
        "\n"
        "- https\\://example\\.org/x: 404 Not Found (docs/a\\.md\\:9)\n"
    )


def test_nothing_found() -> None:
    assert render(report(articles=3)) == "## articlelint: no findings in 3 articles ✅\n\n"


def test_it_fits_in_a_comment_and_counts_the_rest() -> None:
    long = [
        finding("m" * 900, path=f"docs/{n:04}.md", severity=Severity.WARNING) for n in range(500)
    ]
    shown = render(report(*long, finding(path="z.md")))
    assert len(shown) < MAX_CHARACTERS + 200
    assert shown.index("**z\\.md**") < shown.index("**docs/0000\\.md**")
    assert " more lists left out for length: see the whole report.\n" in shown


def test_a_file_with_more_than_fits_is_shown_in_part() -> None:
    many = [finding("m" * 900, range=place(n, 1, n, 2)) for n in range(1, 2000)]
    shown = render(report(*many))
    assert "- ❌ 25:1 " in shown
    assert len(shown) < MAX_CHARACTERS + 200


def test_the_places_of_a_link_are_counted() -> None:
    base = link().places[0]
    places = tuple(replace(base, range=place(n, 1, n, 2)) for n in range(1, 8))
    shown = render(report(links=(replace(link(), places=places),)))
    assert shown.endswith("docs/a\\.md\\:5, 2 more)\n")


def test_an_incomplete_run_says_so() -> None:
    shown = render(report(interrupted=True, errors=("plug-in x failed",)))
    assert "**Interrupted: this report is not complete.**" in shown
    assert "**Error:** plug-in x failed" in shown


def test_foreign_text_makes_no_mentions_and_no_links() -> None:
    assert markdown_text("@team closes #12, see www.example.org") == (
        "\\@\u2060team closes \\#\u206012, see www\\.example\\.org"
    )
    assert markdown_text("a/b?c=%20&d") == "a/b?c=%20\\&d"


def test_many_infos_are_counted() -> None:
    infos = [finding(severity=Severity.INFO, range=place(n, 1, n, 2)) for n in range(1, 22)]
    assert render(report(*infos[:20])).count("\n- ") == 20
    shown = render(report(finding(), *infos))
    assert shown.count("\n- ") == 1
    assert "21 infos are in the whole report." in shown
