"""Azure Pipelines' logging commands, to the letter."""

from __future__ import annotations

from linters.model.finding import Severity
from linters.reports.azure import render
from tests.reports.sample import HOSTILE, finding, report, rich


def test_errors_first_and_infos_in_the_log() -> None:
    info = finding(severity=Severity.INFO)
    assert render(report(info, rich(), finding())) == (
        "##vso[task.logissue type=error;sourcepath=docs/a.md;linenumber=2;columnnumber=1;"
        "code=META001]docs/a.md:2:1: META001[missing-attribute] `title` is missing\n"
        "##vso[task.logissue type=warning;sourcepath=docs/a.md;linenumber=3;columnnumber=5;"
        "code=META001]docs/a.md:3:5: META001[missing-attribute] the link text is empty "
        "(Translate it.)\n"
        "info: docs/a.md:2:1: META001[missing-attribute] `title` is missing\n"
    )


def test_properties_and_messages_are_escaped() -> None:
    hostile = finding(HOSTILE, path="a;b]c%\n.md")
    assert render(report(hostile)) == (
        "##vso[task.logissue type=error;sourcepath=a%3Bb%5Dc%AZP25\\n.md;linenumber=2;"
        "columnnumber=1;code=META001]a;b]c%AZP25\\n.md:2:1: META001[missing-attribute] "
        "\\x1b[31m\\r\\n::error::x #\\x23vso[task] 100%AZP25\\u202e\\udcff\\x9b,:\n"
    )
