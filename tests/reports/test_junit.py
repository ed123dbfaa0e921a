"""JUnit XML, to the letter and read back by junitparser."""

from __future__ import annotations

from pathlib import Path

from junitparser import JUnitXml

from linters.model.finding import Severity
from linters.reports.junit import render
from tests.reports.sample import HOSTILE, finding, report, rich


def test_a_suite_per_file_and_a_case_per_finding() -> None:
    other = finding(path="docs/b.md", severity=Severity.INFO)
    assert render(report(finding(), rich(), other)) == (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<testsuites name="articlelint" tests="3" failures="1" errors="0">\n'
        '  <testsuite name="docs/a.md" tests="2" failures="1" errors="0">\n'
        '    <testcase name="META001[missing-attribute] 2:1" classname="docs/a.md"'
        ' file="docs/a.md" line="2">\n'
        '      <failure type="META001[missing-attribute]" message="`title` is missing">'
        "docs/a.md:2:1: error META001[missing-attribute] `title` is missing</failure>\n"
        "    </testcase>\n"
        '    <testcase name="META001[missing-attribute] 3:5" classname="docs/a.md"'
        ' file="docs/a.md" line="3">\n'
        "      <system-out>docs/a.md:3:5: warning META001[missing-attribute] "
        "the link text is empty\nTranslate it.</system-out>\n"
        "    </testcase>\n"
        "  </testsuite>\n"
        '  <testsuite name="docs/b.md" tests="1" failures="0" errors="0">\n'
        '    <testcase name="META001[missing-attribute] 2:1" classname="docs/b.md"'
        ' file="docs/b.md" line="2">\n'
        "      <system-out>docs/b.md:2:1: info META001[missing-attribute] "
        "`title` is missing</system-out>\n"
        "    </testcase>\n"
        "  </testsuite>\n"
        "</testsuites>\n"
    )


def test_junitparser_reads_what_was_written(tmp_path: Path) -> None:
    hostile = finding(f"{HOSTILE}]]>\ufffe\0<failure>", path="z<&>.md")
    file = tmp_path / "junit.xml"
    file.write_text(render(report(finding(), rich(), hostile)), encoding="utf-8")
    suites = list(JUnitXml.fromfile(str(file)))
    assert [(suite.name, suite.tests, suite.failures) for suite in suites] == [
        ("docs/a.md", 2, 1),
        ("z<&>.md", 1, 1),
    ]
    (case,) = list(suites[1])
    assert case.result[0].message.endswith("]]>\\ufffe\\x00<failure>")


def test_nothing_found_is_a_case_that_passed() -> None:
    suites = list(JUnitXml.fromstring(render(report()).encode()))
    assert [(suite.tests, suite.failures) for suite in suites] == [(1, 0)]
