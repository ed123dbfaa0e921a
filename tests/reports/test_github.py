"""GitHub's annotations, to the letter."""

from __future__ import annotations

from linters.model.finding import Severity
from linters.reports.github import render
from tests.reports.sample import HOSTILE, finding, place, report, rich


def test_an_annotation_repeats_place_and_rule() -> None:
    note = finding(severity=Severity.INFO, range=place(2, 4, 3, 1))
    assert render(report(note, rich(), finding())) == (
        "::error file=docs/a.md,line=2,endLine=2,title=META001[missing-attribute],col=1,"
        "endColumn=1::docs/a.md:2:1: META001[missing-attribute] `title` is missing\n"
        "::warning file=docs/a.md,line=3,endLine=3,title=META001[missing-attribute],col=5,"
        "endColumn=10::docs/a.md:3:5: META001[missing-attribute] the link text is empty"
        "%0ATranslate it.\n"
        "::notice file=docs/a.md,line=2,endLine=3,title=META001[missing-attribute]::"
        "docs/a.md:2:4: META001[missing-attribute] `title` is missing\n"
    )


def test_what_github_would_drop_is_in_the_log_and_counted() -> None:
    warnings = [finding(severity=Severity.WARNING, range=place(n, 1, n, 2)) for n in range(1, 13)]
    errors = [finding(range=place(n, 1, n, 2)) for n in range(1, 12)]
    lines = render(report(*warnings, *errors)).splitlines()
    assert [line.partition(" ")[0] for line in lines[:20]] == ["::error"] * 10 + ["::warning"] * 10
    assert lines[20:] == [
        "error: docs/a.md:11:1: META001[missing-attribute] `title` is missing",
        "warning: docs/a.md:11:1: META001[missing-attribute] `title` is missing",
        "warning: docs/a.md:12:1: META001[missing-attribute] `title` is missing",
        "3 of 23 findings have no annotation: GitHub shows 10 of each level",
    ]


def test_properties_and_messages_are_escaped() -> None:
    hostile = finding(HOSTILE, path="a,b:c%\n.md")
    assert render(report(hostile)) == (
        "::error file=a%2Cb%3Ac%25\\n.md,line=2,endLine=2,title=META001[missing-attribute],"
        "col=1,endColumn=1::a,b:c%25\\n.md:2:1: META001[missing-attribute] "
        "\\x1b[31m\\r\\n::error::x #\\x23vso[task] 100%25\\u202e\\udcff\\x9b,:\n"
    )
